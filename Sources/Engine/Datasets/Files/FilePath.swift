internal import Foundation

/// A path as the system takes it: bytes.
///
/// Swift's strings are equal where they mean the same text, but `é` in one character and `é` in two
/// name two files.
package struct FilePath: Sendable, Hashable, Codable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { text }

  package static func == (left: FilePath, right: FilePath) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension FilePath {
  /// A path as a list or a spec writes it, which is relative to a folder unless it is absolute.
  package static func resolve(_ path: String, in folder: String?) -> String {
    guard let folder, !folder.isEmpty, !path.hasPrefix("/") else { return path }
    return (folder as NSString).appendingPathComponent(path)
  }
}
