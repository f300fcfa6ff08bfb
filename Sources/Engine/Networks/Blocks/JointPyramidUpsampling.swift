internal import Groundwork

extension NetworkBuilder {
  /// Joint pyramid upsampling (Wu, Zhang, Huang, Liang & Yu 2019): what a dilated encoder's last
  /// map would be, from the last maps of one that does not dilate. Each goes through a 3×3
  /// convolution with batch norm and ReLU to the finest extent; separable convolutions of dilations
  /// 1, 2, 4 and 8 read them side by side, coarsest first.
  ///
  /// - Parameters:
  ///   - maps: at strides 8, 16 and 32.
  ///   - outputs: channels of each map and of each separable convolution, of which there are four.
  mutating func jointPyramidUpsampling(
    _ name: String, _ maps: [Feature], outputs: Int = 512
  ) -> Feature {
    let laterals = zip(3..., maps).map { number, map in
      convolutionNormActivation(
        "\(name).conv\(number).0", norm: "\(name).conv\(number).1", map, outputs: outputs,
        kernel: 3)
    }
    let enlarged = zip(3..., laterals).map { number, map in
      resize("\(name).conv\(number).resize", map, like: laterals[0], alignsCorners: true)
    }
    let joined = concatenate("\(name).join", enlarged.reversed())
    let dilated = zip(1..., [1, 2, 4, 8]).map { number, dilation in
      separableConvolution(
        "\(name).dilation\(number)", joined, outputs: outputs, dilation: dilation)
    }
    return concatenate("\(name).pyramid", dilated)
  }
}
