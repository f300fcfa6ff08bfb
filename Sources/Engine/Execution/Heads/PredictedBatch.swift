/// What losses and metrics of an evaluation look at.
package struct PredictedBatch {
  /// The values of the heads in the network's order. The softmax of the first over the classes is
  /// the probabilities. Where several transformed images or patches are averaged, the others are
  /// means of what they hold.
  package let heads: [UnsafePointer<Float>]
  /// As the first of ``heads``, for losses that look at each logit by itself.
  package let singleLogits: UnsafePointer<Float>

  package init(heads: [UnsafePointer<Float>], singleLogits: UnsafePointer<Float>) {
    self.heads = heads
    self.singleLogits = singleLogits
  }

  package var logits: UnsafePointer<Float> { heads[0] }
}
