internal import Groundwork

/// MobileNetV2 (Sandler, Howard, Zhu, Zhmoginov & Chen, "MobileNetV2: Inverted Residuals and Linear
/// Bottlenecks", CVPR 2018) in torchvision's words, without the last 1×1 convolution to 1280 channels:
/// 1,811,712 parameters for three channels.
struct MobileNetV2: Encoder {
  let name = "mobilenet_v2"
  let about = "MobileNetV2 (Sandler et al. 2018): inverted residuals, 1.8 million parameters."

  /// Table 2 of the paper.
  private static let stages: [(expansion: Int, channels: Int, blocks: Int, stride: Int)] = [
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
    (6, 320, 1, 1),
  ]
  /// The stages, counted from 0, that are the last at their resolution.
  private static let lastAtStride = [0, 1, 2, 4, 6]

  func layers(_ net: inout NetworkBuilder, outputStride: Int) -> EncoderFeatures {
    var x = net.convolutionNormActivation(
      "features.0.0", norm: "features.0.1", net.input, outputs: 32, kernel: 3, stride: 2,
      activation: .relu6)
    var strides = StageStrides(outputStride: outputStride, from: 2)
    var index = 1
    let maps = Self.stages.map { stage in
      let first = strides.next(stage.stride)
      for block in 0..<stage.blocks {
        let residual = InvertedResidual(
          expansion: stage.expansion, outputs: stage.channels,
          stride: block == 0 ? first.stride : 1,
          dilation: block == 0 ? first.dilation : first.dilationAfter)
        x = apply(residual, &net, "features.\(index).conv", x)
        index += 1
      }
      return x
    }
    return EncoderFeatures(stages: Self.lastAtStride.map { maps[$0] })
  }

  /// torchvision counts the layers of a block, of which one that does not widen has fewer.
  private func apply(
    _ residual: InvertedResidual, _ net: inout NetworkBuilder, _ name: String,
    _ input: NetworkBuilder.Feature
  ) -> NetworkBuilder.Feature {
    let first = residual.expansion > 1 ? 1 : 0
    return residual.apply(
      &net, name, input, expand: ("0.0", "0.1"), depthwise: ("\(first).0", "\(first).1"),
      project: ("\(first + 1)", "\(first + 2)"))
  }
}
