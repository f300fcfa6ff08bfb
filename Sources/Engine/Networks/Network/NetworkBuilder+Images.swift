internal import Groundwork

/// Networks of images give their kernels as a height and a width, and the rest as one number for both.
extension NetworkBuilder {
  mutating func convolution(
    _ name: String, _ input: Feature, outputs: Int, kernel: Size, stride: Int = 1,
    dilation: Int = 1, groups: Int = 1, bias: Bool = true,
    initialization: WeightInitialization? = nil
  ) -> Feature {
    convolution(
      name, input, outputs: outputs, kernel: SpatialExtent(kernel),
      stride: SpatialExtent(repeating: stride, rank: 2),
      dilation: SpatialExtent(repeating: dilation, rank: 2), groups: groups, bias: bias,
      initialization: initialization)
  }

  mutating func transposedConvolution(
    _ name: String, _ input: Feature, outputs: Int, kernel: Size, stride: Int = 2,
    padding: Int = 0, outputPadding: Int = 0, bias: Bool = true,
    initialization: WeightInitialization? = nil
  ) -> Feature {
    transposedConvolution(
      name, input, outputs: outputs, kernel: SpatialExtent(kernel),
      stride: SpatialExtent(repeating: stride, rank: 2),
      padding: SpatialExtent(repeating: padding, rank: 2),
      outputPadding: SpatialExtent(repeating: outputPadding, rank: 2), bias: bias,
      initialization: initialization)
  }

  /// - Parameters:
  ///   - size: height and width of the windows.
  ///   - roundsUp: as ``PoolingWindow/roundsUp``.
  mutating func maxPool(
    _ name: String, _ input: Feature, size: Int, stride: Int, padding: Int = 0,
    roundsUp: Bool = false
  ) -> Feature {
    let window = PoolingWindow(
      size: SpatialExtent(repeating: size, rank: 2),
      stride: SpatialExtent(repeating: stride, rank: 2),
      padding: SpatialExtent(repeating: padding, rank: 2), roundsUp: roundsUp)
    return maxPool(name, input, window).maxima
  }
}
