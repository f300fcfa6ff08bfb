internal import Groundwork

/// Residual networks (He, Zhang, Ren & Sun, "Deep Residual Learning for Image Recognition", CVPR 2016)
/// in torchvision's form and words: the stride of a bottleneck is at its 3×3 convolution.
struct ResNet: Encoder {
  enum Block {
    case basic
    /// Its outputs are four times as wide.
    case bottleneck
  }

  /// What comes before the first stage; both halve the resolution twice.
  enum Stem {
    /// One 7×7 convolution.
    case single
    /// Three 3×3 convolutions with 64, 64 and 128 outputs, named as FastFCN's: `conv1.0`, `conv1.1`,
    /// `conv1.3`, `conv1.4`, `conv1.6`, `bn1`.
    case deep
  }

  let name: String
  let about: String
  let block: Block
  /// Blocks of each of the four stages.
  let depths: [Int]
  var stem = Stem.single
  /// Every block ends with a squeeze and excitation (Hu, Shen & Sun 2018) of reduction 16.
  var squeezes = false
  /// What the dilation of each block of the last stage is multiplied by where that stage dilates;
  /// all alike where it is empty.
  var grid: [Int] = []

  static let resnet18 = ResNet(
    name: "resnet18", about: "ResNet-18 (He et al. 2016): basic blocks, 11 million parameters.",
    block: .basic, depths: [2, 2, 2, 2])
  static let resnet34 = ResNet(
    name: "resnet34", about: "ResNet-34 (He et al. 2016): basic blocks, 21 million parameters.",
    block: .basic, depths: [3, 4, 6, 3])
  static let resnet50 = ResNet(
    name: "resnet50", about: "ResNet-50 (He et al. 2016): bottlenecks, 24 million parameters.",
    block: .bottleneck, depths: [3, 4, 6, 3])
  static let resnet101 = ResNet(
    name: "resnet101", about: "ResNet-101 (He et al. 2016): bottlenecks, 43 million parameters.",
    block: .bottleneck, depths: [3, 4, 23, 3])
  static let resnet152 = ResNet(
    name: "resnet152", about: "ResNet-152 (He et al. 2016): bottlenecks, 58 million parameters.",
    block: .bottleneck, depths: [3, 8, 36, 3])
  static let seResnet50 = ResNet(
    name: "se_resnet50",
    about: "ResNet-50 whose blocks weigh their channels (Hu, Shen & Sun 2018).",
    block: .bottleneck, depths: [3, 4, 6, 3], squeezes: true)

  /// The same with three 3×3 convolutions at the beginning.
  var withDeepStem: ResNet {
    var network = self
    network.stem = .deep
    return network
  }

  /// The same with DeepLab's multi-grid (Chen, Papandreou, Schroff & Adam 2017): the three blocks
  /// of a last stage that dilates do so 1, 2 and 4 times as far.
  var withMultiGrid: ResNet {
    var network = self
    network.grid = [1, 2, 4]
    return network
  }

  /// `layer1.0.se.fc1` is also called `layer1.0.se_module.fc1`.
  func otherNames(of layer: String) -> [String] {
    layer.contains(".se.") ? [layer.replacing(".se.", with: ".se_module.")] : []
  }

  func layers(_ net: inout NetworkBuilder, outputStride: Int) -> EncoderFeatures {
    let halved = stem(&net)
    var x = net.maxPool("maxpool", halved, size: 3, stride: 2, padding: 1)
    var strides = StageStrides(outputStride: outputStride, from: 4)
    var stages = [halved]
    for (stage, depth) in depths.enumerated() {
      let first = strides.next(stage == 0 ? 1 : 2)
      for index in 0..<depth {
        x = block(
          &net, "layer\(stage + 1).\(index)", x, width: 64 << stage,
          stride(ofBlock: index, first, isLastStage: stage == depths.count - 1))
      }
      stages.append(x)
    }
    return EncoderFeatures(stages: stages)
  }

  private func stride(
    ofBlock index: Int, _ first: StageStride, isLastStage: Bool
  ) -> StageStride {
    guard isLastStage, first.stride == 1, !grid.isEmpty else {
      return index == 0 ? first : first.rest
    }
    return first.rest.dilated(by: grid[index % grid.count])
  }

  private func stem(_ net: inout NetworkBuilder) -> NetworkBuilder.Feature {
    guard stem == .deep else {
      return net.convolutionNormActivation(
        "conv1", norm: "bn1", net.input, outputs: 64, kernel: 7, stride: 2)
    }
    var x = net.convolutionNormActivation(
      "conv1.0", norm: "conv1.1", net.input, outputs: 64, kernel: 3, stride: 2)
    x = net.convolutionNormActivation("conv1.3", norm: "conv1.4", x, outputs: 64, kernel: 3)
    return net.convolutionNormActivation("conv1.6", norm: "bn1", x, outputs: 128, kernel: 3)
  }

  private func block(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, width: Int,
    _ stage: StageStride
  ) -> NetworkBuilder.Feature {
    switch block {
    case .basic:
      net.basicBlock(name, input, outputs: width, stage)
    case .bottleneck:
      net.bottleneckBlock(
        name, input, widths: (width, width), outputs: 4 * width, stage,
        squeeze: squeezes ? ("se", 16) : nil)
    }
  }
}
