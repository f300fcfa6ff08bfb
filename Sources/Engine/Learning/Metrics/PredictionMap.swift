internal import CKernels
package import Groundwork

/// What is predicted of every pixel of a batch, as a task decodes it; its memory is allocated once.
package final class PredictionMap {
  /// Writes predictions `[N, P, H, W]`.
  package typealias Decode = (
    _ logits: UnsafePointer<Float>, _ layout: TensorLayout,
    _ predictions: UnsafeMutablePointer<Label>, _ threads: Int
  ) -> Void

  /// How the logits lie: N × C × H × W, where C is K for tasks with a logit for each class.
  package let layout: TensorLayout
  /// What it is judged by.
  package let truth: Truth
  /// `[N, P, H, W]`: as many planes as the truth has.
  package let classes: UnsafeMutableBufferPointer<Label>
  private let threads: Int
  private let decode: Decode

  /// - Parameters:
  ///   - truth: `nil` where it is one class a pixel, and each has a logit.
  ///   - decode: by default the class of the highest logit.
  package init(
    logits layout: TensorLayout, truth: Truth? = nil, threads: Int,
    decode: @escaping Decode = { PredictionMap.highest($0, $1, into: $2, threads: $3) }
  ) {
    precondition(layout.shape.channels <= Labels.maximumClasses)
    let truth = truth ?? Truth(classes: layout.shape.channels)
    self.layout = layout
    self.truth = truth
    self.threads = threads
    self.decode = decode
    classes = .allocate(capacity: layout.shape.batch * truth.planes * layout.shape.area)
    classes.initialize(repeating: 0)
  }

  deinit { classes.deallocate() }

  /// Sets every prediction.
  package func update(_ logits: UnsafePointer<Float>) {
    guard let start = classes.baseAddress else { return }
    decode(logits, layout, start, threads)
  }
}

extension PredictionMap {
  /// The class of the highest logit of each pixel `[N, H, W]`, the lowest of equals; no NaN is higher.
  package static func highest(
    _ logits: UnsafePointer<Float>, _ layout: TensorLayout,
    into predictions: UnsafeMutablePointer<Label>, threads: Int
  ) {
    ck_argmax(layout.kernel, logits, predictions, Int32(threads))
  }

  /// For each class `[N, K, H, W]` 1 where its logit is above 0, so that it is more probable than not.
  package static func positive(
    _ logits: UnsafePointer<Float>, _ layout: TensorLayout,
    into predictions: UnsafeMutablePointer<Label>, threads: Int
  ) {
    ck_positive_planes(layout.kernel, logits, predictions, Int32(threads))
  }
}
