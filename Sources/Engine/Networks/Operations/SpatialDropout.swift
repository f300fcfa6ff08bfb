/// Tompson et al. 2015: whole channels of a sample are dropped with probability `rate` in training
/// and the others scaled by 1 / (1 − rate); the identity in evaluation. PyTorch's Dropout2d.
package struct SpatialDropout: Sendable, Hashable {
  package var rate: Float
}

extension SpatialDropout: ShapeKeepingOperation {}

extension OperationWriter {
  mutating func spatialDropout(_ name: String, _ input: Feature, rate: Float) -> Feature {
    append(name, .spatialDropout(SpatialDropout(rate: rate)), [input])[0]
  }
}
