internal import Groundwork

/// SENet-154 (Hu, Shen & Sun, "Squeeze-and-Excitation Networks", CVPR 2018), which won ILSVRC 2017:
/// 113,039,984 parameters for three channels, in the words of Cadene's port to PyTorch.
struct SENet154: Encoder {
  let name = "senet154"
  let about = "SENet-154 (Hu, Shen & Sun 2018): bottlenecks in 64 groups that weigh their channels."

  private static let depths = [3, 8, 36, 3]

  func layers(_ net: inout NetworkBuilder, outputStride: Int) -> EncoderFeatures {
    let halved = stem(&net)
    var x = net.maxPool("layer0.pool", halved, size: 3, stride: 2, roundsUp: true)
    var strides = StageStrides(outputStride: outputStride, from: 4)
    var stages = [halved]
    for (stage, depth) in Self.depths.enumerated() {
      let first = strides.next(stage == 0 ? 1 : 2)
      for index in 0..<depth {
        let width = 128 << stage
        x = net.bottleneckBlock(
          "layer\(stage + 1).\(index)", x, widths: (width, 2 * width), outputs: 2 * width,
          index == 0 ? first : first.rest, groups: 64, squeeze: ("se_module", 16),
          projection: stage == 0 ? 1 : 3)
      }
      stages.append(x)
    }
    return EncoderFeatures(stages: stages)
  }

  private func stem(_ net: inout NetworkBuilder) -> NetworkBuilder.Feature {
    var x = net.convolutionNormActivation(
      "layer0.conv1", norm: "layer0.bn1", net.input, outputs: 64, kernel: 3, stride: 2)
    x = net.convolutionNormActivation(
      "layer0.conv2", norm: "layer0.bn2", x, outputs: 64, kernel: 3)
    return net.convolutionNormActivation(
      "layer0.conv3", norm: "layer0.bn3", x, outputs: 128, kernel: 3)
  }
}
