package import Groundwork

/// What a loss computes, as a value, so that a device may compute it where the heads lie. A loss that
/// has no rule here is computed by the host.
package enum LossRule: Sendable, Hashable {
  /// The softmax cross-entropy over the labelled pixels, each weighted by its class; divided by their
  /// number, or by the sum of their weights. Class weights: `[K]`.
  case crossEntropy(classWeights: [Float], dividesByWeights: Bool)
}

/// A loss for some samples of one head.
package struct LossRequest: Sendable {
  package var rule: LossRule
  /// The layout of the head and of its gradient: N × C × H × W, `f32`.
  package var layout: TensorLayout
  package var threads: Int

  package init(rule: LossRule, layout: TensorLayout, threads: Int) {
    self.rule = rule
    self.layout = layout
    self.threads = threads
  }
}

/// A loss that a device computes where the heads lie.
package protocol DeviceLossKernel: AnyObject {
  /// The value of the loss, unweighted; `weight` times its gradient is added to `gradient`.
  ///
  /// - Parameters:
  ///   - values: where the values of the head lie.
  ///   - labels: the labels, `[N, H, W]`, in the memory of the host.
  func evaluate(
    _ values: DevicePlace, labels: UnsafePointer<Label>, weight: Float, gradient: DevicePlace
  ) -> LossValue
}
