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
