package import Groundwork

/// V-Net (Milletari, Navab & Ahmadi, "V-Net: Fully Convolutional Neural Networks for Volumetric Medical
/// Image Segmentation", 3DV 2016): 5×5×5 convolutions with PReLU in residual stages, which strided
/// 2×2×2 convolutions join on the way down and transposed ones on the way up.
///
/// A stage has one convolution at full resolution, two below it, and three at every other level. The
/// input is added to the first stage's output in the channels that it has. Batch norm behind every
/// convolution, which the paper does without, is the default, as in the widespread implementations.
package struct VNet: VolumeTemplate {
  package static let name = "vnet"
  package static let about =
    "Residual encoder and decoder of volumes with large kernels and strided convolutions."
  package static let example = "template: {name: vnet, kernel: 3}"

  private static let baseChannels = Field.integer(
    "base_channels", default: 16, 1...256,
    "Channels at full resolution, doubled at every level; at least those of the input.")
  private static let depth = VolumeLevels.depth(default: 4)
  private static let kernel = Field.name(
    "kernel", default: "5", oneOf: ["3", "5"], "Side of the stages' kernels.")
  package static let fields = [
    baseChannels.declaration, depth.declaration, kernel.declaration,
    VolumeLevels.flat.declaration, Normalization.field.declaration,
  ]

  private let baseChannels: Int
  private let levels: VolumeLevels
  private let kernel: Int
  private let normalization: Normalization

  package init(_ values: FieldValues) throws(ComponentError) {
    baseChannels = values[Self.baseChannels]
    levels = try VolumeLevels(values, depth: Self.depth)
    kernel = values[Self.kernel] == "3" ? 3 : 5
    normalization = Normalization(values)
  }

  package var extentMultiple: SpatialExtent { levels.multiple }

  package func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    try checkSize(input)
    guard input.channels <= baseChannels else {
      throw ComponentError(
        field: Self.baseChannels.declaration.name,
        "the input has \(input.channels) channels, which are added to the first stage: use at "
          + "least \(input.channels)")
    }
    var net = NetworkBuilder(name: Self.name, input: input)
    var x = stage(&net, "encoder0", net.input, 0, outputs: baseChannels)
    var skips: [NetworkBuilder.Feature] = []
    for level in 1...levels.depth {
      skips.append(x)
      let name = level < levels.depth ? "encoder\(level)" : "bottleneck"
      let halving = levels.halving(at: level - 1)
      x = net.convolution(
        "\(name).down", x,
        Convolution(
          outputs: baseChannels << level, kernel: halving, stride: halving,
          hasBias: normalization.leavesBias, initialization: net.initialization))
      x = activated(&net, "\(name).down", x)
      x = stage(&net, name, x, level, outputs: baseChannels << level)
    }
    for level in (0..<levels.depth).reversed() {
      let (name, halving) = ("decoder\(level)", levels.halving(at: level))
      x = net.transposedConvolution(
        "\(name).up", x, outputs: baseChannels << level, kernel: halving, stride: halving,
        bias: normalization.leavesBias)
      x = activated(&net, "\(name).up", x)
      x = net.concatenate("\(name).join", [x, skips[level]])
      x = stage(&net, name, x, level, outputs: baseChannels << (level + 1))
    }
    let logits = net.convolution(
      "head", x, outputs: classes, kernel: [1, 1, 1], initialization: .lecun)
    return try net.build(logits: logits).refusingNormsOfOneValue()
  }

  /// Convolutions one behind the other, the last of which the stage's input is added to.
  private func stage(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, _ level: Int,
    outputs: Int
  ) -> NetworkBuilder.Feature {
    let count = min(level + 1, 3)
    var x = input
    for index in 0..<count {
      x = net.convolution(
        "\(name).convolution\(index)", x, outputs: outputs,
        kernel: levels.kernel(kernel, at: level), bias: normalization.leavesBias)
      guard index == count - 1 else {
        x = activated(&net, "\(name).convolution\(index)", x)
        continue
      }
      x = net.normalize("\(name).convolution\(index).norm", x, normalization)
    }
    let wide =
      net.shape(of: input).channels == outputs
      ? input : net.padChannels("\(name).shortcut", input, to: outputs)
    return net.prelu("\(name).prelu", net.add("\(name).sum", x, wide))
  }

  private func activated(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature
  ) -> NetworkBuilder.Feature {
    net.prelu("\(name).prelu", net.normalize("\(name).norm", input, normalization))
  }
}
