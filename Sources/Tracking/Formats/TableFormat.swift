/// A way to write a comparison down.
package protocol TableFormat: Sendable {
  /// As one types it after `--format`.
  var name: String { get }
  /// What it is for, one sentence.
  var about: String { get }
  /// True where the text says what makes the table mislead who does not know it, and its notes.
  var showsNotes: Bool { get }
  /// True where it holds everything that is recorded, and not only what a person looks at first.
  var holdsEverything: Bool { get }
  /// The whole table, ending with the end of a line.
  func text(of table: Comparison) -> String
}

extension TableFormat {
  package var showsNotes: Bool { true }
  package var holdsEverything: Bool { false }
}

/// The formats, by name.
package enum TableFormats {
  package static let all: [any TableFormat] = [
    TextTable(), MarkdownTable(), CSVTable(), JSONTable(), LatexTable(), HTMLTable(),
  ]

  package static var names: [String] { all.map { $0.name } }

  package static func named(_ name: String) -> (any TableFormat)? {
    all.first { $0.name == name }
  }
}

extension Comparison {
  package func formatted(as format: some TableFormat) -> String { format.text(of: self) }
}
