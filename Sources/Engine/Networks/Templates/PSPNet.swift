internal import Groundwork

/// Pyramid scene parsing (Zhao, Shi, Qi, Wang & Jia, "Pyramid Scene Parsing Network", CVPR 2017): the
/// encoder's last map, beside its means over 1, 2 × 2, 3 × 3 and 6 × 6 bins, tells the classes, and a map
/// in the middle of the encoder tells them to an auxiliary head.
///
/// The form is that of the authors' PyTorch code. Bins adapt to the extent, so that any size fits; at
/// sizes of 8 · k + 1 pixels, such as 473 and 713, the corners of all maps lie on each other.
protocol PSPNet: Template {
  var head: PSPNetHead { get }
  /// - Returns: the encoder's last map, and the one that the auxiliary head looks at.
  func encoder(
    _ net: inout NetworkBuilder
  ) -> (last: NetworkBuilder.Feature, middle: NetworkBuilder.Feature)
  /// The convolution that joins the map and its means.
  func fuse(_ net: inout NetworkBuilder, _ pyramid: NetworkBuilder.Feature)
    -> NetworkBuilder.Feature
}

/// The settings of a PSPNet.
struct PSPNetHead: Sendable {
  static let dropout = DropoutRate.field(default: 0.1)
  /// Channels of each level of the pyramid, and of what joins them.
  static let channels = 512

  let dropout: Float
  let hasAuxiliaryHead: Bool

  init(_ values: FieldValues) {
    dropout = Float(values[Self.dropout])
    hasAuxiliaryHead = values[AuxiliaryHead.field] > 0
  }
}

extension PSPNet {
  package static var fields: [FieldDeclaration] {
    [PSPNetHead.dropout.declaration, AuxiliaryHead.field.declaration]
  }
  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    var net = NetworkBuilder(name: Self.name, input: input)

    let (last, middle) = encoder(&net)
    let pyramid = net.pyramidPooling("ppm", last, outputs: PSPNetHead.channels)
    let fused = net.spatialDropout("cls.dropout", fuse(&net, pyramid), rate: head.dropout)
    let logits = net.classifier(
      "cls.classifier", fused, classes: classes, alignsCorners: true)
    guard head.hasAuxiliaryHead else { return net.build(logits: logits) }
    let auxiliary = net.auxiliaryClassifier("aux", middle, classes: classes, alignsCorners: true)
    return net.build(logits: logits, others: [(AuxiliaryHead.name, auxiliary)])
  }
}

/// A PSPNet on a residual network with three 3×3 convolutions at its beginning.
protocol ResidualPSPNet: PSPNet {
  static var encoder: ResNet { get }
}

extension ResidualPSPNet {
  func encoder(
    _ net: inout NetworkBuilder
  ) -> (last: NetworkBuilder.Feature, middle: NetworkBuilder.Feature) {
    let features = Self.encoder.features(&net, outputStride: 8)
    return (features.last, features.stages[3])
  }

  func fuse(
    _ net: inout NetworkBuilder, _ pyramid: NetworkBuilder.Feature
  ) -> NetworkBuilder.Feature {
    net.convolutionNormActivation(
      "cls.conv", norm: "cls.bn", pyramid, outputs: PSPNetHead.channels, kernel: 3)
  }
}
