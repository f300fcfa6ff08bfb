/// A way to write a comparison down.
package protocol TableFormat: Sendable {
  /// As one types it after `--format`.
  var name: String { get }
  /// What it is for, one sentence.
  var about: String { get }
  /// True where the text says what makes the table mislead who does not know it.
  var showsWarnings: Bool { get }
  /// True where it holds everything that is recorded, and not only what a person looks at first.
  var holdsEverything: Bool { get }
  /// The whole table, ending with the end of a line.
  func text(of table: ComparisonTable) -> String
}

extension TableFormat {
  package var showsWarnings: Bool { true }
  package var holdsEverything: Bool { false }
}

/// The formats, by name.
package enum TableFormats {
  package static let all: [any TableFormat] = [
    TextTable(), MarkdownTable(), CSVTable(), JSONTable(),
  ]

  package static var names: [String] { all.map { $0.name } }

  package static func named(_ name: String) -> (any TableFormat)? {
    all.first { $0.name == name }
  }
}

extension ComparisonTable {
  package func formatted(as format: some TableFormat) -> String { format.text(of: self) }
}
