package import Groundwork

/// A small residual network of separable convolutions with squeeze and excitation (Hu, Shen & Sun
/// 2018), and a decoder that adds its stages up from coarse to fine (Lin et al. 2017). It is this
/// program's own, laid out for 224×224 on a processor: 309,306 parameters at 12 classes, none of which
/// works at full resolution.
package struct SENet: Template {
  package static let name = "se_net"
  package static let about =
    "A small residual network with squeeze and excitation; extremely fast, for images of 224×224."
  package static let example = "template: {name: se_net, base_channels: 32}"

  private static let baseChannels = Field.integer(
    "base_channels", default: 24, 8...64,
    "Channels at a quarter of the resolution, doubled at every further stage.")
  package static let fields = [baseChannels.declaration]

  /// Blocks of the stages at a quarter of the resolution, an eighth, a sixteenth, a thirty-second.
  private static let depths = [1, 2, 3, 2]

  private let baseChannels: Int

  package init(_ values: FieldValues) { baseChannels = values[Self.baseChannels] }

  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    var net = NetworkBuilder(name: Self.name, input: input)

    var x = net.convolutionNormActivation(
      "stem.conv", norm: "stem.bn", net.input, outputs: baseChannels, kernel: 3, stride: 2)
    let stages = Self.depths.enumerated().map { stage, depth in
      for index in 0..<depth {
        x = block(
          &net, "stage\(stage + 1).\(index)", x, outputs: baseChannels << stage,
          stride: index == 0 ? 2 : 1)
      }
      return x
    }
    x = lateral(&net, "decoder4", stages[3])
    for stage in (0..<3).reversed() {
      let name = "decoder\(stage + 1)"
      let finer = lateral(&net, name, stages[stage])
      x = net.relu(net.add("\(name).sum", finer, net.resize("\(name).up", x, like: finer)))
    }
    x = net.separableConvolution("head", x, outputs: 2 * baseChannels)
    let logits = net.classifier("classifier", x, classes: classes)
    return net.build(logits: logits)
  }

  /// Two separable convolutions whose channels are weighed, beside a shortcut.
  private func block(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, outputs: Int,
    stride: Int
  ) -> NetworkBuilder.Feature {
    var x = net.separableConvolution("\(name).conv1", input, outputs: outputs, stride: stride)
    x = net.separableConvolution("\(name).conv2", x, outputs: outputs, activation: nil)
    x = net.squeezeExcitation("\(name).se", x, reduction: 4)
    let shortcut =
      stride == 1
      ? input
      : net.convolutionNormActivation(
        "\(name).downsample.0", norm: "\(name).downsample.1", input, outputs: outputs,
        stride: stride, activation: nil)
    return net.relu(net.add("\(name).sum", x, shortcut))
  }

  /// A stage as the decoder adds it up.
  private func lateral(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature
  ) -> NetworkBuilder.Feature {
    net.convolutionNormActivation(
      "\(name).conv", norm: "\(name).bn", input, outputs: 2 * baseChannels, activation: nil)
  }
}
