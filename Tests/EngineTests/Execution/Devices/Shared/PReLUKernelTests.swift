@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing

struct PReLUKernelTests {
  @Test("each channel has its own slope, and that slope the gradient of its negative values")
  func slopes() throws {
    let shape = Shape(1, 2, 1, 3)
    let test = KernelCase(operation: .prelu, inputs: [shape], outputs: [shape], parameters: [2])
    let values = KernelValues(
      inputs: [PlainTensor(shape, values: [-1, 2, -4, 1, -2, .nan])], parameters: [[0.5, -0.25]],
      state: [], outputGradient: PlainTensor(shape, values: [1, 1, 2, 1, 1, 0]))
    for target in DevicesUnderTest.inAllBlocks {
      let result = try KernelHarness(test: test, target: target).run(values)
      #expect(result.outputs[0].values.prefix(5) == [-0.5, 2, -2, 1, 0.5])
      #expect(result.outputs[0].values[5].isNaN)
      #expect(result.inputGradients[0]?.values.prefix(5) == [0.5, 1, 1, 1, -0.25])
      #expect(result.parameterGradients[0][0] == -9)
      #expect(result.parameterGradients[0][1].isNaN)
    }
  }
}
