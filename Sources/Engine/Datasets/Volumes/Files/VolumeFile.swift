internal import Foundation
internal import Groundwork

/// Opens the files that volumes lie in.
enum VolumeFile {
  /// In bytes: no file is larger, so that places in files can be added.
  static let largest = 1 << 60

  /// A file as it is, or what is compressed in it where it begins so, whatever it is called.
  ///
  /// - Throws: ``ImageError`` with the system's words.
  static func source(_ path: String) throws(ImageError) -> (
    source: any ByteSource, isCompressed: Bool
  ) {
    let plain = try PlainBytes(path)
    guard Compression.isGzip(try plain.bytes(at: 0, min(2, plain.count))) else {
      return (plain, false)
    }
    return (try CompressedBytes(path), true)
  }

  /// The file beside a header that holds its array.
  static func beside(_ header: String, _ name: String) throws(ImageError) -> String {
    let folder = (header as NSString).deletingLastPathComponent
    let path = FilePath.resolve(name, in: folder)
    do throws(ImageError) {
      try FileBytes.requireFile(path)
    } catch {
      throw ImageError(
        "names the file of its values '\(name)', which cannot be read (\(error.reason)): put it "
          + "beside the header")
    }
    return path
  }

  /// The text that a file begins with.
  static func start(_ path: String, atMost count: Int) throws(ImageError) -> [UInt8] {
    let file = try PlainBytes(path)
    return try file.bytes(at: 0, min(count, file.count))
  }
}
