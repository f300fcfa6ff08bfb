/// Which checkpoint of which run is meant, in the words that a person types: a ``Selector`` of one run
/// with `@best` or `@last` behind it, as in `camvid/3@last`; `@best` where neither is written.
package struct CheckpointSelector: Sendable, Hashable {
  package let run: Selector
  /// `best` or `last`.
  package let checkpoint: String

  /// - Throws: ``SelectorError/malformed(_:reason:)``.
  package init(_ text: String) throws(SelectorError) {
    let written = [RunState.bestName, RunState.lastName].first { name in
      text.hasSuffix("@\(name)") && text.count > name.count + 1
    }
    checkpoint = written ?? RunState.bestName
    run = try Selector(written.map { String(text.dropLast($0.count + 1)) } ?? text)
  }

  /// The run and its checkpoint.
  ///
  /// - Parameter runs: every run of the store.
  /// - Throws: ``SelectorError`` where no run is meant, or several, or it does not keep that checkpoint.
  package func select(
    from runs: [RunRecord]
  ) throws(SelectorError) -> (run: RunRecord, checkpoint: CheckpointRecord) {
    let selected = try run.select(from: runs)
    guard selected.count == 1, let only = selected.first else {
      throw .severalRuns("\(run)", names: selected.map(\.name))
    }
    guard let found = only.checkpoints.first(where: { $0.name == checkpoint }) else {
      throw .noCheckpoint(checkpoint, of: only.name, kept: only.checkpoints.map(\.name))
    }
    return (only, found)
  }
}
