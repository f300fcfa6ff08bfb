/// A name in which `*` stands for any characters, or none: `encoder*`, `*.bias`.
package struct NamePattern: Sendable, Hashable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// Tells whether the whole name is what the pattern says.
  package func fits(_ name: String) -> Bool {
    let parts = text.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else {
      return name == text
    }
    guard name.hasPrefix(first), name.hasSuffix(last), name.count >= first.count + last.count
    else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
