internal import Digest
internal import Foundation

extension CheckpointContents {
  /// Reads the file of a checkpoint wherever it lies.
  ///
  /// - Parameter sha256: of its bytes, as it was recorded.
  /// - Throws: ``StoreError`` where it is gone or not what it was.
  package init(file: String, sha256: String) throws(StoreError) {
    guard let size = try RecordFile.size(of: file),
      let bytes = try RecordFile.read(file, atMost: size)
    else { throw StoreError.missing(path: file, what: "checkpoint to go on from") }
    guard SHA256.hex(of: bytes) == sha256 else {
      throw StoreError.damaged(path: file, reason: "its SHA-256 is not the one that was recorded")
    }
    do { self = try CheckpointFile.decode(bytes) } catch {
      throw StoreError.damaged(path: file, reason: "\(error)")
    }
  }
}
