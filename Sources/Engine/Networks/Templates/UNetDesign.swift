internal import Groundwork

/// What U-Net and its descendants have in common: a contracting path, an expanding path, and maps
/// that skip from the one to the other at every resolution.
package struct UNetDesign: Sendable {
  let baseChannels: Int
  let depth: Int
  let upsampling: Upsampling
  /// In place of the contracting path; `nil` where that is U-Net's own.
  var encoder: (any Encoder)?
  var hasAttention = false
  private let isResidual: Bool
  private let normalization: Normalization
  private let dropout: Float
  private let hasEdgeHead: Bool

  static let residual = Field.boolean(
    "residual", default: false, "A shortcut around every pair of 3×3 convolutions.")
  static let dropout = DropoutRate.field(
    default: 0, "behind the two coarsest levels of the encoder")

  init(_ values: FieldValues, baseChannels: Int, depth: Int, upsampling: Upsampling) {
    (self.baseChannels, self.depth, self.upsampling) = (baseChannels, depth, upsampling)
    isResidual = values[Self.residual]
    normalization = Normalization(values)
    dropout = Float(values[Self.dropout])
    hasEdgeHead = values[EdgeHead.field]
  }

  /// The extent of a skip is twice that of the map below it, which is all that a transposed
  /// convolution reaches; interpolation reaches any.
  var sizeMultiple: Int { upsampling == .transposed ? 1 << depth : 1 }
  /// Every halving leaves something.
  var smallestSide: Int { encoder == nil ? 1 << depth : Encoders.smallestSide }

  func network(
    name: String, input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    var net = NetworkBuilder(name: name, input: input)
    let maps = encoder.map { encode(&net, by: $0) } ?? contract(&net)
    let x = expand(&net, maps)
    let logits = head(&net, "head", x, outputs: classes)
    guard hasEdgeHead else { return try net.build(logits: logits).refusingNormsOfOneValue() }
    let edges = head(&net, EdgeHead.node, x, outputs: 1)
    return try net.build(logits: logits, others: [(EdgeHead.name, edges)])
      .refusingNormsOfOneValue()
  }

  private typealias Feature = NetworkBuilder.Feature

  /// The last map of every resolution, finest first.
  private func contract(_ net: inout NetworkBuilder) -> [Feature?] {
    var x = net.input
    var maps: [Feature] = []
    for level in 0...depth {
      let name = level < depth ? "encoder\(level)" : "bottleneck"
      x = net.doubleConvolution(
        name, x, outputs: level < depth ? channels(level) : outputs(ofDecoder: level),
        normalization: normalization, isResidual: isResidual)
      if level >= depth - 1 { x = net.dropout("\(name).dropout", x, rate: dropout) }
      maps.append(x)
      if level < depth { x = net.maxPool("\(name).pool", x).maxima }
    }
    return maps
  }

  /// The same of an encoder, of which most have nothing at full resolution.
  private func encode(_ net: inout NetworkBuilder, by encoder: any Encoder) -> [Feature?] {
    let features = encoder.features(&net, outputStride: 32)
    var maps = [features.full] + features.stages
    for level in depth - 1...depth {
      maps[level] = maps[level].map { net.dropout("encoder\(level).dropout", $0, rate: dropout) }
    }
    return maps
  }

  private func expand(_ net: inout NetworkBuilder, _ maps: [Feature?]) -> Feature {
    let block = DecoderBlock(
      upsampling: upsampling, normalization: normalization, isResidual: isResidual,
      hasAttention: hasAttention)
    guard var x = maps[depth] else { preconditionFailure("there is nothing at the bottom") }
    for level in (0..<depth).reversed() {
      let extent = net.shape(of: maps[level] ?? net.input).extent
      x = block.apply(
        &net, "decoder\(level)", x, skips: [maps[level]].compactMap(\.self), extent: extent,
        middle: channels(level), outputs: outputs(ofDecoder: level))
    }
    return x
  }

  private func head(
    _ net: inout NetworkBuilder, _ name: String, _ input: Feature, outputs: Int
  ) -> Feature {
    net.convolution(
      name, input, outputs: outputs, kernel: Size(square: encoder == nil ? 1 : 3),
      initialization: .lecun)
  }

  private func channels(_ level: Int) -> Int { baseChannels << level }

  /// Channels of the map that a level hands to the next finer one. A transposed convolution halves
  /// them there; before an interpolation, which cannot, the level itself does, so that the two maps
  /// that are joined have equally many. On an encoder, which has channels of its own, they stay.
  private func outputs(ofDecoder level: Int) -> Int {
    let halves = encoder == nil && upsampling != .transposed && level > 0
    return channels(halves ? level - 1 : level)
  }
}
