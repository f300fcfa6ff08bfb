package import Groundwork

/// How a trained network is shown images, and what its training labels held: what it takes, besides
/// the settings and the weights, to apply it to other images.
package struct TrainedInput: Sendable {
  /// Of what the network sees.
  package let extent: SpatialExtent
  package let normalizer: Normalizer
  package let classStatistics: ClassStatistics

  package init(extent: SpatialExtent, normalizer: Normalizer, classStatistics: ClassStatistics) {
    (self.extent, self.normalizer) = (extent, normalizer)
    self.classStatistics = classStatistics
  }

  package var classes: [String] { classStatistics.names }
}

extension SegmentationData {
  /// What a network that is trained on the data needs of it later.
  package var input: TrainedInput {
    TrainedInput(
      extent: validation.extent, normalizer: validation.normalizer, classStatistics: classStatistics
    )
  }
}
