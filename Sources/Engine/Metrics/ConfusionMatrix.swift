internal import CKernels

/// Counts of pixels by true and predicted class: every metric is derived from it, so that merging
/// batches is exact and no ratio is ever averaged.
public struct ConfusionMatrix: Sendable, Equatable {
  public let classes: Int
  /// `[K, K]`: rows are the truth, columns the prediction.
  public var counts: [UInt64]

  public init(classes: Int) {
    self.classes = classes
    counts = Array(repeating: 0, count: classes * classes)
  }

  /// Pixels of class `truth` that were taken for `prediction`.
  public subscript(truth: Int, prediction: Int) -> UInt64 { counts[truth * classes + prediction] }

  /// Counts every pixel that is not ``Labels/ignored``.
  ///
  /// - Parameters:
  ///   - predictions: a class for each pixel, as ``PredictionMap`` writes them.
  ///   - labels: a class or ``Labels/ignored`` for each pixel.
  ///   - count: pixels in both.
  public mutating func add(
    predictions: UnsafePointer<UInt8>, labels: UnsafePointer<UInt8>, count: Int
  ) {
    let classes = classes
    let stray = counts.withUnsafeMutableBufferPointer {
      ck_confusion(labels, predictions, count, Int32(classes), $0.baseAddress)
    }
    precondition(stray < 0, "label \(stray) with \(classes) classes")
  }

  /// Counts a batch; `labels` is `[N, H, W]`.
  public mutating func add(predictions: PredictionMap, labels: UnsafePointer<UInt8>) {
    guard let classes = predictions.classes.baseAddress else { return }
    add(predictions: classes, labels: labels, count: predictions.classes.count)
  }

  /// Adds the counts of other pixels.
  public mutating func merge(_ other: ConfusionMatrix) {
    precondition(other.classes == classes, "\(other.classes) classes merged into \(classes)")
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}
