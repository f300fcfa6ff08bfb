package import Groundwork

/// How a trained network is shown images, and what its training labels held: what it takes, besides
/// the settings and the weights, to apply it to other images.
package struct TrainedInput: Sendable {
  /// Of what the network sees.
  package let size: Size
  package let normalizer: Normalizer
  package let classStatistics: ClassStatistics

  package init(size: Size, normalizer: Normalizer, classStatistics: ClassStatistics) {
    (self.size, self.normalizer) = (size, normalizer)
    self.classStatistics = classStatistics
  }

  package var classes: [String] { classStatistics.names }
}

extension SegmentationData {
  /// What a network that is trained on the data needs of it later.
  package var input: TrainedInput {
    TrainedInput(
      size: validation.size, normalizer: validation.normalizer, classStatistics: classStatistics)
  }
}
