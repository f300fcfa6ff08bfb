internal import Groundwork

/// What DeepLabV3+ and its descendants have in common: an encoder that dilates, something that
/// gathers context from its last map, and a decoder that joins the context with a fine map of the
/// encoder.
struct DeepLabV3PlusDesign: Sendable {
  static let encoder = Encoders.field(
    default: "resnet50",
    oneOf: [
      ResNet.resnet50.withMultiGrid, ResNet.resnet101.withMultiGrid, Xception65(), MobileNetV2(),
    ])
  static let outputStride = OutputStride.field(default: 16, oneOf: [8, 16])
  static let dropout = DropoutRate.field(default: 0.5)

  let encoder: any Encoder
  let outputStride: Int
  let dropout: Float
  /// True where the decoder's 3×3 convolutions are separable.
  var isSeparable = false

  init(_ values: FieldValues) {
    encoder = values[Self.encoder]
    outputStride = values[Self.outputStride]
    dropout = Float(values[Self.dropout])
  }

  private typealias Feature = NetworkBuilder.Feature

  /// Channels of the fine map once it has been reduced, and of the decoder.
  private static let (fineChannels, channels) = (48, 256)

  /// - Parameter context: what is gathered from the encoder's last map, at its extent.
  func network(
    name: String, input: NetworkInput, classes: Int,
    context: (inout NetworkBuilder, NetworkBuilder.Feature) -> NetworkBuilder.Feature
  ) -> Network {
    var net = NetworkBuilder(name: name, input: input)

    let features = encoder.features(&net, outputStride: outputStride)
    let fine = net.convolutionNormActivation(
      "decoder.conv1", norm: "decoder.bn1", features.stages[1], outputs: Self.fineChannels)
    var x = context(&net, features.last)
    x = net.resize("decoder.resize", x, like: fine, alignsCorners: true)
    x = net.concatenate("decoder.join", [x, fine])
    x = refinement(&net, "decoder.last_conv.0", norm: "decoder.last_conv.1", x)
    x = net.dropout("decoder.last_conv.3", x, rate: dropout)
    x = refinement(&net, "decoder.last_conv.4", norm: "decoder.last_conv.5", x)
    x = net.dropout("decoder.last_conv.7", x, rate: min(dropout, 0.1))
    let logits = net.classifier(
      "decoder.last_conv.8", x, classes: classes, alignsCorners: true)
    return net.build(logits: logits)
  }

  private func refinement(
    _ net: inout NetworkBuilder, _ name: String, norm: String, _ input: Feature
  ) -> Feature {
    isSeparable
      ? net.separableConvolution(name, input, outputs: Self.channels, innerActivation: .relu)
      : net.convolutionNormActivation(
        name, norm: norm, input, outputs: Self.channels, kernel: 3)
  }
}
