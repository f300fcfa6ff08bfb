internal import Groundwork

/// A stage of a decoder: the coarser map is enlarged, joined with the maps that skip the stages below, and
/// convolved twice.
struct DecoderBlock {
  var upsampling: Upsampling
  var normalization: Normalization
  var isResidual = false
  /// True where the skipping maps pass an attention gate.
  var hasAttention = false

  /// - Parameters:
  ///   - skip: `nil` where no map skips to the stage.
  ///   - extent: height and width that the stage has, which are the skip's.
  ///   - middle: channels between the two convolutions; as many as the outputs if `nil`.
  func apply(
    _ net: inout NetworkBuilder, _ name: String, _ coarser: NetworkBuilder.Feature,
    skip: NetworkBuilder.Feature?, extent: SpatialExtent, middle: Int? = nil, outputs: Int
  ) -> NetworkBuilder.Feature {
    var x = net.upsample(
      "\(name).up", coarser, upsampling, to: extent, outputs: outputs)
    if let skip { x = net.concatenate("\(name).join", [x, gated(&net, name, skip, by: x)]) }
    return net.doubleConvolution(
      name, x, middle: middle, outputs: outputs, normalization: normalization,
      isResidual: isResidual)
  }

  private func gated(
    _ net: inout NetworkBuilder, _ name: String, _ skip: NetworkBuilder.Feature,
    by signal: NetworkBuilder.Feature
  ) -> NetworkBuilder.Feature {
    guard hasAttention else { return skip }
    return net.attentionGate(
      "\(name).gate", skip, signal: signal, normalization: normalization)
  }
}
