internal import CKernels

/// The predicted class of every pixel of a batch, or all of its classes; its memory is allocated once.
package final class PredictionMap {
  /// Of the logits: N × K × H × W, at most ``Labels/maximumClasses`` classes.
  package let layout: TensorLayout
  /// What it holds of a pixel.
  package let labelling: Labelling
  /// `[N, P, H, W]`: as many planes as the labels have.
  package let classes: UnsafeMutableBufferPointer<Label>
  private let threads: Int32

  package init(logits layout: TensorLayout, labelling: Labelling = .exclusive, threads: Int) {
    precondition(layout.shape.channels <= labelling.maximumClasses)
    self.layout = layout
    self.labelling = labelling
    self.threads = Int32(threads)
    let planes = labelling.planes(classes: layout.shape.channels)
    classes = .allocate(capacity: layout.shape.batch * planes * layout.shape.area)
    classes.initialize(repeating: 0)
  }

  deinit { classes.deallocate() }

  /// Sets each pixel to the class of its highest logit, the lowest of equals; no NaN is higher. Where
  /// there may be several, each class is 1 where its logit is above 0, so that it is more probable than
  /// not.
  package func update(_ logits: UnsafePointer<Float>) {
    switch labelling {
    case .exclusive: ck_argmax(layout.kernel, logits, classes.baseAddress, threads)
    case .multiple: ck_positive_planes(layout.kernel, logits, classes.baseAddress, threads)
    }
  }
}
