package import Groundwork

/// ENet (Paszke, Chaurasia, Kim & Culurciello, "ENet: A Deep Neural Network Architecture for
/// Real-Time Semantic Segmentation", arXiv 1606.02147) in the form of the authors' own Lua code:
/// 363,856 parameters at 12 classes, which begin as Torch's do.
package struct ENet: Template {
  package static let name = "enet"
  package static let about = "Small and fast: a long encoder of bottlenecks and a short decoder."
  package static let example = "template: enet"
  package static let fields = [EdgeHead.field.declaration]

  let hasEdgeHead: Bool

  package init(_ values: FieldValues) { hasEdgeHead = values[EdgeHead.field] }

  package var sizeMultiple: Int { 8 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input)
    var net = NetworkBuilder(name: Self.name, input: input, initialization: .torch)

    var x = initialBlock(&net)
    let (stage1, positions1) = downsampling(&net, "bottleneck1_0", x, outputs: 64, dropout: 0.01)
    x = stage1
    for index in 1...4 {
      x = bottleneck(&net, "bottleneck1_\(index)", x, .regular, dropout: 0.01)
    }
    let (stage2, positions2) = downsampling(&net, "bottleneck2_0", x, outputs: 128, dropout: 0.1)
    x = stage2
    for stage in 2...3 {
      for (index, kind) in Self.context.enumerated() {
        x = bottleneck(&net, "bottleneck\(stage)_\(index + 1)", x, kind, dropout: 0.1)
      }
    }
    x = upsampling(&net, "bottleneck4_0", x, outputs: 64, positions: positions2)
    for index in 1...2 { x = decoderBottleneck(&net, "bottleneck4_\(index)", x) }
    x = upsampling(&net, "bottleneck5_0", x, outputs: 16, positions: positions1)
    x = decoderBottleneck(&net, "bottleneck5_1", x)
    let logits = head(&net, "fullconv", x, outputs: classes)
    guard hasEdgeHead else { return net.build(logits: logits) }
    let edges = head(&net, EdgeHead.node, x, outputs: 1)
    return net.build(logits: logits, others: [(EdgeHead.name, edges)])
  }

  /// To full resolution.
  private func head(
    _ net: inout NetworkBuilder, _ name: String, _ input: Feature, outputs: Int
  ) -> Feature {
    net.transposedConvolution(name, input, outputs: outputs, kernel: Size(square: 2))
  }

  /// The middle convolution of a bottleneck.
  enum Middle {
    case regular
    case dilated(Int)
    /// 1 × 5 followed by 5 × 1.
    case asymmetric
  }

  /// Stages 2 and 3, after the downsampling.
  private static let context: [Middle] = [
    .regular, .dilated(2), .asymmetric, .dilated(4), .regular, .dilated(8), .asymmetric,
    .dilated(16),
  ]
  private static let epsilon: Float = 1e-3

  private typealias Feature = NetworkBuilder.Feature

  /// 16 maps: those of a strided convolution, 13 for an image of 3 channels, beside the pooled image.
  private func initialBlock(_ net: inout NetworkBuilder) -> Feature {
    let maps = net.convolution(
      "initial.convolution", net.input, outputs: 16 - net.shape(of: net.input).channels,
      kernel: Size(square: 3), stride: 2)
    let pooled = net.maxPool("initial.pool", net.input).maxima
    let joined = net.concatenate("initial.join", [maps, pooled])
    let x = net.batchNorm("initial.norm", joined, epsilon: Self.epsilon)
    return net.prelu("initial.activation", x)
  }

  private func bottleneck(
    _ net: inout NetworkBuilder, _ name: String, _ input: Feature, _ middle: Middle, dropout: Float
  ) -> Feature {
    let outputs = net.shape(of: input).channels
    var x = net.convolution(
      "\(name).reduce", input, outputs: outputs / 4, kernel: Size(square: 1), bias: false)
    x = encoderExtension(&net, name, x, middle, outputs: outputs, dropout: dropout)
    return net.prelu("\(name).activation", net.add("\(name).sum", input, x))
  }

  /// Halves the resolution; the positions of the maxima serve the matching upsampling.
  private func downsampling(
    _ net: inout NetworkBuilder, _ name: String, _ input: Feature, outputs: Int, dropout: Float
  ) -> (Feature, positions: Feature) {
    let (maxima, positions) = net.maxPool("\(name).pool", input)
    let shortcut = net.padChannels("\(name).pad", maxima, to: outputs)
    var x = net.convolution(
      "\(name).reduce", input, outputs: outputs / 4, kernel: Size(square: 2), stride: 2,
      bias: false)
    x = encoderExtension(&net, name, x, .regular, outputs: outputs, dropout: dropout)
    return (
      net.prelu("\(name).activation", net.add("\(name).sum", shortcut, x)), positions: positions
    )
  }

  /// What follows the reduction: norm, middle convolution, expansion, dropout.
  private func encoderExtension(
    _ net: inout NetworkBuilder, _ name: String, _ reduced: Feature, _ middle: Middle,
    outputs: Int, dropout: Float
  ) -> Feature {
    let channels = net.shape(of: reduced).channels
    var x = net.batchNorm("\(name).reduceNorm", reduced, epsilon: Self.epsilon)
    x = net.prelu("\(name).reduceActivation", x)
    switch middle {
    case .regular:
      x = net.convolution("\(name).main", x, outputs: channels, kernel: Size(square: 3))
    case .dilated(let dilation):
      x = net.convolution(
        "\(name).main", x, outputs: channels, kernel: Size(square: 3), dilation: dilation)
    case .asymmetric:
      x = net.convolution(
        "\(name).main0", x, outputs: channels, kernel: Size(height: 1, width: 5), bias: false)
      x = net.convolution(
        "\(name).main1", x, outputs: channels, kernel: Size(height: 5, width: 1))
    }
    x = net.batchNorm("\(name).mainNorm", x, epsilon: Self.epsilon)
    x = net.prelu("\(name).mainActivation", x)
    x = net.convolution(
      "\(name).expand", x, outputs: outputs, kernel: Size(square: 1), bias: false)
    x = net.batchNorm("\(name).expandNorm", x, epsilon: Self.epsilon)
    return net.spatialDropout("\(name).dropout", x, rate: dropout)
  }

  /// A regular bottleneck with ReLU and without dropout.
  private func decoderBottleneck(
    _ net: inout NetworkBuilder, _ name: String, _ input: Feature
  ) -> Feature {
    let outputs = net.shape(of: input).channels
    var x = reduced(&net, name, input, channels: outputs / 4)
    x = net.convolution("\(name).main", x, outputs: outputs / 4, kernel: Size(square: 3))
    x = expanded(&net, name, x, outputs: outputs)
    return net.relu(net.add("\(name).sum", input, x))
  }

  /// Doubles the resolution: a transposed convolution beside an unpooled shortcut.
  private func upsampling(
    _ net: inout NetworkBuilder, _ name: String, _ input: Feature, outputs: Int,
    positions: Feature
  ) -> Feature {
    var shortcut = net.convolution(
      "\(name).shortcut", input, outputs: outputs, kernel: Size(square: 1), bias: false)
    shortcut = net.batchNorm("\(name).shortcutNorm", shortcut, epsilon: Self.epsilon)
    shortcut = net.maxUnpool("\(name).unpool", shortcut, positions: positions)
    var x = reduced(&net, name, input, channels: outputs / 4)
    x = net.transposedConvolution(
      "\(name).main", x, outputs: outputs / 4, kernel: Size(square: 3), padding: 1,
      outputPadding: 1)
    x = expanded(&net, name, x, outputs: outputs)
    return net.relu(net.add("\(name).sum", shortcut, x))
  }

  private func reduced(
    _ net: inout NetworkBuilder, _ name: String, _ input: Feature, channels: Int
  ) -> Feature {
    let x = net.convolution(
      "\(name).reduce", input, outputs: channels, kernel: Size(square: 1), bias: false)
    return net.relu(net.batchNorm("\(name).reduceNorm", x, epsilon: Self.epsilon))
  }

  private func expanded(
    _ net: inout NetworkBuilder, _ name: String, _ main: Feature, outputs: Int
  ) -> Feature {
    var x = net.relu(net.batchNorm("\(name).mainNorm", main, epsilon: Self.epsilon))
    x = net.convolution(
      "\(name).expand", x, outputs: outputs, kernel: Size(square: 1), bias: false)
    return net.batchNorm("\(name).expandNorm", x, epsilon: Self.epsilon)
  }
}
