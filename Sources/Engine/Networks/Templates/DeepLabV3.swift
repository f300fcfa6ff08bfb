package import Groundwork

/// DeepLabV3 (Chen, Papandreou, Schroff & Adam, "Rethinking Atrous Convolution for Semantic Image
/// Segmentation", arXiv 1706.05587) in torchvision's form and words: rates of 12, 24 and 36 at an
/// output stride of 8, no multi-grid, and a further 3×3 convolution and dropout before the logits.
/// The auxiliary head is that of PSPNet, which drops whole channels where torchvision drops values.
///
/// At 12 classes it has 39,636,556 parameters on ResNet-50, 41,999,448 with its auxiliary head; on
/// ResNet-101 58,628,684 and 60,991,576.
package struct DeepLabV3: Template {
  package static let name = "deeplabv3"
  package static let about =
    "Atrous pyramid (Chen et al. 2017): dilated convolutions see a fine map at several scales."
  package static let example = "template: {name: deeplabv3, output_stride: 16, auxiliary: 0.5}"

  private static let encoder = Encoders.field(
    default: "resnet50", oneOf: [ResNet.resnet50, ResNet.resnet101])
  private static let outputStride = OutputStride.field(default: 8, oneOf: [8, 16])
  private static let dropout = DropoutRate.field(default: 0.5)
  package static let fields = [
    encoder.declaration, outputStride.declaration, dropout.declaration,
    AuxiliaryHead.field.declaration,
  ]

  private let encoder: any Encoder
  private let outputStride: Int
  private let dropout: Float
  private let hasAuxiliaryHead: Bool

  package init(_ values: FieldValues) {
    encoder = values[Self.encoder]
    outputStride = values[Self.outputStride]
    dropout = Float(values[Self.dropout])
    hasAuxiliaryHead = values[AuxiliaryHead.field] > 0
  }

  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    var net = NetworkBuilder(name: Self.name, input: input, initialization: .torch)

    let features = encoder.features(&net, outputStride: outputStride)
    let logits = net.deepLabHead(
      "classifier", features.last, classes: classes,
      rates: AtrousPyramid.rates(outputStride: outputStride), dropout: dropout)
    guard hasAuxiliaryHead else { return net.build(logits: logits) }
    let auxiliary = net.auxiliaryClassifier("aux", features.stages[3], classes: classes)
    return net.build(logits: logits, others: [(AuxiliaryHead.name, auxiliary)])
  }
}
