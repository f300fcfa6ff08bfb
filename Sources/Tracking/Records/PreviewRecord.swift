package import Measurements

/// What a run predicted of a few images in each of its evaluations.
package struct PreviewRecord: Sendable, Equatable {
  package var images: [Image]
  /// In their order.
  package var evaluations: [Evaluation]

  /// An image, as far as it is shown.
  package struct Image: Sendable, Equatable {
    /// As the list writes it.
    package var name: String
    /// PNG, 8 bits of 1 or 3 channels.
    package var image: [UInt8]
    /// PNG of 16 bits, `[P · H, W]`: the ids, or for each class a plane of 0 and 1; 65535 where nothing is
    /// known.
    package var truth: [UInt8]

    package init(name: String, image: [UInt8], truth: [UInt8]) {
      (self.name, self.image, self.truth) = (name, image, truth)
    }
  }

  package struct Evaluation: Sendable, Equatable {
    package var point: EvaluationPoint
    /// One for each image, PNG as its truth.
    package var predictions: [[UInt8]]

    package init(_ point: EvaluationPoint, predictions: [[UInt8]]) {
      (self.point, self.predictions) = (point, predictions)
    }
  }

  package init(images: [Image], evaluations: [Evaluation]) {
    (self.images, self.evaluations) = (images, evaluations)
  }

  /// The evaluations up to a step.
  package func cut(toStep step: Int) -> PreviewRecord {
    PreviewRecord(images: images, evaluations: evaluations.filter { $0.point.step <= step })
  }
}
