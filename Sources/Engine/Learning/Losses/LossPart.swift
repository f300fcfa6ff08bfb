internal import Execution
internal import Groundwork

/// One loss of a sum with the head that it looks at, computed by the device or by the host. Units
/// are parts of a batch that lie one behind the other: all of it, or its images.
struct LossPart {
  /// Index of the head that the loss looks at.
  private let head: Int
  /// True where the loss looks at each logit of the first head by itself.
  private let readsSingleLogits: Bool
  /// Indices of the other heads that the loss reads.
  private let otherHeads: [Int]
  private let kernel: Kernel
  /// What the kernel is prepared for: one unit.
  private let unit: LossContext

  private enum Kernel {
    case host(any LossKernel)
    case device(any DeviceLossKernel)
  }

  /// - Parameter unit: what a kernel is prepared for.
  init(
    _ weighted: WeightedLoss, for unit: LossContext, device: (any Device)?
  ) throws(ComponentError) {
    var unit = unit
    head = try unit.index(of: weighted.head)
    readsSingleLogits = head == 0 && type(of: weighted.loss).readsSingleLogits
    unit.head = head
    self.unit = unit
    var others: [Int] = []
    for other in type(of: weighted.loss).otherHeads { others.append(try unit.index(of: other)) }
    otherHeads = others
    if let device, let rule = try weighted.loss.rule(for: unit),
      let kernel = device.makeLossKernel(
        for: LossRequest(rule: rule, layout: unit.logits, threads: unit.threads))
    {
      self.kernel = .device(kernel)
    } else {
      kernel = .host(try weighted.loss.makeKernel(for: unit))
    }
  }

  /// Adds `weight` times the gradients of one unit to those of its head.
  ///
  /// - Parameters:
  ///   - labels: the labels of the whole batch, `[N, P, H, W]`.
  ///   - images: those of the whole batch.
  func evaluate(
    _ heads: any LossHeads, labels: UnsafePointer<Label>, images: LossImages?, unit number: Int,
    weight: Float
  ) -> LossValue {
    let elements = number * unit.logits.elements
    switch kernel {
    case .host(let kernel):
      heads.bringToHost(head)
      for other in otherHeads { heads.bringToHost(other) }
      var input = input(heads.values, labels: labels, unit: number)
      input.images = images
      return kernel.evaluate(
        input, weight: weight,
        gradients: LossGradients(logits: heads.gradients[head] + elements))
    case .device(let kernel):
      let (values, gradient) = heads.bringToDevice(head)
      let bytes = elements * MemoryLayout<Float>.stride
      return kernel.evaluate(
        values + bytes, labels: labels + firstPixel(of: number), weight: weight,
        gradient: gradient + bytes)
    }
  }

  /// The value of one unit of what is predicted for an evaluation.
  ///
  /// - Precondition: the host computes it.
  func evaluate(
    _ batch: PredictedBatch, labels: UnsafePointer<Label>, unit number: Int
  ) -> LossValue {
    guard case .host(let kernel) = kernel else {
      preconditionFailure("evaluations take their losses on the host")
    }
    var input = input(batch.heads, labels: labels, unit: number)
    if readsSingleLogits { input.logits = batch.singleLogits + number * unit.logits.elements }
    return kernel.evaluate(input, weight: 0, gradients: nil)
  }

  /// What the loss looks at in one unit.
  private func input(
    _ values: [UnsafePointer<Float>], labels: UnsafePointer<Label>, unit number: Int
  ) -> LossInput {
    LossInput(
      logits: values[head] + number * unit.logits.elements, heads: values,
      firstSample: number * unit.logits.shape.batch, labels: labels + firstPixel(of: number))
  }

  private func firstPixel(of number: Int) -> Int {
    let labels = unit.heads[0].layout.shape
    return (number * labels.batch * unit.planes.count + unit.planes.first) * labels.area
  }
}
