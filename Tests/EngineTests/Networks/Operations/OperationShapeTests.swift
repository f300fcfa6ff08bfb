@testable import Groundwork
@testable import Networks
import Testing

/// Shape rules and parameters in one, two and three spatial axes.
struct OperationShapeTests {
  private func output(
    _ operation: some OperationDefinition, of channels: Int, _ extent: SpatialExtent
  ) -> FeatureShape {
    operation.outputs(for: [FeatureShape(channels, extent)])[0]
  }

  @Test("a convolution's extents follow each axis on its own")
  func convolution() {
    let convolution = Convolution(
      outputs: 4, kernel: [3, 1, 2], stride: [1, 2, 2], padding: [1, 0, 0], dilation: [1, 1, 3])
    #expect(output(convolution, of: 2, [5, 6, 8]) == FeatureShape(4, [5, 3, 3]))
    #expect(
      output(Convolution(outputs: 4, kernel: [3]), of: 2, [9]) == FeatureShape(4, [7]))
    let transposed = TransposedConvolution(
      outputs: 4, kernel: [3, 2, 2], stride: [1, 2, 2], padding: [1, 0, 0],
      outputPadding: [0, 0, 1])
    #expect(output(transposed, of: 2, [5, 3, 3]) == FeatureShape(4, [5, 6, 7]))
  }

  @Test("weights have PyTorch's shapes")
  func weights() {
    func shape(_ operation: some OperationDefinition, _ extent: SpatialExtent) -> [Int] {
      operation.parameters(for: [FeatureShape(2, extent)])[0].shape
    }
    #expect(shape(Convolution(outputs: 4, kernel: [3]), [9]) == [4, 2, 3])
    #expect(shape(Convolution(outputs: 4, kernel: [3, 5]), [9, 9]) == [4, 2, 3, 5])
    #expect(shape(Convolution(outputs: 4, kernel: [1, 3, 5]), [9, 9, 9]) == [4, 2, 1, 3, 5])
    #expect(shape(TransposedConvolution(outputs: 4, kernel: [2]), [9]) == [2, 4, 2])
    #expect(
      shape(TransposedConvolution(outputs: 4, kernel: [1, 2, 2]), [9, 9, 9]) == [2, 4, 1, 2, 2])
  }

  @Test("a convolution costs a multiplication and an addition for each tap of each output")
  func cost() {
    let inputs = [FeatureShape(2, [4, 5, 6])]
    let convolution = Convolution(outputs: 3, kernel: [3, 3, 3], padding: [1, 1, 1])
    #expect(convolution.flops(for: inputs) == 2 * 3 * 4 * 5 * 6 * 2 * 27)
    let transposed = TransposedConvolution(outputs: 3, kernel: [2, 2, 2])
    #expect(transposed.flops(for: inputs) == 2 * 2 * 4 * 5 * 6 * 3 * 8)
    let resize = Resize(target: .scale([2, 2, 2]))
    #expect(resize.flops(for: inputs) == 2 * 2 * 8 * 10 * 12 * 8)
  }

  @Test("pooling rounds down along every axis")
  func pooling() {
    #expect(output(MaxPool(size: [2, 2, 3]), of: 2, [5, 4, 8]) == FeatureShape(2, [2, 2, 2]))
    let small = FeatureShape(2, [2, 2, 2])
    let whole = SpatialExtent([5, 4, 8])
    #expect(
      MaxUnpool(size: [2, 2, 3], extent: whole).outputs(for: [small, small])
        == [FeatureShape(2, whole)])
  }

  @Test("resizing goes to an extent, or rounds a scaled one down")
  func resizing() {
    #expect(output(Resize(target: .extent([7, 2])), of: 3, [4, 4]) == FeatureShape(3, [7, 2]))
    let scaled = Resize(target: .scale([1, 2.5, 0.5]))
    #expect(output(scaled, of: 3, [4, 3, 5]) == FeatureShape(3, [4, 7, 2]))
  }

  @Test("channels are joined and padded in volumes")
  func channels() {
    let volume = FeatureShape(2, [3, 4, 5])
    #expect(Concatenate().outputs(for: [volume, volume]) == [FeatureShape(4, [3, 4, 5])])
    #expect(PadChannels(channels: 7).outputs(for: [volume]) == [FeatureShape(7, [3, 4, 5])])
    #expect(Add().outputs(for: [volume, volume]) == [volume])
  }

  @Test("a template says of how many dimensions its input is")
  func template() throws {
    for type in Registry.templates.members {
      let template = try type.init(FieldValues([:], of: type.fields))
      let isFlat = type.spatialRank == 2
      let other: SpatialExtent = isFlat ? [32, 32, 32] : [32, 32]
      let error = #expect(throws: ComponentError.self) {
        try template.network(input: NetworkInput(channels: 1, extent: other), classes: 2)
      }
      let words = isFlat ? "two-dimensional" : "three-dimensional"
      #expect(try #require(error).description.contains(words), "\(type.name)")
    }
  }
}
