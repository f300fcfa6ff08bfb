package import Groundwork

/// Gated-SCNN (Takikawa, Acuna, Jampani & Fidler, "Gated-SCNN: Gated Shape CNNs for Semantic
/// Segmentation", ICCV 2019): a second stream at full resolution looks for boundaries, gated by the
/// encoder's maps; the classes are told from the encoder's context, the boundaries and a fine map.
/// The head `edges` is the stream's logit before its sigmoid, for the losses of edges; the authors'
/// code hands that loss a probability.
///
/// The authors show the pyramid the boundaries beside the image's Canny edges. These are left out:
/// no operation here subtracts without weights, so that a gradient could only be one that training
/// changes. The pyramid sees the boundaries alone, and the layer that mixed the two, of 2 weights,
/// is gone. So is a side map of the authors' that nothing reads, of 65.
///
/// At 12 classes it has 40,522,155 parameters on ResNet-50, and 137,276,331 on the authors' own
/// wide ResNet-38.
package struct GatedSCNN: Template {
  package static let name = "gated_scnn"
  package static let about =
    "A second stream that looks for boundaries at full resolution (Takikawa et al. 2019); needs memory."
  package static let example = "template: {name: gated_scnn, output_stride: 16}"

  private static let encoder = Encoders.field(
    default: "resnet50", oneOf: [ResNet.resnet50, ResNet.resnet101, WideResNet38()])
  private static let outputStride = OutputStride.field(default: 8, oneOf: [8, 16])
  package static let fields = [encoder.declaration, outputStride.declaration]

  /// Channels of the fine map once it has been reduced, and of the decoder.
  private static let (fineChannels, channels) = (48, 256)

  private let encoder: any Encoder
  private let outputStride: Int

  package init(_ values: FieldValues) {
    encoder = values[Self.encoder]
    outputStride = values[Self.outputStride]
  }

  package var sizeMultiple: Int { 1 }

  private typealias Feature = NetworkBuilder.Feature

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    var net = NetworkBuilder(name: Self.name, input: input)

    let features = encoder.features(&net, outputStride: outputStride)
    let maps = Maps(features)
    let edges = net.shapeStream("shape", first: maps.first, sides: maps.sides)
    let context = context(&net, features.last, edges: net.sigmoid(edges))
    let logits = decode(&net, context, fine: maps.fine, classes: classes)
    return net.build(logits: logits, others: [(EdgeHead.name, edges)])
  }

  /// What of an encoder goes where: the authors' choice on their own, which has a map at full
  /// resolution, and the like, one stride later, on others.
  private struct Maps {
    /// What the shape stream begins with.
    let first: Feature
    /// What the decoder joins with the context.
    let fine: Feature
    /// What opens the gates.
    let sides: [Feature]

    init(_ features: EncoderFeatures) {
      let stages = features.stages
      if let full = features.full {
        (first, fine, sides) = (full, stages[0], [stages[1], stages[2], stages[4]])
      } else {
        (first, fine, sides) = (stages[0], stages[1], Array(stages[2...]))
      }
    }
  }

  /// The atrous pyramid with a branch for the boundaries, joined without norm and activation.
  private func context(
    _ net: inout NetworkBuilder, _ input: Feature, edges: Feature
  ) -> Feature {
    let pyramid = AtrousPyramid(rates: AtrousPyramid.rates(outputStride: outputStride))
    var branches = pyramid.branches(&net, "aspp", input)
    let boundaries = net.convolutionNormActivation(
      "aspp.edge.0", norm: "aspp.edge.1",
      net.resize("aspp.edge.resize", edges, like: input, alignsCorners: true),
      outputs: AtrousPyramid.channels)
    branches = [branches.removeLast(), boundaries] + branches
    return net.convolution(
      "bot_aspp", net.concatenate("aspp.join", branches), outputs: Self.channels,
      kernel: Size(square: 1), bias: false)
  }

  private func decode(
    _ net: inout NetworkBuilder, _ context: Feature, fine: Feature, classes: Int
  ) -> Feature {
    let reduced = net.convolution(
      "bot_fine", fine, outputs: Self.fineChannels, kernel: Size(square: 1), bias: false)
    let enlarged = net.resize("bot_aspp.resize", context, like: fine, alignsCorners: true)
    var x = net.concatenate("final_seg.join", [reduced, enlarged])
    for (convolution, norm) in [(0, 1), (3, 4)] {
      x = net.convolutionNormActivation(
        "final_seg.\(convolution)", norm: "final_seg.\(norm)", x, outputs: Self.channels,
        kernel: 3)
    }
    let scores = net.convolution(
      "final_seg.6", x, outputs: classes, kernel: Size(square: 1), bias: false,
      initialization: .lecun)
    return net.resize("final_seg.resize", scores, like: net.input, alignsCorners: true)
  }
}
