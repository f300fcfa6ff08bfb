package import Groundwork

/// What a region proposal network should say of its anchors, for training: examples are sampled, by a random
/// stream of the step and the image. Input: the images, which it does not look at. Output: a table of
/// ``RegionColumns/anchorTargets``; without truth nothing is to be trained.
package struct AnchorTargets: Sendable, Hashable {
  package var anchors: AnchorGrid
  package var coding: BoxCoding
  package var sampling: ExampleSampling
}

extension AnchorTargets: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    [FeatureShape(RegionColumns.anchorTargets, anchors.rows, 1)]
  }

  package var isPlain: Bool { true }
  package var hasGradient: Bool { false }
}

/// The regions that are looked at: of each level the surest anchors as their deltas move them, cut to the
/// image, without those that overlap a surer one of their level; then the surest of all.
///
/// In training the true boxes are among them, and some are sampled, those of objects first, by a random stream
/// of the step and the image. Inputs: objectness, 1 × rows × 1, and deltas, 4 × rows × 1. Outputs: tables of
/// ``RegionColumns/regions`` and ``RegionColumns/regionTargets``.
package struct Proposals: Sendable, Hashable {
  /// How many regions are kept.
  package struct Limits: Sendable, Hashable {
    /// Of each level before suppression, or of all where these are taken together.
    package var perLevel: Int
    /// Of all levels after it.
    package var kept: Int
  }

  package var anchors: AnchorGrid
  package var coding: BoxCoding
  package var image: Size
  package var training: Limits
  package var prediction: Limits
  /// All levels are taken together, rather than each by itself.
  package var joinsLevels: Bool
  package var suppressionOverlap: Float
  package var sampling: ExampleSampling
  /// Of the targets of regions.
  package var targetCoding: BoxCoding

  /// Whether there is room for what is trained on or for what predictions look at.
  package var isTraining = true

  /// R.
  package var rows: Int { isTraining ? sampling.count : prediction.kept }
}

extension Proposals: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(
      inputs.map(\.channels) == [1, 4] && inputs.allSatisfy { $0.height == anchors.rows })
    return [
      FeatureShape(RegionColumns.regions, rows, 1),
      FeatureShape(RegionColumns.regionTargets, rows, 1),
    ]
  }

  package var isPlain: Bool { true }
  package var hasGradient: Bool { false }
}
