import Foundation
internal import Groundwork
internal import Tracking

/// Whether a report still says what the records say.
struct ReportCheck {
  let file: String
  let store: FolderStore
  private let stamp: ReportStamp

  /// - Throws: ``Failure`` where the file is no report.
  init(_ file: String, store: FolderStore) throws {
    self.file = file
    self.store = store
    guard let stamp = ReportStamp(page: Data(try FileBytes.read(file))) else {
      throw Failure(
        .badInput,
        "error: \(file): this is no report of this program; write one with experiments report -o \(file)"
      )
    }
    self.stamp = stamp
  }

  /// What the records say now.
  ///
  /// - Throws: ``Failure`` where nothing is selected any more.
  func result() throws -> Result {
    let selection = RunSelection(selectors: stamp.query, condition: stamp.condition)
    let runs: [IndexedRun]
    do {
      runs = try selection.runs(in: try RunIndex(store).catalogue(), of: store)
    } catch let error where Self.isNothingMatched(error) {
      throw Failure(
        .nothingMatched, "error: \(file): its query selects no run any more in \(store.root)")
    }
    let now = ReportStamp(
      runs, query: stamp.query, condition: stamp.condition, program: stamp.program)
    return Result(file: file, stamp: stamp, changes: stamp.changes(to: now))
  }

  private static func isNothingMatched(_ error: any Error) -> Bool {
    switch error {
    case let error as SelectorError: error.isNothingMatched
    case let error as Failure: error.status == .nothingMatched
    default: false
    }
  }

  struct Result {
    let file: String
    let stamp: ReportStamp
    let changes: [ReportStamp.Change]

    var isFresh: Bool { changes.isEmpty }

    var text: String {
      let count = Units.count(stamp.store.runs.count, "run")
      guard !isFresh else { return "\(file): fresh: \(count), records \(stamp.store.hash)\n" }
      let lines = changes.map { "  \($0.kind.rawValue)  \($0.run.printable)\n" }
      return
        "\(file): stale: \(Units.count(changes.count, "run")) of what it shows \(changes.count == 1 ? "is" : "are") not as \(changes.count == 1 ? "it was" : "they were")\n"
        + lines.joined()
    }

    var json: some Encodable { Written(fresh: isFresh, changes: changes, stamp: stamp) }

    private struct Written: Encodable {
      struct Change: Encodable {
        let run: String
        let change: String
      }
      let fresh: Bool
      let changes: [Change]
      let query: [String]
      let records: String

      init(fresh: Bool, changes: [ReportStamp.Change], stamp: ReportStamp) {
        self.fresh = fresh
        self.changes = changes.map { Change(run: $0.run, change: $0.kind.rawValue) }
        (query, records) = (stamp.query, stamp.store.hash)
      }
    }
  }
}
