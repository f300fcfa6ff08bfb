internal import Digest
internal import Foundation
internal import HDF5

/// The bytes of an HDF5 file with their SHA-256 behind them, where HDF5 does not look: libhdf5 trusts what it
/// reads, so it is given nothing else than what was written.
enum VouchedImage {
  static func bytes(of image: Data) -> Data { image + end(of: image) }

  /// - Parameter isVouchedFor: whether the bytes are known to be those that were written.
  /// - Throws: where the bytes are not those that their end vouches for.
  static func image(
    in bytes: Data, isVouchedFor: Bool = false
  ) throws(HDF5Error) -> Data {
    let image = bytes.dropLast(length)
    guard isVouchedFor || bytes.suffix(length) == end(of: image) else {
      throw HDF5Error(action: "read it", causes: ["its bytes are not those that were written"])
    }
    return image
  }

  private static func end(of image: Data) -> Data { Data("sha256:\(SHA256.hex(of: image))\n".utf8) }

  private static let length = "sha256:".utf8.count + 64 + 1
}
