/// A pattern that paths of files may fit, as shells have them.
///
/// `*` stands for any characters but `/`, `?` for one of them, `{jpg,png}` for one of several texts, and
/// `**` in place of a folder for any number of folders, none too. Names that begin with a `.` fit only a
/// pattern that begins so.
struct FilePattern: Sendable, Hashable {
  let text: String
  /// What the pattern means once each of its alternatives is chosen, in their order.
  let alternatives: [[Component]]

  /// What stands between two `/`.
  enum Component: Sendable, Hashable {
    case name(String)
    case wild(FileNamePattern)
    /// Any number of folders.
    case folders

    /// How many wildcards have a number that `{1}`, `{2}` and so on name.
    var stars: Int {
      switch self {
      case .name: 0
      case .wild(let pattern): pattern.stars
      case .folders: 1
      }
    }
  }

  /// - Throws: ``PatternError`` for a brace that is not closed, or names no alternatives.
  init(_ text: String) throws(PatternError) {
    self.text = text
    alternatives = try Self.expanded(text).map(Self.components)
  }

  /// The number of `*` and `**`, the same whichever alternative is chosen, or the least.
  var stars: Int {
    alternatives.map { $0.reduce(0) { $0 + $1.stars } }.min() ?? 0
  }

  private static func components(_ text: String) -> [Component] {
    var components: [Component] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: true) {
      switch part {
      case ".": continue
      case "**":
        if components.last != .folders { components.append(.folders) }
      default:
        components.append(
          part.contains { $0 == "*" || $0 == "?" }
            ? .wild(FileNamePattern(part)) : .name(String(part)))
      }
    }
    // All files of some folders.
    if components.last == .folders { components.append(.wild(FileNamePattern("*"))) }
    return components
  }

  /// More are a slip of the pen.
  private static let maximumAlternatives = 1000

  /// The texts that braces stand for.
  private static func expanded(_ text: String) throws(PatternError) -> [String] {
    var texts = [""]
    var rest = text[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
        throw PatternError("has a brace without its other")
      }
      let inside = rest[rest.index(after: open)..<close]
      guard inside.contains(","), !inside.contains("{") else {
        throw PatternError(
          "has '{\(inside)}', but images are found by '*', '?', '**' and alternatives as {jpg,png}",
          remedy: "placeholders stand for parts of the image's path, in masks")
      }
      let choices = inside.split(separator: ",", omittingEmptySubsequences: false)
      guard texts.count * choices.count <= maximumAlternatives else {
        throw PatternError("has more than \(maximumAlternatives) alternatives")
      }
      let before = rest[..<open]
      texts = texts.flatMap { start in choices.map { start + before + $0 } }
      rest = rest[rest.index(after: close)...]
    }
    return texts.map { $0 + rest }
  }
}

/// What is wrong with how a pattern is written.
package struct PatternError: Error, Sendable, Hashable {
  package let message: String
  package let remedy: String?

  init(_ message: String, remedy: String? = nil) {
    (self.message, self.remedy) = (message, remedy)
  }
}
