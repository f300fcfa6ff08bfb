internal import Tracking

/// A text that a person wrote and that problems are shown in: a file, or a `--set` option.
///
/// Shared by every mark in it and compared by identity.
final class SourceText: Sendable {
  enum Kind: Sendable {
    /// Problems come in this order; the spec is 0, and the files that it builds on are below.
    case file(order: Int)
    /// A command line option; problems of options come after those of files, in this order.
    case option(index: Int)
  }

  /// As messages name it: the file's path as it was given, or the option as it was written.
  let name: String
  let kind: Kind
  /// Absolute: where relative paths in it start; `nil` where that is the folder of the spec.
  let folder: String?
  /// Without a byte order mark.
  let text: String
  private let hasByteOrderMark: Bool

  init(
    name: String, kind: Kind = .file(order: 0), folder: String? = nil, text: String,
    hasByteOrderMark: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.folder = folder
    self.text = text
    self.hasByteOrderMark = hasByteOrderMark
  }

  /// As it was written, byte for byte.
  var written: String { (hasByteOrderMark ? "\u{FEFF}" : "") + text }

  /// The position of its problems among those of other sources.
  var rank: Int {
    switch kind {
    case .file(let order): order
    case .option(let index): index + 1
    }
  }

  /// The line of that number, from 1, without its end; empty beyond the last.
  ///
  /// Lines end where libyaml ends them: LF, CR, CR LF, NEL, LS or PS.
  func line(_ number: Int) -> String {
    var line = String.UnicodeScalarView()
    var current = 1
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      if scalar == "\n", previous == "\r" { continue }
      if Self.lineEnds.contains(scalar) {
        if current == number { break }
        current += 1
      } else if current == number {
        line.append(scalar)
      }
    }
    return String(line)
  }

  private static let lineEnds: Set<Unicode.Scalar> = [
    "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}",
  ]
}

extension SourceText: Hashable {
  static func == (left: SourceText, right: SourceText) -> Bool { left === right }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
