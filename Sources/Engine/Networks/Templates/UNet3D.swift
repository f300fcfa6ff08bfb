package import Groundwork

/// 3D U-Net (Çiçek, Abdulkadir, Lienkamp, Brox & Ronneberger, "3D U-Net: Learning Dense Volumetric
/// Segmentation from Sparse Annotation", MICCAI 2016) with zero padding in place of the paper's valid
/// convolutions, so that the logits have the extent of the input: every level doubles its channels
/// before the pooling, and the transposed convolutions keep theirs.
///
/// With 32 base channels, depth 3, batch norm, one channel and 12 classes it has 19,074,380
/// parameters. The 19,069,955 of the paper, at three channels and three classes, count neither biases
/// of the transposed convolutions nor scales and shifts of norms: `{norm: none, up_bias: false}`.
package struct UNet3D: VolumeTemplate {
  package static let name = "unet3d"
  package static let about =
    "U-Net of volumes: encoder and decoder of three-dimensional convolutions, joined by skip "
    + "connections."
  package static let example = "template: {name: unet3d, base_channels: 16, flat_levels: 2}"

  private static let baseChannels = Field.integer(
    "base_channels", default: 32, 1...256,
    "Channels of the first convolution, doubled by the second of every level.")
  private static let depth = VolumeLevels.depth(default: 3)
  private static let upBias = Field.boolean(
    "up_bias", default: true, "Biases of the transposed convolutions.")
  private static let dropout = DropoutRate.field(default: 0, "behind the coarsest level")
  package static let fields = [
    baseChannels.declaration, depth.declaration, VolumeLevels.flat.declaration,
    Normalization.field.declaration, upBias.declaration, dropout.declaration,
  ]

  private let baseChannels: Int
  private let levels: VolumeLevels
  private let normalization: Normalization
  private let hasUpBias: Bool
  private let dropout: Float

  package init(_ values: FieldValues) throws(ComponentError) {
    baseChannels = values[Self.baseChannels]
    levels = try VolumeLevels(values, depth: Self.depth)
    normalization = Normalization(values)
    hasUpBias = values[Self.upBias]
    dropout = Float(values[Self.dropout])
  }

  package var extentMultiple: SpatialExtent { levels.multiple }

  package func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    try checkSize(input)
    var net = NetworkBuilder(name: Self.name, input: input)
    var x = net.input
    var skips: [NetworkBuilder.Feature] = []
    for level in 0..<levels.depth {
      x = block(&net, "encoder\(level)", x, [channels(level), channels(level + 1)], level)
      skips.append(x)
      let window = PoolingWindow(size: levels.halving(at: level))
      x = net.maxPool("encoder\(level).pool", x, window).maxima
    }
    let bottom = levels.depth
    x = block(&net, "bottleneck", x, [channels(bottom), channels(bottom + 1)], bottom)
    x = net.dropout("bottleneck.dropout", x, rate: dropout)
    for level in (0..<levels.depth).reversed() {
      let (name, halving) = ("decoder\(level)", levels.halving(at: level))
      let up = net.transposedConvolution(
        "\(name).up", x, outputs: channels(level + 2), kernel: halving, stride: halving,
        bias: hasUpBias)
      x = net.concatenate("\(name).join", [up, skips[level]])
      x = block(&net, name, x, [channels(level + 1), channels(level + 1)], level)
    }
    let logits = net.convolution(
      "head", x, outputs: classes, kernel: [1, 1, 1], initialization: .lecun)
    return try net.build(logits: logits).refusingNormsOfOneValue()
  }

  private func channels(_ doublings: Int) -> Int { baseChannels << doublings }

  /// Twice: convolution with its bias, norm, ReLU.
  private func block(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature,
    _ outputs: [Int], _ level: Int
  ) -> NetworkBuilder.Feature {
    var x = input
    for (index, channels) in outputs.enumerated() {
      x = net.convolution(
        "\(name).convolution\(index)", x, outputs: channels, kernel: levels.kernel(3, at: level))
      x = net.relu(net.normalize("\(name).norm\(index)", x, normalization))
    }
    return x
  }
}
