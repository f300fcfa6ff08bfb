package import Execution
package import Groundwork

/// What the heads should say of a batch: its labels, and where images are mixed from two samples the
/// labels of both; and the images themselves.
package struct LossTarget {
  /// `[N, P, H, W]`.
  private let labels: UnsafePointer<Label>
  private let mixedLabels: MixedLabels?
  let images: LossImages?

  /// - Parameters:
  ///   - labels: `[N, P, H, W]`.
  ///   - mixedLabels: `nil` where no image of the batch is mixed.
  ///   - images: `nil` where no loss looks at them.
  package init(
    labels: UnsafePointer<Label>, mixedLabels: MixedLabels? = nil, images: LossImages? = nil
  ) {
    self.labels = labels
    self.mixedLabels = mixedLabels
    self.images = images
  }

  /// True where λ may differ between the images.
  var isMixed: Bool { mixedLabels != nil }

  /// Calls `body` for each labels that an image has, with what they count: λ and 1 − λ where it is
  /// mixed, and else 1. Labels that count nothing are left out.
  ///
  /// - Parameter body: takes the labels of the whole batch, `[N, P, H, W]`.
  func forEachLabels(ofImage image: Int, _ body: (UnsafePointer<Label>, Double) -> Void) {
    guard let mixedLabels else { return body(labels, 1) }
    let lambda = Double(mixedLabels.lambdas[image])
    if lambda > 0 { body(labels, lambda) }
    if lambda < 1 { body(UnsafePointer(mixedLabels.labels), 1 - lambda) }
  }
}
