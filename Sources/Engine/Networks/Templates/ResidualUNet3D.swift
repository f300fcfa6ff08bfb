package import Groundwork

/// A U-Net of volumes whose blocks are residual and whose skips are added rather than joined (Lee, Zung,
/// Li, Jain & Seung, "Superhuman Accuracy on the SNEMI3D Connectomics Challenge", 2017), with a 1×1×1
/// convolution that brings the input of a block to its channels, max pooling on the way down and 3×3×3
/// transposed convolutions on the way up, as the widespread PyTorch code has it.
package struct ResidualUNet3D: VolumeTemplate {
  package static let name = "residual_unet3d"
  package static let about =
    "U-Net of volumes with residual blocks, whose skip connections are added."
  package static let example = "template: {name: residual_unet3d, norm: group}"

  private static let baseChannels = Field.integer(
    "base_channels", default: 32, 1...256,
    "Channels at full resolution, doubled at every level.")
  private static let depth = VolumeLevels.depth(default: 4)
  package static let fields = [
    baseChannels.declaration, depth.declaration, VolumeLevels.flat.declaration,
    Normalization.field.declaration,
  ]

  private let baseChannels: Int
  private let levels: VolumeLevels
  private let normalization: Normalization

  package init(_ values: FieldValues) throws(ComponentError) {
    baseChannels = values[Self.baseChannels]
    levels = try VolumeLevels(values, depth: Self.depth)
    normalization = Normalization(values)
  }

  package var extentMultiple: SpatialExtent { levels.multiple }

  package func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    try checkSize(input)
    var net = NetworkBuilder(name: Self.name, input: input)
    var x = net.input
    var skips: [NetworkBuilder.Feature] = []
    for level in 0..<levels.depth {
      x = block(&net, "encoder\(level)", x, level)
      skips.append(x)
      let window = PoolingWindow(size: levels.halving(at: level))
      x = net.maxPool("encoder\(level).pool", x, window).maxima
    }
    x = block(&net, "bottleneck", x, levels.depth)
    for level in (0..<levels.depth).reversed() {
      let up = up(&net, "decoder\(level).up", x, level)
      x = block(&net, "decoder\(level)", net.add("decoder\(level).join", up, skips[level]), level)
    }
    let logits = net.convolution(
      "head", x, outputs: classes, kernel: [1, 1, 1], initialization: .lecun)
    return try net.build(logits: logits).refusingNormsOfOneValue()
  }

  /// A 3×3×3 transposed convolution that doubles every extent which the level's pooling halved.
  private func up(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, _ level: Int
  ) -> NetworkBuilder.Feature {
    let stride = levels.halving(at: level)
    let more = stride.map { $0 - 1 }
    return net.transposedConvolution(
      name, input, outputs: baseChannels << level, kernel: levels.kernel(3, at: level),
      stride: stride, padding: more, outputPadding: more, bias: false)
  }

  /// The input in the block's channels, and two convolutions that are added to it.
  private func block(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, _ level: Int
  ) -> NetworkBuilder.Feature {
    let (outputs, kernel) = (baseChannels << level, levels.kernel(3, at: level))
    let residual =
      net.shape(of: input).channels == outputs
      ? input
      : net.convolution(
        "\(name).shortcut", input, outputs: outputs, kernel: [1, 1, 1], initialization: .lecun)
    var x = residual
    for index in 0..<2 {
      x = net.convolution(
        "\(name).convolution\(index)", x, outputs: outputs, kernel: kernel,
        bias: normalization.leavesBias)
      x = net.normalize("\(name).norm\(index)", x, normalization)
      if index == 0 { x = net.relu(x) }
    }
    return net.relu(net.add("\(name).sum", x, residual))
  }
}
