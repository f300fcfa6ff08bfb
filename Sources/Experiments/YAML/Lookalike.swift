internal import Datasets
internal import Tracking

/// A character that looks like one that YAML is written with, and is another: what comes along when
/// a spec is copied from a web page or a word processor.
struct Lookalike {
  /// With its article: `a no-break space (U+00A0)`.
  let name: String
  /// What to write instead.
  let remedy: String
  let isBlank: Bool

  init?(_ scalar: Unicode.Scalar) {
    guard let (name, meant) = Self.name(of: scalar) else { return nil }
    self.name = "\(name) (\(scalar.codePoint))"
    isBlank = meant == nil
    remedy = meant.map { "write \($0)" } ?? "write an ordinary space"
  }

  /// What is wrong with it, for a message.
  var problem: String {
    isBlank ? "\(name) is no blank in YAML" : "\(name) means nothing in YAML"
  }

  private static func name(
    of scalar: Unicode.Scalar
  ) -> (name: String, meant: String?)? {
    switch scalar {
    case "\u{A0}": ("a no-break space", nil)
    case "\u{202F}": ("a narrow no-break space", nil)
    case "\u{3000}": ("an ideographic space", nil)
    case "\u{200B}": ("a zero-width space", nil)
    case "\u{FEFF}": ("a zero-width no-break space", nil)
    case "\u{1680}", "\u{2000}"..."\u{200A}", "\u{205F}": ("a Unicode space", nil)
    case "“", "”", "„", "‟", "«", "»": ("a typographic quotation mark", "\"")
    case "‘", "’", "‚", "‛": ("a typographic quotation mark", "'")
    case "–", "—", "−", "‐", "‑": ("a typographic dash", "-")
    case "：": ("a fullwidth colon", ":")
    case "，": ("a fullwidth comma", ",")
    case "［", "］", "｛", "｝": ("a fullwidth bracket", "an ordinary bracket")
    default: nil
    }
  }
}

extension Lookalike {
  /// The first in a text, with its position in scalars from 0.
  static func first(
    in text: String, where isMeant: (Lookalike) -> Bool = { _ in true }
  ) -> (offset: Int, found: Lookalike)? {
    for (offset, scalar) in text.unicodeScalars.enumerated() {
      if let found = Lookalike(scalar), isMeant(found) { return (offset, found) }
    }
    return nil
  }

  /// A blank at an end of a plain scalar or of a key, where an ordinary one would not count.
  static func atEnd(of text: String) -> Lookalike? {
    [text.unicodeScalars.first, text.unicodeScalars.last].lazy
      .compactMap { $0.flatMap(Lookalike.init) }.first(where: \.isBlank)
  }
}
