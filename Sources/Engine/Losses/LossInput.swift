/// What losses look at: the outputs of a network for one batch, and the truth.
package struct LossInput {
  /// `[N, K, H, W]`, in the layout that the kernel was made for.
  package var logits: UnsafePointer<Float>
  /// `[N, 1, H, W]`: logits of "classes meet here"; `nil` where the network has no edge head.
  package var edges: UnsafePointer<Float>?
  /// `[N, P, H, W]`: class ids, or whatever the planes of the context's task hold;
  /// ``Labels/ignored`` weighs nothing.
  package var labels: UnsafePointer<Label>

  package init(
    logits: UnsafePointer<Float>, edges: UnsafePointer<Float>? = nil,
    labels: UnsafePointer<Label>
  ) {
    self.logits = logits
    self.edges = edges
    self.labels = labels
  }
}

/// What losses add their gradients to, each in the layout of its values.
package struct LossGradients {
  package var logits: UnsafeMutablePointer<Float>
  /// `nil` where the network has no edge head.
  package var edges: UnsafeMutablePointer<Float>?

  package init(
    logits: UnsafeMutablePointer<Float>, edges: UnsafeMutablePointer<Float>? = nil
  ) {
    self.logits = logits
    self.edges = edges
  }
}
