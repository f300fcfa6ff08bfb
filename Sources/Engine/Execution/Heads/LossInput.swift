package import Groundwork

/// What a loss looks at: the heads of a network for some samples of a batch, and the truth.
package struct LossInput {
  /// `[N, C, H, W]` of the head that the loss looks at, in the layout that its kernel was made for.
  package var logits: UnsafePointer<Float>
  /// The values of every head in the network's order, from the first sample of the batch on.
  package var heads: [UnsafePointer<Float>]
  /// How many samples of the batch lie before those that are looked at.
  package var firstSample: Int
  /// `[N, P, H, W]`: class ids, or whatever the planes of the context's task hold;
  /// ``Labels/ignoreIndex`` weighs nothing.
  package var labels: UnsafePointer<Label>

  package init(
    logits: UnsafePointer<Float>, heads: [UnsafePointer<Float>] = [], firstSample: Int = 0,
    labels: UnsafePointer<Label>
  ) {
    self.logits = logits
    self.heads = heads
    self.firstSample = firstSample
    self.labels = labels
  }

  /// The values of a head that the loss reads besides the one that it looks at.
  package func values(ofHead index: Int, _ layout: TensorLayout) -> UnsafePointer<Float> {
    heads[index] + firstSample * layout.sampleElements
  }
}

/// What a loss adds its gradients to.
package struct LossGradients {
  /// Those of the head that it looks at, in the layout of its values.
  package var logits: UnsafeMutablePointer<Float>

  package init(logits: UnsafeMutablePointer<Float>) { self.logits = logits }
}
