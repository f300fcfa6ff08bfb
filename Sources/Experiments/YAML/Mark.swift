internal import Datasets
internal import Tracking

/// A place in a source: what an error message points at.
struct Mark: Sendable, Hashable {
  let source: SourceText
  /// `nil` where the source as a whole is meant.
  let position: Position?

  /// Counted in Unicode scalars, line and column from 1.
  struct Position: Sendable, Hashable {
    let line: Int
    let column: Int
    /// Up to the end of the line where it is longer than that.
    let length: Int
  }

  init(_ source: SourceText, line: Int, column: Int, length: Int = 1) {
    self.source = source
    position = Position(line: line, column: column, length: length)
  }

  /// Marks the source as a whole, for errors that no line is to blame for.
  init(whole source: SourceText) {
    self.source = source
    position = nil
  }

  /// `unet.yaml:31:36`, or the option as it was written.
  var place: String {
    guard case .file = source.kind, let position else { return source.name }
    return "\(source.name):\(position.line):\(position.column)"
  }

  /// The reading order of problems: by source, then from top to bottom.
  static func isBefore(_ left: Mark, _ right: Mark) -> Bool {
    let (leftPosition, rightPosition) = (left.position, right.position)
    return (left.source.rank, leftPosition?.line ?? 0, leftPosition?.column ?? 0)
      < (right.source.rank, rightPosition?.line ?? 0, rightPosition?.column ?? 0)
  }
}

extension Mark {
  /// The line with carets under the marked part, a note behind them; `nil` for a whole source.
  ///
  ///        31 | solver: {type: SGD, base_lr: 0.01, momentun: 0.9}
  ///           |                                    ^^^^^^^^ did you mean 'momentum'?
  func excerpt(note: String?) -> String? {
    guard let position else { return nil }
    let scalars = Array(source.line(position.line).unicodeScalars.map(Self.printable))
    let start = min(position.column - 1, scalars.count)
    let lineEnd = scalars.lastIndex { $0 != " " }.map { $0 + 1 } ?? scalars.count
    let end = start + max(1, min(position.length, lineEnd - start))

    // A long line is shown around its carets only.
    let windowStart = end <= Self.maximumWidth ? 0 : max(0, start - Self.context)
    let windowEnd = min(scalars.count, windowStart + Self.maximumWidth)
    let (before, after) = (
      windowStart > 0 ? "…" : "", windowEnd < scalars.count ? "…" : ""
    )
    let carets = String(
      repeating: "^", count: max(1, min(end, windowStart + Self.maximumWidth) - start))
    let indent = String(repeating: " ", count: start - windowStart + before.count)
    let number = if case .file = source.kind { String(position.line) } else { "" }
    let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number
    let shown = before + String(String.UnicodeScalarView(scalars[windowStart..<windowEnd])) + after
    let blank = String(repeating: " ", count: gutter.count)
    return "\(gutter) | \(shown)\n\(blank) | \(indent)\(carets)" + (note.map { " " + $0 } ?? "")
  }

  private static let maximumWidth = 120
  private static let context = 40

  /// Tabs become spaces, so that carets line up, and nothing can steer a terminal.
  private static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar == "\t" { return " " }
    return scalar.isUnprintable ? "\u{FFFD}" : scalar
  }
}
