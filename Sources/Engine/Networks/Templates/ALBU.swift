package import Groundwork

/// The encoder–decoder with which A. Buslaev ("albu") won SpaceNet's road detection, the likelihood network of
/// DM++ (Banerjee et al., "Semantic segmentation of microscopic neuroanatomical data by combining topological priors
/// with encoder–decoder deep networks", Nature Machine Intelligence 2020). Each of five stages doubles the resolution,
/// which a 3×3 convolution follows; but the last, a stage is joined with the encoder's map of its resolution, and
/// another convolution brings both together. The decoder has no norms.
///
/// On ResNet-34 it has 24,514,796 parameters at 12 classes.
package struct ALBU: Template {
  package static let name = "albu"
  package static let about =
    "ALBU (Buslaev 2018; Banerjee et al. 2020): ResNet encoder and plain decoder, for roads and neurons."
  package static let example = "template: {name: albu, encoder: resnet34}"

  private static let encoder = Encoders.field(default: "resnet34")
  package static let fields = [encoder.declaration]

  private let encoder: any Encoder

  package init(_ values: FieldValues) { encoder = values[Self.encoder] }

  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    var net = NetworkBuilder(name: Self.name, input: input, initialization: .heFanOut)

    let stages = encoder.features(&net, outputStride: 32).stages
    var x = stages[stages.count - 1]
    for (index, skip) in stages.dropLast().enumerated().reversed() {
      let (name, outputs) = ("decoder.\(index + 1)", net.shape(of: skip).channels)
      x = enlarged(&net, "\(name).up", x, like: skip, outputs: outputs)
      x = net.concatenate("\(name).join", [x, skip])
      x = net.relu(
        net.convolution("\(name).fuse", x, outputs: outputs, kernel: Size(square: 3)))
    }
    x = enlarged(&net, "decoder.0.up", x, like: net.input, outputs: 32)
    let logits = net.convolution(
      "head", x, outputs: classes, kernel: Size(square: 3), initialization: .lecun)
    return net.build(logits: logits)
  }

  private func enlarged(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature,
    like finer: NetworkBuilder.Feature, outputs: Int
  ) -> NetworkBuilder.Feature {
    let x = net.resize(
      "\(name).resize", input, to: .extent(net.shape(of: finer).extent), interpolation: .nearest)
    return net.relu(
      net.convolution("\(name).conv", x, outputs: outputs, kernel: Size(square: 3)))
  }
}
