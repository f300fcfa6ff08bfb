internal import Groundwork

/// Fully convolutional networks (Long, Shelhamer & Darrell, "Fully Convolutional Networks for Semantic
/// Segmentation", CVPR 2015) on VGG-16, whose fully connected layers become the convolutions `fc6` and
/// `fc7`. Scores of coarse maps are enlarged and added to those of finer ones.
///
/// Layers bear the names of the authors' prototxt. It differs from theirs where that costs nothing:
/// zeros around `fc6` in place of 100 around the image, and enlargements that multiply the extent
/// exactly, so that only what poolings of odd extents added is cut off, below and to the right. The
/// kernels that enlarge begin as bilinear interpolation and learn; the scores begin at zero.
protocol FCN: Template {
  /// The stride of the finest map that is scored: 32, 16 or 8.
  static var finestStride: Int { get }
  var head: FCNHead { get }
}

/// The settings of an FCN.
struct FCNHead: Sendable {
  static let fullyConnectedChannels = Field.integer(
    "fc_channels", default: 4096, 1...8192,
    "Channels of fc6 and fc7; VGG-16's own weights fit 4096.")
  static let dropout = DropoutRate.field(default: 0.5)
  static let fields = [fullyConnectedChannels.declaration, dropout.declaration]

  let channels: Int
  let dropout: Float

  init(_ values: FieldValues) {
    channels = values[Self.fullyConnectedChannels]
    dropout = Float(values[Self.dropout])
  }
}

extension FCN {
  package static var fields: [FieldDeclaration] { FCNHead.fields }
  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input)
    var net = NetworkBuilder(name: Self.name, input: input)

    let pools = pools(&net)
    var x = head.fullyConnected(&net, "fc6", pools[4], kernel: 7)
    x = head.fullyConnected(&net, "fc7", x, kernel: 1)
    var scores = score(&net, "score_fr", x, classes: classes)
    var stride = 32
    while stride > Self.finestStride {
      scores = enlarge(&net, stride == 32 ? "upscore2" : "upscore_pool4", scores, factor: 2)
      stride /= 2
      let finer = stride == 16 ? 4 : 3
      let skip = score(&net, "score_pool\(finer)", pools[finer - 1], classes: classes)
      scores = cut(&net, "crop_pool\(finer)", scores, to: skip)
      scores = net.add("fuse_pool\(finer)", scores, skip)
    }
    scores = enlarge(&net, stride == 32 ? "upscore" : "upscore\(stride)", scores, factor: stride)
    let logits = cut(&net, "crop", scores, to: net.input)
    return net.build(logits: logits)
  }

  /// What the five poolings leave.
  private func pools(_ net: inout NetworkBuilder) -> [NetworkBuilder.Feature] {
    var encoder = VGG16.plain
    encoder.pooling = .roundingUp
    return net.scope(Encoders.scope, initialization: encoder.initialization) {
      encoder.blocks(&$0, outputStride: 32).map(\.pooled)
    }
  }

  private func score(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, classes: Int
  ) -> NetworkBuilder.Feature {
    net.convolution(
      name, input, outputs: classes, kernel: Size(square: 1), initialization: .zero)
  }

  private func enlarge(
    _ net: inout NetworkBuilder, _ name: String, _ scores: NetworkBuilder.Feature, factor: Int
  ) -> NetworkBuilder.Feature {
    net.transposedConvolution(
      name, scores, outputs: net.shape(of: scores).channels, kernel: Size(square: 2 * factor),
      stride: factor, padding: factor / 2, bias: false, initialization: .linear)
  }

  /// The upper left of the scores, as large as another map.
  private func cut(
    _ net: inout NetworkBuilder, _ name: String, _ scores: NetworkBuilder.Feature,
    to other: NetworkBuilder.Feature
  ) -> NetworkBuilder.Feature {
    let extent = net.shape(of: other).extent
    guard net.shape(of: scores).extent != extent else { return scores }
    return net.crop(name, scores, offset: extent.map { _ in 0 }, extent: extent)
  }
}

extension FCNHead {
  /// A convolution in place of a fully connected layer, ReLU and dropout.
  fileprivate func fullyConnected(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, kernel: Int
  ) -> NetworkBuilder.Feature {
    let x = net.convolution(name, input, outputs: channels, kernel: Size(square: kernel))
    return net.dropout("\(name).dropout", net.relu(x), rate: dropout)
  }
}
