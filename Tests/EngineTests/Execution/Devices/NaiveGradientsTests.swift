@testable import Groundwork
@testable import Networks
import Testing

/// The oracle of the convolutions' gradients is itself checked.
struct NaiveGradientsTests {
  @Test("gradients of convolutions by their loops are those by central differences")
  func convolutions() throws {
    let size: SpatialExtent = [2, 1], stride: SpatialExtent = [1, 2]
    let cases = [
      KernelCase.convolution(
        Convolution(outputs: 2, kernel: size, stride: stride), .relu, of: Shape(1, 2, 3, 4)),
      KernelCase.transposedConvolution(
        TransposedConvolution(outputs: 2, kernel: size, stride: stride), .relu,
        of: Shape(1, 2, 2, 3)),
      KernelCase.convolution(
        Convolution(outputs: 2, kernel: [2, 1, 3], stride: [1, 2, 1], padding: [0, 1, 1]), .relu,
        of: Shape(1, 2, [3, 2, 3])),
      KernelCase.transposedConvolution(
        TransposedConvolution(outputs: 2, kernel: [3], padding: [1]), .relu, of: Shape(1, 2, [4])),
    ]
    for test in cases.compactMap({ $0 }) {
      let harness = KernelHarness(test: test, target: DevicesUnderTest.native[0])
      let values = test.values()
      let output = test.naiveForward(values.inputs, values.parameters, harness: harness)[0]
      let loops = try #require(test.convolutionGradients(values, output: output))
      let differences = test.centralDifferences(values, harness: harness)
      expectClose(
        try #require(loops.inputs[0]).values, try #require(differences.inputs[0]).values,
        "\(test.testDescription)", tolerance: 1e-8)
      for (loops, differences) in zip(loops.parameters, differences.parameters) {
        expectClose(loops, differences, "\(test.testDescription)", tolerance: 1e-8)
      }
    }
  }
}
