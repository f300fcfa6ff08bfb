internal import Tracking

/// Which runs a page is about, in words that can be asked again.
struct RunSelection: Sendable {
  /// None for every run.
  var selectors: [String]
  /// What must hold of them; `nil` for all.
  var condition: String?

  /// The runs that are meant now.
  ///
  /// - Throws: `SelectorError` where a selector means nothing, `QueryError` where the condition does,
  ///   ``Failure`` where no run is left.
  func runs(in catalogue: Catalogue<IndexedRun>, of store: FolderStore) throws -> [IndexedRun] {
    guard !catalogue.runs.isEmpty else {
      throw Failure(
        .nothingMatched,
        "error: nothing has been recorded in \(store.root) yet; experiments run SPEC records something"
      )
    }
    let runs = try Selector.select(selectors, from: catalogue.runs)
    guard let condition else { return runs }
    let left = try RunFilter(condition).select(from: runs)
    guard !left.isEmpty else {
      throw Failure(
        .nothingMatched,
        "error: --where leaves none of \(Units.count(runs.count, "run")): \(condition)")
    }
    return left
  }

  /// As one would type it again, with a blank before it; empty for every run.
  var typed: String {
    let words =
      selectors.map(ShellWord.quoted) + (condition.map { ["--where", ShellWord.quoted($0)] } ?? [])
    return words.map { " " + $0 }.joined()
  }
}
