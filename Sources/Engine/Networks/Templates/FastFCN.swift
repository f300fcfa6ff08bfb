package import Groundwork

/// FastFCN (Wu, Zhang, Huang, Liang & Yu, "FastFCN: Rethinking Dilated Convolution in the Backbone
/// for Semantic Segmentation", arXiv 1903.11816): joint pyramid upsampling makes of a residual
/// network that does not dilate what a dilated one would see, at a fraction of the cost, and
/// DeepLabV3's head tells the classes. The encoder begins with three 3×3 convolutions, as the
/// authors' does.
///
/// At 12 classes it has 59,495,884 parameters on ResNet-50, 61,858,776 with its auxiliary head.
package struct FastFCN: Template {
  package static let name = "fastfcn"
  package static let about =
    "Joint pyramid upsampling (Wu et al. 2019): DeepLabV3's head without dilating the encoder; faster."
  package static let example = "template: {name: fastfcn, auxiliary: 0.2}"

  private static let encoder = Encoders.field(
    default: "resnet50",
    oneOf: [ResNet.resnet50.withDeepStem, ResNet.resnet101.withDeepStem])
  private static let dropout = DropoutRate.field(default: 0.5)
  package static let fields = [
    encoder.declaration, dropout.declaration, AuxiliaryHead.field.declaration,
  ]

  private let encoder: any Encoder
  private let dropout: Float
  private let hasAuxiliaryHead: Bool

  package init(_ values: FieldValues) {
    encoder = values[Self.encoder]
    dropout = Float(values[Self.dropout])
    hasAuxiliaryHead = values[AuxiliaryHead.field] > 0
  }

  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    var net = NetworkBuilder(name: Self.name, input: input)

    let stages = encoder.features(&net, outputStride: 32).stages
    let pyramid = net.jointPyramidUpsampling("jpu", Array(stages[2...]))
    let logits = net.deepLabHead(
      "head", pyramid, classes: classes, rates: AtrousPyramid.rates(outputStride: 8),
      dropout: dropout, alignsCorners: true)
    guard hasAuxiliaryHead else { return net.build(logits: logits) }
    let auxiliary = net.auxiliaryClassifier(
      "aux", stages[3], classes: classes, alignsCorners: true)
    return net.build(logits: logits, others: [(AuxiliaryHead.name, auxiliary)])
  }
}
