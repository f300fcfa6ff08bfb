internal import Groundwork

/// What U-Net and its descendants have in common: a contracting path, maps that skip to the expanding path
/// at every resolution, and one map more at the bottom.
package struct UNetDesign: Sendable {
  let baseChannels: Int
  let depth: Int
  let upsampling: Upsampling
  let isResidual: Bool
  var hasAttention = false
  let normalization: Normalization
  let dropout: Double
  let hasEdgeHead: Bool

  static let depth = Field.integer(
    "depth", default: 4, 1...7, "How often the resolution is halved.")
  static let residual = Field.boolean(
    "residual", default: false, "A shortcut around every pair of 3×3 convolutions.")
  static let attention = Field.boolean(
    "attention", default: false, "Attention gates on the skip connections.")
  static let dropout = Field.dropout("the two coarsest levels of the encoder", default: 0)

  static func baseChannels(_ fallback: Int) -> Field<Int> {
    .integer(
      "base_channels", default: fallback, 1...512,
      "Channels at full resolution, doubled at every level.")
  }

  init(_ values: FieldValues, baseChannels: Field<Int>) {
    self.baseChannels = values[baseChannels]
    depth = values[Self.depth]
    upsampling = Upsampling(values)
    isResidual = values[Self.residual]
    normalization = Normalization(values)
    dropout = values[Self.dropout]
    hasEdgeHead = values[EdgeHead.field]
  }

  /// The extent of a skip is twice that of the map below it, which is all that a transposed convolution
  /// reaches; interpolation reaches any.
  var sizeMultiple: Int { upsampling == .transposed ? 1 << depth : 1 }
  /// Every halving leaves something.
  var smallestSide: Int { 1 << depth }

  func network(
    name: String, input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    var net = NetworkBuilder(name: name, input: input)
    let maps = contractingPath(&net)
    let x = expandingPath(&net, maps)
    let logits = head(&net, "head", x, outputs: classes)
    guard hasEdgeHead else { return try net.build(logits: logits).refusingNormsOfOneValue() }
    let edges = head(&net, EdgeHead.node, x, outputs: 1)
    return try net.build(logits: logits, others: [(EdgeHead.name, edges)])
      .refusingNormsOfOneValue()
  }

  /// The last map of every resolution, finest first.
  private func contractingPath(_ net: inout NetworkBuilder) -> [NetworkBuilder.Feature] {
    var x = net.input
    var maps: [NetworkBuilder.Feature] = []
    for level in 0...depth {
      let name = level < depth ? "encoder\(level)" : "bottleneck"
      x = net.doubleConvolution(
        name, x, outputs: level < depth ? channels(level) : channels(above: level),
        normalization: normalization, isResidual: isResidual)
      if level >= depth - 1, dropout > 0 {
        x = net.dropout("\(name).dropout", x, rate: Float(dropout))
      }
      maps.append(x)
      if level < depth { x = net.maxPool("\(name).pool", x).maxima }
    }
    return maps
  }

  private func expandingPath(
    _ net: inout NetworkBuilder, _ maps: [NetworkBuilder.Feature]
  ) -> NetworkBuilder.Feature {
    let block = DecoderBlock(
      upsampling: upsampling, normalization: normalization, isResidual: isResidual,
      hasAttention: hasAttention)
    var x = maps[depth]
    for level in (0..<depth).reversed() {
      x = block.apply(
        &net, "decoder\(level)", x, skip: maps[level], extent: net.shape(of: maps[level]).extent,
        middle: channels(level), outputs: level > 0 ? channels(above: level) : channels(0))
    }
    return x
  }

  private func head(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, outputs: Int
  ) -> NetworkBuilder.Feature {
    net.convolution(
      name, input, outputs: outputs, kernel: Size(square: 1), initialization: .lecun)
  }

  private func channels(_ level: Int) -> Int { baseChannels << level }

  /// Channels of the map that a level hands to the one above. A transposed convolution halves them there;
  /// before an interpolation, which cannot, the level does.
  private func channels(above level: Int) -> Int {
    upsampling == .transposed ? channels(level) : channels(level - 1)
  }
}
