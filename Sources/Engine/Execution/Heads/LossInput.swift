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
  /// What the network saw, from the first sample of the batch on; `nil` where nobody has kept it.
  package var images: LossImages?

  package init(
    logits: UnsafePointer<Float>, heads: [UnsafePointer<Float>] = [], firstSample: Int = 0,
    labels: UnsafePointer<Label>, images: LossImages? = nil
  ) {
    self.logits = logits
    self.heads = heads
    self.firstSample = firstSample
    self.labels = labels
    self.images = images
  }

  /// The values of a head that the loss reads besides the one that it looks at.
  package func values(ofHead index: Int, _ layout: TensorLayout) -> UnsafePointer<Float> {
    heads[index] + firstSample * layout.sampleElements
  }
}

/// The images of a batch as the network sees them.
package struct LossImages {
  /// `[N, C, H, W]`, normalized.
  package let values: UnsafePointer<Float>
  /// C.
  package let channels: Int

  package init(_ values: UnsafePointer<Float>, channels: Int) {
    (self.values, self.channels) = (values, channels)
  }
}

/// What a loss adds its gradients to.
package struct LossGradients {
  /// Those of the head that it looks at, in the layout of its values.
  package var logits: UnsafeMutablePointer<Float>

  package init(logits: UnsafeMutablePointer<Float>) { self.logits = logits }
}
