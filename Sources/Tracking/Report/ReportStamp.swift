package import Foundation

/// What a report was made from, kept in it: so that it can be told whether the records still say the same.
package struct ReportStamp: Sendable, Codable, Equatable {
  package static let schema = "experiments.report/1"

  package var schema: String
  /// The runs as they were selected, one word each.
  package var query: [String]
  /// What must hold of them, as it is typed after `--where`; `nil` for all.
  package var condition: String?
  package var store: Store
  /// Name and version of the program.
  package var program: String
  /// When the newest of the records was begun, UTC in RFC 3339, or what the time was said to be.
  package var made: String

  package struct Store: Sendable, Codable, Equatable {
    /// That of all records.
    package var hash: String
    /// The digest of each record, by `experiment/id`.
    package var runs: [String: String]
  }

  package init(
    _ runs: [some ComparisonSource], query: [String], condition: String? = nil, program: String,
    made: String? = nil
  ) {
    let runs = runs.map(\.compared)
    schema = Self.schema
    (self.query, self.condition) = (query, condition)
    store = Store(
      hash: runs.digest,
      runs: Dictionary(
        runs.map { ("\($0.experiment)/\($0.id)", $0.digest) }, uniquingKeysWith: { $1 }))
    self.program = program
    self.made = made ?? runs.map(\.lastBegan).max() ?? ""
  }

  static let id: StaticString = "stamp"

  /// As it stands in the page.
  var element: HTML {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return .data(
      (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}", id: Self.id)
  }

  /// The stamp of a page; `nil` where the bytes are no report.
  package init?(page: Data) {
    let opening = Data("<script type=\"application/json\" id=\"\(Self.id)\">".utf8)
    guard let start = page.range(of: opening),
      let end = page.range(of: Data("</script>".utf8), in: start.upperBound..<page.endIndex),
      let stamp = try? JSONRecordDecoder().decode(
        ReportStamp.self, from: page[start.upperBound..<end.lowerBound]),
      stamp.schema == Self.schema
    else { return nil }
    self = stamp
  }

  /// What has become of the records since; empty where nothing has.
  ///
  /// - Parameter now: the stamp of the same query.
  package func changes(to now: ReportStamp) -> [Change] {
    Set(store.runs.keys).union(now.store.runs.keys).sorted().compactMap { run in
      switch (store.runs[run], now.store.runs[run]) {
      case (nil, _?): Change(run: run, kind: .added)
      case (_?, nil): Change(run: run, kind: .removed)
      case (let then, let now): then == now ? nil : Change(run: run, kind: .changed)
      }
    }
  }

  package struct Change: Sendable, Equatable {
    package enum Kind: String, Sendable { case added, changed, removed }

    /// `experiment/id`.
    package var run: String
    package var kind: Kind
  }
}
