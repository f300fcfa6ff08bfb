@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing

struct ReLUKernelTests {
  @Test("zero and negative values give zero, and no gradient; a NaN stays a NaN")
  func edges() throws {
    let shape = Shape(1, 1, 1, 5)
    let test = KernelCase(operation: .relu, inputs: [shape], outputs: [shape])
    let values = KernelValues(
      inputs: [PlainTensor(shape, values: [-1, -0.0, 0, 2, .nan])], parameters: [], state: [],
      outputGradient: PlainTensor(shape, repeating: 3))
    for target in DevicesUnderTest.inAllBlocks {
      let result = try KernelHarness(test: test, target: target).run(values)
      #expect(Array(result.outputs[0].values.prefix(4)) == [0, 0, 0, 2])
      #expect(result.outputs[0].values[4].isNaN)
      #expect(result.inputGradients[0]?.values.prefix(4) == [0, 0, 0, 3])
    }
  }
}
