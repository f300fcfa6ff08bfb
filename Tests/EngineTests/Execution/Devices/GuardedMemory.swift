import Foundation

/// Memory with a fence on both sides, filled with bytes that read as NaN: what is read before it is
/// written, or written beyond its end, shows.
final class GuardedMemory {
  let bytes: Int
  private let all: UnsafeMutableRawBufferPointer

  private static let fence = 256
  private static let filling: UInt8 = 0xFF

  init(bytes: Int) {
    self.bytes = bytes
    all = .allocate(byteCount: bytes + 2 * Self.fence, alignment: 64)
    fill()
  }

  deinit { all.deallocate() }

  /// Forgets what was written.
  func fill() { memset(all.baseAddress!, Int32(Self.filling), all.count) }

  var start: UnsafeMutableRawPointer { all.baseAddress! + Self.fence }
  var floats: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: start.assumingMemoryBound(to: Float.self), count: bytes / 4)
  }
  var halves: UnsafeMutableBufferPointer<UInt16> {
    UnsafeMutableBufferPointer(start: start.assumingMemoryBound(to: UInt16.self), count: bytes / 2)
  }
  var codes: UnsafeMutableBufferPointer<UInt8> {
    UnsafeMutableBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: bytes)
  }

  var isFenceIntact: Bool {
    let fence = Array(repeating: Self.filling, count: Self.fence)
    return memcmp(all.baseAddress!, fence, Self.fence) == 0
      && memcmp(start + bytes, fence, Self.fence) == 0
  }
}
