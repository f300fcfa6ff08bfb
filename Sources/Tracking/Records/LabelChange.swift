/// A change of a run's labels whose words have been looked at.
package struct LabelChange: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case name(String?)
    case note(String)
    /// A paragraph more of the note.
    case addition(String)
    case tags(adding: [String], removing: [String])
  }

  let kind: Kind

  /// - Parameter name: `nil` takes the name away.
  package static func name(_ name: String?) throws(LabelError) -> LabelChange {
    if let name { try check(name: name) }
    return LabelChange(kind: .name(name))
  }

  /// Replaces the note; an empty one takes it away.
  package static func note(_ text: String) throws(LabelError) -> LabelChange {
    try check(note: text)
    return LabelChange(kind: .note(text))
  }

  /// Adds to the note, on lines of its own.
  package static func addition(_ text: String) throws(LabelError) -> LabelChange {
    try check(note: text)
    return LabelChange(kind: .addition(text))
  }

  /// Adding a tag that is there, or removing one that is not, changes nothing.
  package static func tags(
    adding added: [String], removing removed: [String]
  ) throws(LabelError) -> LabelChange {
    for tag in added + removed { try check(tag: tag) }
    if let both = added.first(where: removed.contains) {
      throw LabelError("the tag '\(both)' is to be added and removed: write one of them")
    }
    return LabelChange(kind: .tags(adding: added, removing: removed))
  }
}

/// Why a word cannot be a label, and what can.
package struct LabelError: Error, Sendable, Hashable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }

  static func taken(_ name: String, by run: String) -> LabelError {
    LabelError(
      "the name '\(name)' is that of \(run): choose another, or take it away there first, with "
        + "experiments name \(run) --clear")
  }
}

extension LabelChange {
  static let longestName = 100
  static let longestTag = 64
  /// Fewer digits of an id select nothing.
  private static let shortestID = 4
  /// Bytes; a longer text belongs into a file beside.
  package static let longestNote = 64 << 10

  /// A name has to be selectable: as `experiment/name` it must be no number and no start of an id.
  static func check(name: String) throws(LabelError) {
    let what = "the name '\(name)'"
    try check(name, what, atMost: longestName)
    if name.contains("/") { throw LabelError("\(what) has a slash, which selectors read") }
    if let first = name.first, "@-+".contains(first) {
      throw LabelError("\(what) begins with '\(first)': begin it with a letter")
    }
    if name.first == " " || name.last == " " {
      throw LabelError("\(what) begins or ends with a blank")
    }
    let isID =
      name.count >= shortestID && name.allSatisfy { $0.isASCII && $0.isHexDigit }
    let isNumbers = name.allSatisfy { $0.isASCII && ($0.isNumber || "-,".contains($0)) }
    if isNumbers || isID {
      throw LabelError("\(what) reads as a trial's number or the start of an id: add a word")
    }
  }

  /// A tag is one word, so that a list of them needs no quotes.
  static func check(tag: String) throws(LabelError) {
    let what = "the tag '\(tag)'"
    try check(tag, what, atMost: longestTag)
    if tag.contains(where: { $0.isWhitespace || $0 == "," }) {
      throw LabelError("\(what) is not one word: join its words with '-', or write two tags")
    }
    if let first = tag.first, "@-+".contains(first) {
      throw LabelError("\(what) begins with '\(first)': begin it with a letter")
    }
  }

  static func check(note: String) throws(LabelError) {
    guard note.utf8.count <= longestNote else {
      throw LabelError(
        "a note of \(note.utf8.count) bytes is longer than \(longestNote): keep the text in a file "
          + "and note its name")
    }
  }

  private static func check(
    _ text: String, _ what: String, atMost limit: Int
  ) throws(LabelError) {
    if text.isEmpty { throw LabelError("\(what) is empty") }
    if text.count > limit || text.utf8.count > 4 * limit {
      throw LabelError("\(what.prefix(80))… is longer than \(limit) characters")
    }
    if let scalar = text.unicodeScalars.first(where: \.isUnprintable) {
      throw LabelError("\(what) has the character \(scalar.codePoint), which cannot be seen")
    }
  }
}
