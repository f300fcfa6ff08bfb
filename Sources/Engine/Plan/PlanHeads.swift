/// The heads of a plan where losses find them: on the device, and as the host sees them.
///
/// Where the two share memory nothing is ever copied. Elsewhere values are downloaded when a loss on
/// the host first asks for them, and a gradient is copied to and fro as losses on either side add to
/// it.
final class PlanHeads: LossHeads {
  struct Head {
    let values: DevicePlace
    /// `nil` where the plan only predicts.
    let gradient: DevicePlace?
    let bytes: Int
  }

  /// As the host sees them, in the network's order; current after ``bringToHost(_:)``.
  let values: [UnsafePointer<Float>]
  let gradients: [UnsafeMutablePointer<Float>]
  private let heads: [Head]
  private let valueWindows: [HostWindow]
  private let gradientWindows: [HostWindow]
  /// These say of each head whether the host has the values of the last forward pass, and whether
  /// it has the newest gradient.
  private var hasValues: [Bool]
  private var hasGradient: [Bool]

  init(_ heads: [Head]) {
    self.heads = heads
    valueWindows = heads.map { HostWindow($0.values, bytes: $0.bytes) }
    gradientWindows = heads.compactMap { head in
      head.gradient.map { HostWindow($0, bytes: head.bytes) }
    }
    values = valueWindows.map { UnsafePointer($0.floats) }
    gradients = gradientWindows.map(\.floats)
    hasValues = heads.map { _ in false }
    hasGradient = hasValues
  }

  /// After every forward pass.
  func begin() {
    for index in heads.indices { (hasValues[index], hasGradient[index]) = (false, false) }
  }

  func clearGradients(on device: any Device, threads: Int) {
    for (index, head) in heads.enumerated() {
      guard let gradient = head.gradient else { continue }
      device.clear(gradient, bytes: head.bytes, threads: threads)
      hasGradient[index] = false
    }
  }

  func bringToHost(_ index: Int) {
    if !hasValues[index] {
      valueWindows[index].download()
      hasValues[index] = true
    }
    if !hasGradient[index], heads[index].gradient != nil {
      gradientWindows[index].download()
      hasGradient[index] = true
    }
  }

  func bringToDevice(_ index: Int) -> (values: DevicePlace, gradient: DevicePlace) {
    guard let gradient = heads[index].gradient else {
      preconditionFailure("a plan that only predicts has no gradients")
    }
    if hasGradient[index] {
      gradientWindows[index].upload()
      hasGradient[index] = false
    }
    return (heads[index].values, gradient)
  }

  /// Before the backward pass: the device has what the host has added.
  func finish() {
    for index in heads.indices where hasGradient[index] { _ = bringToDevice(index) }
  }
}
