@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing

struct SpatialDropoutKernelTests {
  private let shape = Shape(4, 64, 2, 2)
  private var test: KernelCase {
    KernelCase(
      operation: .spatialDropout(SpatialDropout(rate: 0.25)), inputs: [shape], outputs: [shape])
  }

  /// Which channels of which samples an all-ones input keeps.
  private func kept(_ change: (inout KernelHarness) -> Void) throws -> [Double] {
    var values = test.values()
    values.inputs[0] = PlainTensor(shape, repeating: 1)
    var harness = KernelHarness(test: test, target: DevicesUnderTest.native[0])
    change(&harness)
    return try harness.run(values).outputs[0].values
  }

  @Test("about a quarter of the channels is dropped at a rate of a quarter, the others are scaled")
  func rate() throws {
    let output = try kept { _ in }
    #expect(Set(output) == [0, Double(1 / (1 - Float(0.25)))])
    let dropped = output.filter { $0 == 0 }.count / 4
    #expect((44...84).contains(dropped), "\(dropped) of 256")
  }

  @Test("the mask depends on seed, step and node, and on nothing else")
  func keys() throws {
    let mask = try kept { _ in }
    #expect(try kept { _ in } == mask)
    #expect(try kept { $0.pass.seed += 1 } != mask)
    #expect(try kept { $0.pass.step += 1 } != mask)
    #expect(try kept { $0.node += 1 } != mask)
  }

  @Test("evaluation is the identity", arguments: DevicesUnderTest.inAllBlocks)
  func evaluation(target: DeviceUnderTest) throws {
    let values = test.values()
    for isTraining in [true, false] {
      var harness = KernelHarness(test: test, target: target, isTraining: isTraining)
      harness.pass.isTraining = false
      #expect(try harness.forward(values).outputs[0].values == values.inputs[0].values)
    }
  }
}
