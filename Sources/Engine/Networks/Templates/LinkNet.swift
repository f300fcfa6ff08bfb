package import Groundwork

/// LinkNet (Chaurasia & Culurciello, "LinkNet: Exploiting Encoder Representations for Efficient Semantic
/// Segmentation", VCIP 2017) as segmentation_models.pytorch defines it, in its words: five decoder blocks,
/// four of which add the encoder's map of their resolution. What an odd extent makes too large is
/// resized.
///
/// On ResNet-18 it has 11,664,140 parameters at 12 classes.
package struct LinkNet: Template {
  package static let name = "linknet"
  package static let about =
    "LinkNet (Chaurasia & Culurciello 2017): a light decoder that adds the encoder's maps; fast."
  package static let example = "template: {name: linknet, encoder: mobilenet_v2}"

  private static let encoder = Encoders.field(default: "resnet18")
  package static let fields = [encoder.declaration]

  private let encoder: any Encoder

  package init(_ values: FieldValues) { encoder = values[Self.encoder] }

  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    var net = NetworkBuilder(name: Self.name, input: input, initialization: .heUniform)

    let stages = encoder.features(&net, outputStride: 32).stages
    var x = stages[4]
    for (index, skip) in stages.dropLast().reversed().enumerated() {
      let name = "decoder.blocks.\(index)"
      x = block(&net, name, x, outputs: net.shape(of: skip).channels, like: skip)
      x = net.add("\(name).sum", x, skip)
    }
    x = block(&net, "decoder.blocks.4", x, outputs: 32, like: net.input)
    let logits = net.classifier(
      "segmentation_head.0", x, classes: classes, initialization: .glorotUniform)
    return net.build(logits: logits)
  }

  /// Doubles the resolution between two 1×1 convolutions.
  private func block(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, outputs: Int,
    like finer: NetworkBuilder.Feature
  ) -> NetworkBuilder.Feature {
    let width = net.shape(of: input).channels / 4
    var x = net.convolutionNormActivation(
      "\(name).block.0.0", norm: "\(name).block.0.1", input, outputs: width)
    x = net.transposedConvolution(
      "\(name).block.1.0", x, outputs: width, kernel: Size(square: 4), padding: 1,
      initialization: .torch)
    x = net.relu(net.batchNorm("\(name).block.1.1", x))
    x = net.convolutionNormActivation(
      "\(name).block.2.0", norm: "\(name).block.2.1", x, outputs: outputs)
    return net.resize("\(name).resize", x, like: finer)
  }
}
