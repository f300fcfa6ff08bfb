internal import Groundwork

/// Modified aligned Xception-65 (Chen, Zhu, Papandreou, Schroff & Adam, "Encoder-Decoder with Atrous
/// Separable Convolution for Semantic Image Segmentation", ECCV 2018): 37,867,312 parameters for three
/// channels, in the words of timm, which has the authors' weights.
///
/// As in the authors' code, and unlike their figure, only the last three separable convolutions have a
/// ReLU between their two halves. The maps that it hands on are those that the next block rectifies.
struct Xception65: Encoder {
  let name = "xception65"
  let about = "Modified aligned Xception-65 (Chen et al. 2018): separable convolutions throughout."

  private static let batchNorm = BatchNorm(epsilon: 1e-3)

  private typealias Feature = NetworkBuilder.Feature

  func layers(_ net: inout NetworkBuilder, outputStride: Int) -> EncoderFeatures {
    let halved = stem(&net)
    var strides = StageStrides(outputStride: outputStride, from: 2)
    var map = Map(sum: halved, rectified: halved)
    var stages = [halved]

    for (index, channels) in [128, 256, 728].enumerated() {
      map = block(&net, index, map, [channels, channels, channels], strides.next(2))
      if index < 2 { stages.append(map.rectified) }
    }
    for index in 3..<19 {
      map = block(&net, index, map, [728, 728, 728], strides.next(1))
    }
    stages.append(map.rectified)
    map = block(&net, 19, map, [728, 1024, 1024], strides.next(2))
    stages.append(exit(&net, map, dilation: strides.dilation))
    return EncoderFeatures(stages: stages)
  }

  /// What a block makes: the sum, which is the shortcut of the next, and what the next convolves.
  private struct Map {
    var sum: Feature
    var rectified: Feature
  }

  private func stem(_ net: inout NetworkBuilder) -> Feature {
    let x = net.convolutionNormActivation(
      "stem.0.conv", norm: "stem.0.bn", net.input, outputs: 32, kernel: 3, stride: 2,
      batchNorm: Self.batchNorm)
    return net.convolutionNormActivation(
      "stem.1.conv", norm: "stem.1.bn", x, outputs: 64, kernel: 3, batchNorm: Self.batchNorm)
  }

  /// Three separable convolutions, the stride at the last, beside a shortcut.
  private func block(
    _ net: inout NetworkBuilder, _ index: Int, _ input: Map, _ channels: [Int],
    _ stage: StageStride
  ) -> Map {
    let name = "blocks.\(index)"
    var x = input.rectified
    for (position, outputs) in channels.enumerated() {
      let isLast = position == channels.count - 1
      x = net.separableConvolution(
        "\(name).stack.conv\(position + 1)", x, outputs: outputs,
        stride: isLast ? stage.stride : 1, dilation: stage.dilation, batchNorm: Self.batchNorm,
        activation: isLast ? nil : .relu)
    }
    let sum = net.add(
      "\(name).sum", x,
      shortcut(&net, name, input.sum, outputs: channels[channels.count - 1], stage))
    return Map(sum: sum, rectified: net.relu(sum))
  }

  private func shortcut(
    _ net: inout NetworkBuilder, _ name: String, _ input: Feature, outputs: Int,
    _ stage: StageStride
  ) -> Feature {
    guard stage.stride > 1 || net.shape(of: input).channels != outputs else { return input }
    return net.convolutionNormActivation(
      "\(name).shortcut.conv", norm: "\(name).shortcut.bn", input, outputs: outputs,
      stride: stage.stride, batchNorm: Self.batchNorm, activation: nil)
  }

  private func exit(_ net: inout NetworkBuilder, _ input: Map, dilation: Int) -> Feature {
    var x = input.sum
    for (position, outputs) in [1536, 1536, 2048].enumerated() {
      x = net.separableConvolution(
        "blocks.20.stack.conv\(position + 1)", x, outputs: outputs, dilation: dilation,
        batchNorm: Self.batchNorm, innerActivation: .relu)
    }
    return x
  }
}
