/// What losses and metrics of an evaluation look at.
struct PredictedBatch {
  /// Their softmax over the classes is the probabilities.
  let logits: UnsafePointer<Float>
  /// The same layout, for losses that look at each logit by itself.
  let singleLogits: UnsafePointer<Float>
  /// `nil` where the network has no edge head.
  let edges: UnsafePointer<Float>?

  /// What a prediction follows from: the classes that exclude each other from their probabilities,
  /// others from the logit of each.
  func answers(_ labelling: Labelling) -> UnsafePointer<Float> {
    labelling == .multiple ? singleLogits : logits
  }
}
