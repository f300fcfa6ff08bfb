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
}
