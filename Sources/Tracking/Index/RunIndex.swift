internal import Foundation

/// What runs answer most often, kept in a file beside their records, so that thousands of runs are listed
/// and ranked without reading one.
///
/// The records are the truth: an answer counts as long as the files that it came from are those that were
/// read. Whatever is not so, or not known, is read anew, and the file is written again where that is
/// allowed. The file may be removed at any time; several processes may use and replace it at once.
package struct RunIndex: Sendable {
  /// In the results folder.
  static let file = ".index"

  private let store: FolderStore
  let contents: IndexFile
  /// The latest plans, by experiment.
  private let plans: [String: LatestPlan]
  /// How many runs had to be read.
  let readCount: Int

  /// Looks at every run's files, and reads what is not known of them.
  ///
  /// - Parameter margin: nanoseconds, see ``RunStamp``.
  package init(_ store: FolderStore, margin: Int = RunStamp.margin) throws(StoreError) {
    self.store = store
    let path = "\(store.root)/\(Self.file)"
    let known = IndexFile(path: path)
    let found = try store.found()
    let plans = store.latestPlans()
    self.plans = plans
    let refresh = IndexRefresh(store: store, known: known, margin: margin, plans: plans)
    let state = refresh.state(of: found)
    readCount = state.stale.count
    if let known, state.isCurrent {
      contents = known
      return
    }
    let rebuilt = refresh.contents(state)
    guard let bytes = try? IndexFile.encode(rebuilt), let file = IndexFile(.memory(bytes)) else {
      preconditionFailure("an index that was encoded can be read")
    }
    contents = file
    guard !rebuilt.runs.isEmpty else { return }
    // Without the file everything is as right, and slower: of a folder that cannot be written it is made
    // anew each time.
    try? AtomicFile(operations: SystemFiles(waitsForDisk: false)).replace(path, with: bytes)
  }

  /// The runs under the names that select them, as ``FolderStore/catalogue(of:)`` has them.
  package func catalogue() throws(StoreError) -> Catalogue<IndexedRun> {
    let source = IndexSource(store: store, file: contents)
    let runs = contents.runs.indices.map { IndexedRun(source, run: $0) }
    return store.catalogue(runs, experiments: try store.experiments(), plans: plans)
  }
}
