/// What losses look at: the outputs of a network for one batch, and the truth.
public struct LossInput {
  /// `[N, K, H, W]`, in the layout that the kernel was made for.
  public var logits: UnsafePointer<Float>
  /// `[N, 1, H, W]`: logits of "classes meet here"; `nil` where the network has no edge head.
  public var edges: UnsafePointer<Float>?
  /// `[N, H, W]`, class ids, or sets of them where the context says so; 255 (``Labels/ignored``)
  /// weighs nothing.
  public var labels: UnsafePointer<UInt8>

  public init(
    logits: UnsafePointer<Float>, edges: UnsafePointer<Float>? = nil,
    labels: UnsafePointer<UInt8>
  ) {
    self.logits = logits
    self.edges = edges
    self.labels = labels
  }
}

/// What losses add their gradients to, each in the layout of its values.
public struct LossGradients {
  public var logits: UnsafeMutablePointer<Float>
  /// `nil` where the network has no edge head.
  public var edges: UnsafeMutablePointer<Float>?

  public init(
    logits: UnsafeMutablePointer<Float>, edges: UnsafeMutablePointer<Float>? = nil
  ) {
    self.logits = logits
    self.edges = edges
  }
}
