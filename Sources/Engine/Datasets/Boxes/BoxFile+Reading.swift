internal import Digest
internal import Groundwork

extension BoxFile {
  /// - Parameter digest: what was read before; `nil` the first time.
  /// - Throws: ``ImageError`` where it cannot be read, says something else than boxes, or has changed.
  static func read(
    _ file: ListedFile, unchangedSince digest: SHA256.Value?
  ) throws(ImageError) -> (boxes: BoxFile, digest: SHA256.Value) {
    let bytes = try FileBytes.read(file.path.text)
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update($0) }
    let found = hash.finish()
    guard digest == nil || found == digest else {
      throw ImageError("has changed since the data was checked: start again")
    }
    return (try BoxFile(bytes), found)
  }
}
