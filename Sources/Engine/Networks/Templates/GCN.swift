package import Groundwork

/// The global convolutional network of Peng, Zhang, Yu, Luo & Sun, "Large Kernel Matters — Improve
/// Semantic Segmentation by Global Convolutional Network", CVPR 2017: at every resolution a large
/// kernel, as two products of a column and a row, tells the classes, and small residual blocks
/// sharpen their borders.
///
/// Maps are enlarged by interpolation, where the paper learns transposed convolutions, and to the
/// next finer map's extent, so that any size fits. On ResNet-50 it has 24,931,448 parameters at 12
/// classes; with `kernel_size: 7`, which public re-implementations have, 24,184,952.
package struct GCN: Template {
  package static let name = "gcn"
  package static let about =
    "Large kernels (Peng et al. 2017) classify at every resolution, and their borders are refined."
  package static let example = "template: {name: gcn, encoder: resnet101, kernel_size: 7}"

  private static let encoder = Encoders.field(default: "resnet50")
  private static let kernelSize = Field.integer(
    "kernel_size", default: 15, 1...63, unit: "places of a map",
    "Height and width of the large kernels, an odd number.")
  private static let boundaryRefinement = Field.boolean(
    "boundary_refinement", default: true,
    "Residual blocks behind every kernel and every enlarging, which sharpen borders.")
  package static let fields = [
    encoder.declaration, kernelSize.declaration, boundaryRefinement.declaration,
  ]

  private let encoder: any Encoder
  private let kernelSize: Int
  private let refinesBoundaries: Bool

  package init(_ values: FieldValues) throws(ComponentError) {
    encoder = values[Self.encoder]
    kernelSize = values[Self.kernelSize]
    refinesBoundaries = values[Self.boundaryRefinement]
    guard !kernelSize.isMultiple(of: 2) else {
      throw ComponentError(
        field: Self.kernelSize.declaration.name,
        "a kernel of \(kernelSize) places has none in its middle: use \(kernelSize - 1) or "
          + "\(kernelSize + 1)")
    }
  }

  package var sizeMultiple: Int { 1 }

  private typealias Feature = NetworkBuilder.Feature

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    var net = NetworkBuilder(name: Self.name, input: input)

    let stages = encoder.features(&net, outputStride: 32).stages
    var scores = zip(1...4, stages.reversed()).map { number, map in
      let scores = globalConvolution(&net, "gcm\(number)", map, outputs: classes)
      return boundaryRefinement(&net, "brm\(number)", scores)
    }
    var x = scores.removeFirst()
    for (number, finer) in zip(5..., scores) {
      x = net.resize("brm\(number).resize", x, like: finer)
      x = boundaryRefinement(&net, "brm\(number)", net.add("brm\(number).join", x, finer))
    }
    for (number, finer) in zip(8..., [stages[0], net.input]) {
      x = net.resize("brm\(number).resize", x, like: finer)
      x = boundaryRefinement(&net, "brm\(number)", x)
    }
    return net.build(logits: x)
  }

  /// A column of weights and a row, beside a row and a column: a dense kernel of few weights. No
  /// activation follows, and the weights begin accordingly.
  private func globalConvolution(
    _ net: inout NetworkBuilder, _ name: String, _ input: Feature, outputs: Int
  ) -> Feature {
    let column = Size(height: kernelSize, width: 1), row = Size(height: 1, width: kernelSize)
    func path(_ side: String, _ first: Size, _ second: Size) -> Feature {
      let x = net.convolution(
        "\(name).conv_\(side)1", input, outputs: outputs, kernel: first, initialization: .lecun)
      return net.convolution(
        "\(name).conv_\(side)2", x, outputs: outputs, kernel: second, initialization: .lecun)
    }
    return net.add("\(name).sum", path("l", column, row), path("r", row, column))
  }

  /// The scores and what two 3×3 convolutions, with a ReLU between them, make of them.
  private func boundaryRefinement(
    _ net: inout NetworkBuilder, _ name: String, _ scores: Feature
  ) -> Feature {
    guard refinesBoundaries else { return scores }
    let classes = net.shape(of: scores).channels
    var x = net.relu(
      net.convolution("\(name).conv1", scores, outputs: classes, kernel: Size(square: 3)))
    x = net.convolution("\(name).conv2", x, outputs: classes, kernel: Size(square: 3))
    return net.add("\(name).sum", scores, x)
  }
}
