internal import CKernels
package import Groundwork

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

  /// Counts every pixel that is not ``Labels/ignored``.
  ///
  /// - Parameters:
  ///   - predictions: a class, or a set of them, for each pixel, as ``PredictionMap`` writes them.
  ///   - labels: the same or ``Labels/ignored`` for each pixel.
  ///   - count: pixels in both.
  package mutating func add(
    predictions: UnsafePointer<UInt8>, labels: UnsafePointer<UInt8>, count: Int
  ) {
    let (classes, labelling) = (classes, labelling)
    let stray = counts.withUnsafeMutableBufferPointer {
      switch labelling {
      case .exclusive: ck_confusion(labels, predictions, count, Int32(classes), $0.baseAddress)
      case .multiple: ck_set_confusion(labels, predictions, count, Int32(classes), $0.baseAddress)
      }
    }
    precondition(stray < 0, "label \(stray) with \(classes) classes")
  }

  /// Counts a batch; `labels` is `[N, H, W]`.
  package mutating func add(predictions: PredictionMap, labels: UnsafePointer<UInt8>) {
    guard let classes = predictions.classes.baseAddress else { return }
    add(predictions: classes, labels: labels, count: predictions.classes.count)
  }

  /// Adds the counts of other pixels.
  package mutating func merge(_ other: ConfusionMatrix) {
    precondition(
      other.classes == classes && other.labelling == labelling,
      "\(other.classes) \(other.labelling) classes merged into \(classes) \(labelling)")
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}
