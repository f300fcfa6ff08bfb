package import Groundwork

/// What losses and metrics of an evaluation look at.
package struct PredictedBatch {
  /// Their softmax over the classes is the probabilities.
  package let logits: UnsafePointer<Float>
  /// The same layout, for losses that look at each logit by itself.
  package let singleLogits: UnsafePointer<Float>
  /// `nil` where the network has no edge head.
  package let edges: UnsafePointer<Float>?

  package init(
    logits: UnsafePointer<Float>, singleLogits: UnsafePointer<Float>, edges: UnsafePointer<Float>?
  ) {
    self.logits = logits
    self.singleLogits = singleLogits
    self.edges = edges
  }

  /// What a prediction follows from: the classes that exclude each other from their probabilities,
  /// others from the logit of each.
  package func answers(_ labelling: Labelling) -> UnsafePointer<Float> {
    labelling == .multiple ? singleLogits : logits
  }
}
