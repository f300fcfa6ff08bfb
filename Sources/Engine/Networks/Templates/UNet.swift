package import Groundwork

/// U-Net (Ronneberger, Fischer & Brox, "U-Net: Convolutional Networks for Biomedical Image
/// Segmentation", MICCAI 2015) in DeepDetect's form: "same" convolutions, so that the logits have
/// the size of the input, and a ReLU behind each 2×2 transposed convolution.
///
/// With 64 base channels, depth 4, no batch norm and 12 classes it has 31,032,460 parameters.
package struct UNet: Template {
  package static let name = "unet"
  package static let about =
    "Encoder and decoder joined by skip connections; strong with few images and fine detail."
  package static let example = "template: {name: unet, base_channels: 32, depth: 4}"

  private static let baseChannels = Field.integer(
    "base_channels", default: 64, 1...512, "Channels at full resolution, doubled at every level.")
  private static let depth = Field.integer(
    "depth", default: 4, 1...7, "How often the resolution is halved.")
  private static let batchNorm = Field.boolean(
    "batch_norm", default: true, "Batch normalisation behind every 3×3 convolution.")
  package static let fields = [
    baseChannels.declaration, depth.declaration, batchNorm.declaration,
    EdgeHead.field.declaration,
  ]

  let baseChannels: Int
  package let depth: Int
  package let batchNorm: Bool
  let hasEdgeHead: Bool

  package init(_ values: FieldValues) {
    baseChannels = values[Self.baseChannels]
    depth = values[Self.depth]
    batchNorm = values[Self.batchNorm]
    hasEdgeHead = values[EdgeHead.field]
  }

  package var sizeMultiple: Int { 1 << depth }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input)
    var net = NetworkBuilder(name: Self.name, input: input)

    var x = net.input
    var skips: [NetworkBuilder.Feature] = []
    for level in 0..<depth {
      x = doubleConvolution(&net, "encoder\(level)", x, channels: channels(level))
      skips.append(x)
      x = net.maxPool("encoder\(level).pool", x).maxima
    }
    x = doubleConvolution(&net, "bottleneck", x, channels: channels(depth))
    for level in (0..<depth).reversed() {
      let name = "decoder\(level)"
      x = net.relu(
        net.transposedConvolution(
          "\(name).up", x, outputs: channels(level), kernel: Size(square: 2)))
      x = net.concatenate("\(name).join", [x, skips[level]])
      x = doubleConvolution(&net, name, x, channels: channels(level))
    }
    let logits = head(&net, "head", x, outputs: classes)
    guard hasEdgeHead else { return net.build(logits: logits) }
    let edges = head(&net, EdgeHead.node, x, outputs: 1)
    return net.build(logits: logits, others: [(EdgeHead.name, edges)])
  }

  private func head(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, outputs: Int
  ) -> NetworkBuilder.Feature {
    net.convolution(
      name, input, outputs: outputs, kernel: Size(square: 1), initialization: .lecun)
  }

  private func channels(_ level: Int) -> Int { baseChannels << level }

  /// Twice: 3×3 convolution, batch norm if wanted, ReLU.
  private func doubleConvolution(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, channels: Int
  ) -> NetworkBuilder.Feature {
    var x = input
    for index in 0..<2 {
      x = net.convolution(
        "\(name).convolution\(index)", x, outputs: channels, kernel: Size(square: 3),
        bias: !batchNorm)
      if batchNorm { x = net.batchNorm("\(name).norm\(index)", x) }
      x = net.relu(x)
    }
    return x
  }
}
