internal import CKernels

/// The predicted class of every pixel of a batch; its memory is allocated once.
public final class PredictionMap {
  /// Of the logits: N × K × H × W, at most ``Labels/maximumClasses`` classes.
  public let layout: TensorLayout
  /// `[N, H, W]`.
  public let classes: UnsafeMutableBufferPointer<UInt8>
  private let threads: Int32

  public init(logits layout: TensorLayout, threads: Int) {
    precondition(layout.shape.channels <= Labels.maximumClasses)
    self.layout = layout
    self.threads = Int32(threads)
    classes = .allocate(capacity: layout.shape.batch * layout.shape.area)
    classes.initialize(repeating: 0)
  }

  deinit { classes.deallocate() }

  /// Sets each pixel to the class of its highest logit, the lowest of equals; no NaN is higher.
  public func update(_ logits: UnsafePointer<Float>) {
    ck_argmax(layout.kernel, logits, classes.baseAddress, threads)
  }
}
