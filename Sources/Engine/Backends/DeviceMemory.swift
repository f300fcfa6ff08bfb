/// Bytes that belong to a device. Only its own kernels know what lies behind them.
package protocol DeviceMemory: AnyObject {
  var bytes: Int { get }
  /// Where the host may read and write these bytes at any time; `nil` where it cannot.
  var shared: UnsafeMutableRawPointer? { get }
  /// Copies bytes of the host to a place that is so many bytes from the start.
  func upload(_ source: UnsafeRawPointer, bytes: Int, to offset: Int)
  /// Copies bytes to the host.
  func download(_ target: UnsafeMutableRawPointer, bytes: Int, from offset: Int)
  /// Copies the first bytes of other memory of the same device.
  func copy(_ source: any DeviceMemory, bytes: Int)
}

/// A place within the memory of a device.
package struct DevicePlace {
  package let memory: any DeviceMemory
  /// Bytes from the start of the memory.
  package let offset: Int

  package init(_ memory: any DeviceMemory, offset: Int = 0) {
    self.memory = memory
    self.offset = offset
  }

  package static func + (place: DevicePlace, bytes: Int) -> DevicePlace {
    DevicePlace(place.memory, offset: place.offset + bytes)
  }

  package func upload(_ source: UnsafeRawPointer, bytes: Int) {
    memory.upload(source, bytes: bytes, to: offset)
  }

  package func download(_ target: UnsafeMutableRawPointer, bytes: Int) {
    memory.download(target, bytes: bytes, from: offset)
  }
}
