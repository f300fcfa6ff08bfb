internal import CKernels
package import Groundwork

/// Counts of pixels by what they are and what they were taken for: every metric is derived from it,
/// so that merging batches is exact and no ratio is ever averaged.
package struct ConfusionMatrix: Sendable, Equatable {
  package let classes: Int
  package let kind: Kind
  /// `[K, K]`: rows are the true class, columns the predicted one. A multilabel matrix is
  /// `[K, 2, 2]`: for each class, rows are whether it is there, columns whether it is predicted.
  package var counts: [UInt64]

  package enum Kind: Sendable, Hashable {
    /// Every pixel is of one class, and is taken for one.
    case multiclass
    /// Every class is asked for by itself.
    case multilabel
  }

  /// Counts of no pixel yet.
  package init(_ truth: Truth) {
    self.init(
      classes: truth.classes, kind: truth.form == .binaryPlanes ? .multilabel : .multiclass)
  }

  package init(classes: Int, kind: Kind = .multiclass) {
    self.classes = classes
    self.kind = kind
    counts = Array(repeating: 0, count: classes * (kind == .multilabel ? 4 : classes))
  }

  /// Pixels of class `truth` that were taken for `prediction`.
  ///
  /// - Precondition: it is a multiclass one.
  package subscript(truth: Int, prediction: Int) -> UInt64 {
    precondition(kind == .multiclass)
    return counts[truth * classes + prediction]
  }

  /// Counts every pixel of an image that is not ``Labels/ignoreIndex``.
  ///
  /// - Parameters:
  ///   - predictions: `[P, H, W]`, as ``PredictionMap`` writes them.
  ///   - labels: `[P, H, W]`, the same or ``Labels/ignoreIndex``.
  ///   - area: H · W.
  package mutating func add(
    predictions: UnsafePointer<Label>, labels: UnsafePointer<Label>, area: Int
  ) {
    let (classes, kind) = (classes, kind)
    counts.withUnsafeMutableBufferPointer { counts in
      guard let start = counts.baseAddress else { return }
      for plane in 0..<(kind == .multilabel ? classes : 1) {
        let (labels, predictions) = (labels + plane * area, predictions + plane * area)
        let stray =
          switch kind {
          case .multiclass: ck_confusion(labels, predictions, area, Int32(classes), start)
          case .multilabel: ck_binary_confusion(labels, predictions, area, start + 4 * plane)
          }
        precondition(stray < 0, "label \(stray) with \(classes) classes")
      }
    }
  }

  /// Adds the counts of other pixels.
  package mutating func merge(_ other: ConfusionMatrix) {
    precondition(
      other.classes == classes && other.kind == kind,
      "\(other.classes) \(other.kind) classes merged into \(classes) \(kind)")
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}
