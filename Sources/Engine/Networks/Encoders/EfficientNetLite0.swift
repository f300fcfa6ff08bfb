internal import Groundwork

/// EfficientNet-Lite0, the EfficientNet-B0 of Tan & Le (ICML 2019) without squeeze and excitation and
/// with ReLU6, as Google published it in 2020, without the last 1×1 convolution to 1280 channels. Names,
/// padding and batch norm are those of the port to PyTorch (efficientnet-lite-pytorch).
///
/// The padding is TensorFlow's "same" for the extent at hand; the port computes it for 224×224, which
/// comes to the same where every halved extent is even.
struct EfficientNetLite0: Encoder {
  let name = "efficientnet_lite0"
  let about =
    "EfficientNet-Lite0 (Google 2020): inverted residuals for edge devices, 3 million parameters."

  private static let stages: [Stage] = [
    Stage(expansion: 1, kernel: 3, channels: 16, blocks: 1, stride: 1),
    Stage(expansion: 6, kernel: 3, channels: 24, blocks: 2, stride: 2),
    Stage(expansion: 6, kernel: 5, channels: 40, blocks: 2, stride: 2),
    Stage(expansion: 6, kernel: 3, channels: 80, blocks: 3, stride: 2),
    Stage(expansion: 6, kernel: 5, channels: 112, blocks: 3, stride: 1),
    Stage(expansion: 6, kernel: 5, channels: 192, blocks: 4, stride: 2),
    Stage(expansion: 6, kernel: 3, channels: 320, blocks: 1, stride: 1),
  ]
  /// The stages, counted from 0, that are the last at their resolution.
  private static let lastAtStride = [0, 1, 2, 4, 6]
  private static let batchNorm = BatchNorm(epsilon: 1e-3, momentum: 0.01)

  private struct Stage {
    var expansion, kernel, channels, blocks, stride: Int
  }

  func layers(_ net: inout NetworkBuilder, outputStride: Int) -> EncoderFeatures {
    var x = net.convolutionNormActivation(
      "_conv_stem", norm: "_bn0", net.input, outputs: 32, kernel: 3, stride: 2,
      padding: .tensorFlow, batchNorm: Self.batchNorm, activation: .relu6)
    var strides = StageStrides(outputStride: outputStride, from: 2)
    var index = 0
    let maps = Self.stages.map { stage in
      let first = strides.next(stage.stride)
      for block in 0..<stage.blocks {
        let residual = InvertedResidual(
          expansion: stage.expansion, kernel: stage.kernel, outputs: stage.channels,
          stride: block == 0 ? first.stride : 1,
          dilation: block == 0 ? first.dilation : first.dilationAfter, padding: .tensorFlow,
          batchNorm: Self.batchNorm)
        x = residual.apply(
          &net, "_blocks.\(index)", x, expand: ("_expand_conv", "_bn0"),
          depthwise: ("_depthwise_conv", "_bn1"), project: ("_project_conv", "_bn2"))
        index += 1
      }
      return x
    }
    return EncoderFeatures(stages: Self.lastAtStride.map { maps[$0] })
  }
}
