package import Groundwork

/// Kernel-sharing atrous convolution (Huang, Wang, Jia & He, "See More Than Once – Kernel-Sharing
/// Atrous Convolution for Semantic Segmentation", arXiv 1908.09443) in place of the pyramid of
/// ``DeepLabV3Plus``.
///
/// Public re-implementations add the branches up, which is the default here. No code of the authors'
/// was found that says whether they do, or join them as DeepLab does: `fusion` offers both.
///
/// At 12 classes it has 30,584,492 parameters on ResNet-50. The block alone has 5,769,728 there,
/// 6,097,920 with `fusion: concatenate`, where DeepLab's has 15,535,104.
package struct KSAC: Template {
  package static let name = "ksac"
  package static let about =
    "DeepLabV3+ whose pyramid has one kernel for all rates (Huang et al. 2019): far fewer weights."
  package static let example = "template: {name: ksac, rates: [6, 12, 18, 24]}"

  private static let rates = Field.names(
    "rates", of: ["6", "12", "18", "24"], default: ["6", "12", "18"],
    "Dilations of the shared kernel at an output stride of 16; at one of 8 they are doubled.")
  private static let fusion = Field.name(
    "fusion", default: SharedAtrousPyramid.Fusion.sum.rawValue,
    oneOf: SharedAtrousPyramid.Fusion.allCases.map(\.rawValue),
    "How the branches become one map: added, or side by side and joined by a 1×1 convolution.")
  package static let fields = [
    DeepLabV3PlusDesign.encoder.declaration, DeepLabV3PlusDesign.outputStride.declaration,
    rates.declaration, fusion.declaration, DeepLabV3PlusDesign.dropout.declaration,
  ]

  private let design: DeepLabV3PlusDesign
  private let pyramid: SharedAtrousPyramid

  package init(_ values: FieldValues) throws(ComponentError) {
    let design = DeepLabV3PlusDesign(values)
    let rates = values[Self.rates].compactMap { Int($0) }
    guard !rates.isEmpty else {
      throw ComponentError(
        field: Self.rates.declaration.name, "there is no rate: write at least one, such as 6")
    }
    guard let fusion = SharedAtrousPyramid.Fusion(rawValue: values[Self.fusion]) else {
      preconditionFailure("'\(values[Self.fusion])' was not checked against the field")
    }
    self.design = design
    pyramid = SharedAtrousPyramid(
      rates: rates.map { $0 * 16 / design.outputStride }, fusion: fusion)
  }

  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    return design.network(name: Self.name, input: input, classes: classes) { net, last in
      net.dropout("ksac.dropout", pyramid.apply(&net, "ksac", last), rate: design.dropout)
    }
  }
}
