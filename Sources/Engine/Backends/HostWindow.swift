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
