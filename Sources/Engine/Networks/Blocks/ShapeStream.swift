internal import Groundwork

extension NetworkBuilder {
  /// Gated-SCNN's second stream (Takikawa, Acuna, Jampani & Fidler 2019), which looks for
  /// boundaries at the image's own resolution: residual blocks of 64, 32 and 16 channels, each
  /// followed by a 1×1 convolution to half as many and a gate that one of the encoder's maps opens.
  ///
  /// - Parameters:
  ///   - first: the map that the stream begins with.
  ///   - sides: three maps of the encoder, finest first.
  /// - Returns: one channel of the image's extent: the logit of "here is a boundary".
  mutating func shapeStream(_ name: String, first: Feature, sides: [Feature]) -> Feature {
    var x = resize("\(name).resize", first, like: input, alignsCorners: true)
    for (number, side) in zip(1..., sides) {
      x = basicBlock(
        "\(name).res\(number)", x, outputs: shape(of: x).channels,
        StageStride(stride: 1, dilation: 1, dilationAfter: 1))
      x = convolution(
        "\(name).d\(number)", x, outputs: shape(of: x).channels / 2, kernel: Size(square: 1))
      x = gatedConvolution(
        "\(name).gate\(number)", x, side: sideMap("\(name).side\(number)", side))
    }
    return convolution(
      "\(name).fuse", x, outputs: 1, kernel: Size(square: 1), bias: false, initialization: .lecun)
  }

  /// One channel of the image's extent.
  private mutating func sideMap(_ name: String, _ map: Feature) -> Feature {
    let x = convolution(
      name, map, outputs: 1, kernel: Size(square: 1), initialization: .lecun)
    return resize("\(name).resize", x, like: input, alignsCorners: true)
  }
}
