internal import CKernels

/// Counts of pixels by what they are and what they were taken for: every metric is derived from it,
/// so that merging batches is exact and no ratio is ever averaged.
package struct ConfusionMatrix: Sendable, Equatable {
  package let classes: Int
  package let labelling: Labelling
  /// `[K, K]`: rows are the true class, columns the predicted one. Where a pixel may have several
  /// labels `[K, 2, 2]`: of each class, rows are whether it is there, columns whether it is predicted.
  package var counts: [UInt64]

  package init(classes: Int, labelling: Labelling = .exclusive) {
    self.classes = classes
    self.labelling = labelling
    counts = Array(repeating: 0, count: classes * (labelling == .multiple ? 4 : classes))
  }

  /// Pixels of class `truth` that were taken for `prediction`.
  ///
  /// - Precondition: a pixel has one label.
  package subscript(truth: Int, prediction: Int) -> UInt64 {
    precondition(labelling == .exclusive)
    return counts[truth * classes + prediction]
  }

  /// Counts every pixel of an image that is not ``Labels/ignored``.
  ///
  /// - Parameters:
  ///   - predictions: `[P, H, W]`, as ``PredictionMap`` writes them.
  ///   - labels: `[P, H, W]`, the same or ``Labels/ignored``.
  ///   - area: H · W.
  package mutating func add(
    predictions: UnsafePointer<Label>, labels: UnsafePointer<Label>, area: Int
  ) {
    let (classes, labelling) = (classes, labelling)
    counts.withUnsafeMutableBufferPointer { counts in
      guard let start = counts.baseAddress else { return }
      for plane in 0..<labelling.planes(classes: classes) {
        let (labels, predictions) = (labels + plane * area, predictions + plane * area)
        let stray =
          switch labelling {
          case .exclusive: ck_confusion(labels, predictions, area, Int32(classes), start)
          case .multiple: ck_binary_confusion(labels, predictions, area, start + 4 * plane)
          }
        precondition(stray < 0, "label \(stray) with \(classes) classes")
      }
    }
  }

  /// Counts a batch; `labels` is `[N, P, H, W]`.
  package mutating func add(predictions: PredictionMap, labels: UnsafePointer<Label>) {
    guard let classes = predictions.classes.baseAddress else { return }
    let shape = predictions.layout.shape
    let size = labelling.planes(classes: self.classes) * shape.area
    for image in 0..<shape.batch {
      add(predictions: classes + image * size, labels: labels + image * size, area: shape.area)
    }
  }

  /// Adds the counts of other pixels.
  package mutating func merge(_ other: ConfusionMatrix) {
    precondition(
      other.classes == classes && other.labelling == labelling,
      "\(other.classes) \(other.labelling) classes merged into \(classes) \(labelling)")
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}
