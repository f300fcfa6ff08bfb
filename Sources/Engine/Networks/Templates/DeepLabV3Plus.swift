package import Groundwork

/// DeepLabV3+ (Chen, Zhu, Papandreou, Schroff & Adam, "Encoder-Decoder with Atrous Separable
/// Convolution for Semantic Image Segmentation", ECCV 2018) with the decoder, the names and the
/// multi-grid of pytorch-deeplab-xception: dropout of at most 0.1 before the logits, and ordinary
/// convolutions unless `separable` asks for the paper's. Separable ones have batch norm and ReLU
/// between their halves, as in the authors' code. On MobileNetV2 the padding is the usual one, at
/// the depthwise convolution. At an output stride of 8 the third stage of a ResNet dilates as
/// torchvision's.
///
/// At 12 classes it has 59,341,996 parameters on ResNet-101, 54,703,004 on Xception-65, 5,813,740
/// on MobileNetV2, and 40,349,868 on ResNet-50, where separable convolutions leave 26,693,820.
package struct DeepLabV3Plus: Template {
  package static let name = "deeplabv3plus"
  package static let about =
    "Atrous pyramid with a decoder that sharpens borders (Chen et al. 2018); a strong all-rounder."
  package static let example =
    "template: {name: deeplabv3plus, encoder: mobilenet_v2, separable: true}"

  private static let separable = Field.boolean(
    "separable", default: false,
    "Depthwise separable 3×3 convolutions in pyramid and decoder, as in the paper: fewer weights.")
  package static let fields = [
    DeepLabV3PlusDesign.encoder.declaration, DeepLabV3PlusDesign.outputStride.declaration,
    separable.declaration, DeepLabV3PlusDesign.dropout.declaration,
  ]

  private let design: DeepLabV3PlusDesign

  package init(_ values: FieldValues) {
    var design = DeepLabV3PlusDesign(values)
    design.isSeparable = values[Self.separable]
    self.design = design
  }

  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    let pyramid = AtrousPyramid(
      rates: AtrousPyramid.rates(outputStride: design.outputStride),
      isSeparable: design.isSeparable)
    return design.network(name: Self.name, input: input, classes: classes) { net, last in
      pyramid.apply(&net, "aspp", last, dropout: design.dropout)
    }
  }
}
