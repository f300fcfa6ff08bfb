import Testing

@testable import Engine

/// Kernels against PyTorch, forward and backward: resizing in every rank, and the convolutions of one
/// and three spatial axes, whose weights must lie as PyTorch's do.
struct SpatialGoldenTests {
  @Test("features are resized as PyTorch resizes them", arguments: DevicesUnderTest.native)
  func resizing(target: DeviceUnderTest) throws {
    let cases = try SpatialGolden.load().filter { $0.size != nil || $0.scale != nil }
    #expect(cases.count == 24)
    for golden in cases { try agrees(golden, target) }
  }

  @Test(
    "convolutions of lines and volumes are PyTorch's", arguments: DevicesUnderTest.native)
  func convolutions(target: DeviceUnderTest) throws {
    let cases = try SpatialGolden.load().filter { $0.kernel != nil }
    #expect(cases.count == 7)
    for golden in cases { try agrees(golden, target) }
  }

  private func agrees(_ golden: SpatialGolden, _ target: DeviceUnderTest) throws {
    let test = try golden.test()
    let result = try KernelHarness(test: test, target: target).run(golden.values)
    let name = "\(target.testDescription): \(test.testDescription)"
    expectClose(result.outputs[0].values, golden.output, name)
    expectClose(try #require(result.inputGradients[0]).values, golden.inputGradient, name)
    for (gradient, expected) in zip(result.parameterGradients, golden.parameterGradients) {
      expectClose(gradient, expected, name)
    }
  }
}

/// A case of `golden-spatial.json`.
private struct SpatialGolden: Decodable {
  var kind: String
  var size: [Int]?
  var scale: [Double]?
  var kernel: [Int]?
  var stride: [Int]?
  var padding: [Int]?
  var dilation: [Int]?
  var outputPadding: [Int]?
  var input: [Double]
  var inputShape: [Int]
  var parameters: [[Double]]
  var output: [Double]
  var outputShape: [Int]
  var outputGradient: [Double]
  var inputGradient: [Double]
  var parameterGradients: [[Double]]

  static func load() throws -> [SpatialGolden] {
    try Fixture.decode([SpatialGolden].self, from: "golden-spatial.json")
  }

  private static func shape(_ shape: [Int]) -> Shape {
    Shape(shape[0], shape[1], SpatialExtent(Array(shape[2...])))
  }

  /// - Throws: where the case is of no known kind.
  func test() throws -> KernelCase {
    let input = Self.shape(inputShape), output = Self.shape(outputShape)
    let operation = try operation(outputs: output.channels)
    let inferred = operation.definition.outputs(
      for: [FeatureShape(input.channels, input.extent)])
    #expect(inferred == [FeatureShape(output.channels, output.extent)])
    return KernelCase(
      operation: operation, inputs: [input], outputs: [output], parameters: parameters.map(\.count))
  }

  private func operation(outputs: Int) throws -> Engine.Operation {
    func extent(_ extents: [Int]?) throws -> SpatialExtent { SpatialExtent(try #require(extents)) }
    switch kind {
    case "convolution":
      return .convolution(
        Convolution(
          outputs: outputs, kernel: try extent(kernel), stride: try extent(stride),
          padding: try extent(padding), dilation: try extent(dilation)))
    case "transposed":
      return .transposedConvolution(
        TransposedConvolution(
          outputs: outputs, kernel: try extent(kernel), stride: try extent(stride),
          padding: try extent(padding), outputPadding: try extent(outputPadding)))
    default:
      let target: Resize.Target
      if let size {
        target = .extent(SpatialExtent(size))
      } else {
        target = .scale(try #require(scale))
      }
      return .resize(
        Resize(target: target, interpolation: kind == "nearest" ? .nearest : .linear))
    }
  }

  var values: KernelValues {
    KernelValues(
      inputs: [PlainTensor(Self.shape(inputShape), values: input)], parameters: parameters,
      state: [], outputGradient: PlainTensor(Self.shape(outputShape), values: outputGradient))
  }
}
