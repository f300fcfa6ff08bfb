package import Groundwork

/// The residual U-Net of Drozdzal, Vorontsov, Chartrand, Kadoury & Pal, "The Importance of Skip
/// Connections in Biomedical Image Segmentation", DLMIA 2016, in the form of the authors' own code:
/// short skips within the blocks, long ones that are added. Odd extents are rounded up on the way
/// down and reached again on the way up, so that images may have any size.
///
/// At 12 classes it has 11,471,308 parameters. The network of the paper's table seems to have one
/// initial block a side, the authors' code two; with one it has 11,452,684.
package struct ResidualUNet: Template {
  package static let name = "residual_unet"
  package static let about =
    "Very deep U-Net of residual blocks, made for electron microscopy; takes images of any size."
  package static let example = "template: {name: residual_unet, dropout: 0}"

  private static let baseChannels = Field.integer(
    "base_channels", default: 32, 1...512,
    "Channels at full resolution and width of the first bottlenecks, doubled at every later stage.")
  private static let initialBlocks = Field.integer(
    "initial_blocks", default: 2, 0...3,
    "Simple blocks on each side, which halve and double the resolution outside of the bottlenecks.")
  private static let dropout = DropoutRate.field(default: 0.1, "at the end of every block")
  package static let fields = [
    baseChannels.declaration, initialBlocks.declaration, Normalization.field.declaration,
    dropout.declaration,
  ]

  private let baseChannels: Int
  private let initialBlocks: Int
  private let normalization: Normalization
  private let dropout: Double

  package init(_ values: FieldValues) {
    baseChannels = values[Self.baseChannels]
    initialBlocks = values[Self.initialBlocks]
    normalization = Normalization(values)
    dropout = values[Self.dropout]
  }

  package var sizeMultiple: Int { 1 }

  package func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    try checkSize(input)
    var net = NetworkBuilder(name: Self.name, input: input)

    var x = net.convolution(
      "pre.convolution", net.input, outputs: baseChannels, kernel: Size(square: 3))
    var skips = [x]
    for (index, stage) in stages.enumerated() {
      x = apply(stage, &net, "down\(index + 1)", x, halves: true)
      skips.append(x)
    }
    x = apply(
      Stage(.bottleneck, blocks: 3, width: 8 * baseChannels), &net, "across", x, halves: true,
      to: net.shape(of: x).extent)
    for (index, stage) in stages.reversed().enumerated() {
      let name = "up\(index + 1)"
      x = add(skips.removeLast(), to: x, &net, name)
      x = apply(
        stage, &net, name, x, halves: false, to: net.shape(of: skips[skips.count - 1]).extent)
    }
    x = add(skips[0], to: x, &net, "post")
    x = net.relu(net.normalize("post.norm", x, normalization))
    x = net.convolution(
      "post.convolution", x, outputs: baseChannels, kernel: Size(square: 3))
    let logits = net.convolution(
      "head", x, outputs: classes, kernel: Size(square: 1), initialization: .lecun)
    return try net.build(logits: logits).refusingNormsOfOneValue()
  }

  /// Blocks of one form, the first of which may halve the resolution and the last enlarge it.
  private struct Stage {
    var form: PreactivationBlock.Form
    var blocks: Int
    var width: Int

    init(_ form: PreactivationBlock.Form, blocks: Int, width: Int) {
      (self.form, self.blocks, self.width) = (form, blocks, width)
    }
  }

  /// Those of each side, from full resolution on.
  private var stages: [Stage] {
    Array(repeating: Stage(.simple, blocks: 1, width: baseChannels), count: initialBlocks)
      + [3, 8, 10].enumerated().map { index, blocks in
        Stage(.bottleneck, blocks: blocks, width: baseChannels << index)
      }
  }

  private func apply(
    _ stage: Stage, _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature,
    halves: Bool, to extent: SpatialExtent? = nil
  ) -> NetworkBuilder.Feature {
    let block = PreactivationBlock(
      form: stage.form, width: stage.width, normalization: normalization, dropout: Float(dropout))
    return (1...stage.blocks).reduce(input) { x, index in
      block.apply(
        &net, "\(name).block\(index)", x, halves: halves && index == 1,
        to: index == stage.blocks ? extent : nil)
    }
  }

  /// The sum with a skip, behind a 1×1 convolution to its channels where it has others.
  private func add(
    _ skip: NetworkBuilder.Feature, to input: NetworkBuilder.Feature, _ net: inout NetworkBuilder,
    _ name: String
  ) -> NetworkBuilder.Feature {
    let channels = net.shape(of: skip).channels
    guard net.shape(of: input).channels != channels else {
      return net.add("\(name).join", input, skip)
    }
    let x = net.convolution(
      "\(name).reduce", input, outputs: channels, kernel: Size(square: 1),
      initialization: .lecun)
    return net.add("\(name).join", x, skip)
  }
}
