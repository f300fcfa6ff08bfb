import Foundation

@testable import Engine

/// Memory of a device with a fence on both sides, filled with bytes that read as NaN: what is read
/// before it is written, or written beyond its end, shows.
///
/// The host sees it through ``floats``, ``halves`` and ``codes``, once it is downloaded; what the host
/// writes reaches the device by an upload.
final class FencedMemory {
  let bytes: Int
  private let memory: any DeviceMemory
  private let window: HostWindow

  private static let fence = 256
  private static let filling: UInt8 = 0xFF

  init(bytes: Int, on device: any Device = OpenBLASDevice()) {
    self.bytes = bytes
    memory = device.allocate(bytes: bytes + 2 * Self.fence)
    window = HostWindow(DevicePlace(memory), bytes: bytes + 2 * Self.fence)
    fill()
  }

  /// Forgets what was written.
  func fill() {
    memset(window.start, Int32(Self.filling), bytes + 2 * Self.fence)
    upload()
  }

  func upload() { window.upload() }
  func download() { window.download() }

  var place: DevicePlace { DevicePlace(memory, offset: Self.fence) }
  private var start: UnsafeMutableRawPointer { window.start + Self.fence }

  var floats: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: start.assumingMemoryBound(to: Float.self), count: bytes / 4)
  }
  var halves: UnsafeMutableBufferPointer<UInt16> {
    UnsafeMutableBufferPointer(start: start.assumingMemoryBound(to: UInt16.self), count: bytes / 2)
  }
  var codes: UnsafeMutableBufferPointer<UInt8> {
    UnsafeMutableBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: bytes)
  }

  /// Looks at what was downloaded last.
  var isFenceIntact: Bool {
    let fence = Array(repeating: Self.filling, count: Self.fence)
    return memcmp(window.start, fence, Self.fence) == 0
      && memcmp(start + bytes, fence, Self.fence) == 0
  }
}
