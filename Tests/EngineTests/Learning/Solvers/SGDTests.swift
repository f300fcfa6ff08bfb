@testable import Groundwork
@testable import Learning
import Testing

@Suite("SGD")
struct SGDTests {
  @Test("without momentum it keeps nothing")
  func plain() throws {
    let solver = try #require(
      Registry.solvers.makeDefault("SGD", ["momentum": .number(0)]) as? any Solver)
    #expect(solver.stateNames.isEmpty)
    var bench = SolverBench(parameters: [1], solver: solver)
    bench.step(solver, gradients: [2], rate: 0.25)
    #expect(bench.parameters == [0.5])
  }

  @Test("nesterov without momentum is refused, naming the field")
  func nesterov() throws {
    #expect {
      try Registry.solvers.makeDefault("SGD", ["momentum": .number(0), "nesterov": .boolean(true)])
    } throws: {
      ($0 as? ComponentError)?.field == "nesterov"
    }
  }
}
