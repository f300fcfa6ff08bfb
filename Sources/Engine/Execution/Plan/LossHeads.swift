/// The heads of a batch where losses find them, with the gradients that losses add to.
package protocol LossHeads: AnyObject {
  /// The values of each head as the host sees them, in the network's order.
  var values: [UnsafePointer<Float>] { get }
  /// Their gradients.
  var gradients: [UnsafeMutablePointer<Float>] { get }
  /// Called before the host reads a head's values and adds to its gradient.
  func bringToHost(_ index: Int)
  /// Called before the device does.
  func bringToDevice(_ index: Int) -> (values: DevicePlace, gradient: DevicePlace)
}
