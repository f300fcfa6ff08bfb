/// Tompson et al. 2015: whole channels of a sample are dropped with probability `rate` in training
/// and the others scaled by 1 / (1 − rate); the identity in evaluation.
package struct SpatialDropout: Sendable, Hashable {
  package var rate: Float
}

extension SpatialDropout: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] { inputs }
}
