import Testing

@testable import Tracking

struct RunOrderTests {
  private let runs = [
    SampleRuns.run(1, [("solver.base_lr", "0.1")], meanIoU: [0.5]),
    SampleRuns.run(2, [("solver.base_lr", "none")], meanIoU: [0.75]),
    SampleRuns.run(3, [("solver.base_lr", "0.01")], status: .waiting),
    SampleRuns.run(4, [("solver.base_lr", "0.1")], meanIoU: [0.25]),
  ]

  private func numbers(_ text: String, isDescending: Bool = false) throws -> [Int] {
    try RunOrder(text, isDescending: isDescending).sorted(runs).map(\.number)
  }

  @Test("the lowest comes first, with a minus the highest; runs without a value are last in both")
  func directions() throws {
    #expect(try numbers("max(mean_iou)") == [4, 1, 2, 3])
    #expect(try numbers("-max(mean_iou)") == [2, 1, 4, 3])
    #expect(try numbers("max(mean_iou)", isDescending: true) == [2, 1, 4, 3])
  }

  @Test("equals stay as they came, and texts stand behind numbers")
  func equals() throws {
    #expect(try numbers("base_lr") == [3, 1, 4, 2])
    #expect(try numbers("-base_lr") == [2, 1, 4, 3])
    #expect(try numbers("status") == [1, 2, 4, 3])
  }

  @Test("the best go by the objective, where there is one")
  func best() throws {
    #expect(RunOrder.best(of: runs)?.sorted(runs).map(\.number) == [2, 1, 4, 3])
    let other = SampleRuns.run(5, objective: Objective(metric: "training.loss", maximize: false))
    #expect(RunOrder.best(of: runs + [other]) == nil)
    #expect(RunOrder.best(of: [other])?.isDescending == false)
  }
}
