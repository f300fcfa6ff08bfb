internal import Groundwork

/// A stage of a decoder: the coarser map is enlarged, joined with the maps that skip the stages
/// below, and convolved twice.
struct DecoderBlock {
  var upsampling: Upsampling
  var normalization: Normalization
  var isResidual = false
  /// True where a map that skips passes an attention gate.
  var hasAttention = false

  /// - Parameters:
  ///   - skips: maps of the extent, of which there may be none.
  ///   - extent: height and width that the stage has.
  ///   - middle: channels between the two convolutions; as many as the outputs if `nil`.
  func apply(
    _ net: inout NetworkBuilder, _ name: String, _ coarser: NetworkBuilder.Feature,
    skips: [NetworkBuilder.Feature], extent: SpatialExtent, middle: Int? = nil, outputs: Int
  ) -> NetworkBuilder.Feature {
    var x = net.upsample("\(name).up", coarser, upsampling, to: extent, outputs: outputs)
    if !skips.isEmpty {
      x = net.concatenate("\(name).join", [x] + gated(&net, name, skips, by: x))
    }
    return net.doubleConvolution(
      name, x, middle: middle, outputs: outputs, normalization: normalization,
      isResidual: isResidual)
  }

  private func gated(
    _ net: inout NetworkBuilder, _ name: String, _ skips: [NetworkBuilder.Feature],
    by signal: NetworkBuilder.Feature
  ) -> [NetworkBuilder.Feature] {
    guard hasAttention else { return skips }
    precondition(skips.count == 1, "\(name): attention weighs one map")
    return [
      net.attentionGate("\(name).gate", skips[0], signal: signal, normalization: normalization)
    ]
  }
}
