internal import Foundation

/// A pattern that texts are compared with.
package struct TextPattern: Sendable {
  private let expression: NSRegularExpression

  /// A pattern of the whole text: `*` stands for any text, `?` for any letter.
  package init(glob: String) {
    let parts = glob.map { letter in
      switch letter {
      case "*": ".*"
      case "?": "."
      default: NSRegularExpression.escapedPattern(for: String(letter))
      }
    }
    let pattern = "\\A\(parts.joined())\\z"
    do {
      expression = try NSRegularExpression(pattern: pattern, options: .dotMatchesLineSeparators)
    } catch {
      preconditionFailure("escaped letters with '.*' between are an expression: \(pattern)")
    }
  }

  /// A regular expression that a part of the text has to match; `nil` for what is none.
  package init?(expression: String) {
    guard let expression = try? NSRegularExpression(pattern: expression) else { return nil }
    self.expression = expression
  }

  package func matches(_ text: String) -> Bool {
    expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }

  /// True where a text is a pattern rather than a name.
  package static func isGlob(_ text: String) -> Bool { text.contains("*") || text.contains("?") }
}
