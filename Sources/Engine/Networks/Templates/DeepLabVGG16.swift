package import Groundwork

/// DeepLab on VGG-16 in its two forms: LargeFOV (Chen, Papandreou, Kokkinos, Murphy & Yuille, "Semantic
/// Image Segmentation with Deep Convolutional Nets and Fully Connected CRFs", ICLR 2015) and ASPP-L (the
/// same authors, "DeepLab", TPAMI 2018), without the random field that follows.
///
/// ASPP-L has 37,840,752 parameters at 12 classes, LargeFOV 20,496,204. Layers bear the names of the
/// authors' prototxt. At sizes of 8 · k + 1 pixels the corners of all maps lie on each other.
package struct DeepLabVGG16: Template {
  package static let name = "deeplab_vgg16"
  package static let about =
    "DeepLab (Chen et al. 2015, 2018) on VGG-16: dilated kernels see far without losing resolution."
  package static let example = "template: {name: deeplab_vgg16, context: large_fov}"

  private static let context = Field.name(
    "context", default: "aspp_l", oneOf: ["aspp_l", "large_fov"],
    "Four branches that look 6, 12, 18 and 24 pixels of the last map far, or one that looks 12.")
  private static let dropout = DropoutRate.field(default: 0.5)
  package static let fields = [context.declaration, dropout.declaration]

  /// Branches by their names' endings, with the dilation of each.
  private let branches: [(suffix: String, dilation: Int)]
  private let dropout: Float

  package init(_ values: FieldValues) {
    let pyramid = [6, 12, 18, 24].enumerated().map { ("_\($0 + 1)", $1) }
    branches = values[Self.context] == "aspp_l" ? pyramid : [("", 12)]
    dropout = Float(values[Self.dropout])
  }

  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input)
    var net = NetworkBuilder(name: Self.name, input: input)

    var encoder = VGG16.plain
    encoder.pooling = .overlapping
    let last = encoder.features(&net, outputStride: 8).last
    let scores = branches.map { branch(&net, $0, last, classes: classes) }
    let sum = scores.count > 1 ? net.add("fc8_vgg16", scores) : scores[0]
    let logits = net.resize("fc8_interp", sum, like: net.input, alignsCorners: true)
    return net.build(logits: logits)
  }

  /// VGG's three fully connected layers as convolutions, the first of which dilates.
  private func branch(
    _ net: inout NetworkBuilder, _ branch: (suffix: String, dilation: Int),
    _ input: NetworkBuilder.Feature, classes: Int
  ) -> NetworkBuilder.Feature {
    var x = net.convolution(
      "fc6\(branch.suffix)", input, outputs: 1024, kernel: Size(square: 3),
      dilation: branch.dilation)
    x = net.dropout("drop6\(branch.suffix)", net.relu(x), rate: dropout)
    x = net.convolution("fc7\(branch.suffix)", x, outputs: 1024, kernel: Size(square: 1))
    x = net.dropout("drop7\(branch.suffix)", net.relu(x), rate: dropout)
    return net.convolution(
      "fc8_vgg16\(branch.suffix)", x, outputs: classes, kernel: Size(square: 1),
      initialization: .normal(deviation: 0.01))
  }
}
