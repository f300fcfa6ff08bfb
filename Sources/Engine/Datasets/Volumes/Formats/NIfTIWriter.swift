internal import Foundation
package import Groundwork

/// Writes a mask as NIfTI-1, compressed slice by slice: as several members of gzip, which every reader of gzip
/// takes for one. The file appears when all of it is written.
package final class NIfTIWriter {
  private let partial: PartialFile
  private let path: String
  private let descriptor: Int32

  /// - Parameters:
  ///   - path: ends in `.nii.gz`.
  ///   - like: the volume whose voxels these are.
  ///   - slices: those of it that are written.
  ///   - depth: 8 or 16 bits.
  package init(
    path: String, like volume: VolumeDescription, slices: Range<Int>, size: Size, depth: Int
  ) throws(ImageError) {
    self.path = path
    partial = PartialFile(path)
    descriptor = open(partial.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path) }
    var header = [UInt8](repeating: 0, count: 352)
    func put(_ value: Int, at offset: Int) {
      header[offset] = UInt8(truncatingIfNeeded: value)
      header[offset + 1] = UInt8(truncatingIfNeeded: value >> 8)
    }
    put(348, at: 0)
    for (index, extent) in [3, size.width, size.height, slices.count, 1, 1, 1, 1].enumerated() {
      put(extent, at: 40 + 2 * index)
    }
    put(depth == 8 ? 2 : 512, at: 70)
    put(depth, at: 72)
    volume.placement.write(into: &header, first: slices.lowerBound)
    for (index, byte) in [0x00, 0x00, 0xB0, 0x43].enumerated() { header[108 + index] = UInt8(byte) }
    // The scale 1.
    (header[114], header[115]) = (0x80, 0x3F)
    header.replaceSubrange(344..<347, with: Array("n+1".utf8))
    try append(header)
  }

  deinit { close(descriptor) }

  /// More than a header of NIfTI-1 can say.
  package static let largestExtent = Int(Int16.max)

  /// - Parameter pixels: `[H, W]` of the next slice; of 16 bits in the order of this machine.
  package func add(_ pixels: [UInt8]) throws(ImageError) { try append(pixels) }

  package func finish() throws(ImageError) { try partial.keep() }

  private func append(_ bytes: [UInt8]) throws(ImageError) {
    let member = try Compression.gzip(bytes)
    var written = 0
    while written < member.count {
      let count = member.withUnsafeBytes {
        write(descriptor, $0.baseAddress! + written, member.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path) }
      written += count
    }
  }

  private static func failure(_ path: String) -> ImageError {
    ImageError(file: path, "cannot be written: \(String(cString: strerror(errno)))")
  }
}
