internal import Groundwork

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

/// A part of a device's memory as the host sees it: the bytes themselves where the memory is shared,
/// a copy elsewhere, which the two calls keep in step.
final class HostWindow {
  let start: UnsafeMutableRawPointer
  private let place: DevicePlace
  private let bytes: Int
  /// `nil` where the memory is shared.
  private let copy: HostBuffer?

  init(_ place: DevicePlace, bytes: Int) {
    self.place = place
    self.bytes = bytes
    if let shared = place.memory.shared {
      (start, copy) = (shared + place.offset, nil)
    } else {
      let copy = HostBuffer(bytes: bytes)
      (start, self.copy) = (copy.start, copy)
    }
  }

  var floats: UnsafeMutablePointer<Float> { start.assumingMemoryBound(to: Float.self) }

  /// Makes the host see what the device has.
  func download() {
    if copy != nil { place.download(start, bytes: bytes) }
  }

  /// Makes the device have what the host has written.
  func upload() {
    if copy != nil { place.upload(start, bytes: bytes) }
  }
}
