/// An image or mask that cannot be read or written, with the library's own words where it gave any.
package struct ImageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The path, or `nil` where the bytes came from memory.
  package var file: String?
  package let reason: String
  /// The key of `data` that says less than the file holds; `nil` where the file alone is at fault.
  package var setting: String?
  /// The end of the reason, where it says what to do in the same words for all such files.
  package var remedy: String?

  package init(file: String? = nil, _ reason: String) {
    self.file = file
    self.reason = reason
  }

  package var description: String { file.map { "\($0): \(reason)" } ?? reason }
}
