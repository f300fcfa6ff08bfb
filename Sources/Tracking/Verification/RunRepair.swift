internal import Foundation

/// What setting the broken files of a run aside would do, decided before anything is done.
///
/// What is left is a sound record: of what is gone it says less. Where nothing sound is left to say what the run is, or
/// where a training that has not ended could not go on, the whole folder goes.
package struct RunRepair: Sendable {
  /// Paths in the run's folder; `.` alone for all of it.
  package let files: [String]
  /// What the run is afterwards, a clause each.
  package let outcomes: [String]
  package let run: RunRecord
  private let folder: RunFolder
  private let operations: any FileOperations
  private let hasEnded: Bool

  package var isWholeRun: Bool { files == [RunFolder.itself] }

  /// - Returns: `nil` where nothing is broken, or a later version of this program has to be asked.
  package init?(_ verification: RunVerification, in store: FolderStore) {
    guard !verification.isSound, !verification.findings.contains(where: \.isNewer) else {
      return nil
    }
    run = verification.run
    operations = store.operations
    folder = RunFolder(root: store.root, experiment: run.experiment, id: run.id)
    let damaged = verification.damagedFiles
    hasEnded =
      [.finished, .pruned].contains(run.result?.outcome) && !damaged.contains(RunFolder.result)
    let decisive: Set = [RunFolder.itself, RunFolder.state, RunFolder.specification]
    let isLost = !damaged.isDisjoint(with: decisive)
    if isLost || (!hasEnded && damaged.contains(RunFolder.metrics)) {
      files = [RunFolder.itself]
      outcomes = ["its spec trains it from the beginning when it is run again"]
      return
    }
    files = Self.withTests(damaged, folder).sorted()
    outcomes = Self.outcomes(of: verification, hasEnded: hasEnded)
  }

  /// The two files of a test mean nothing without each other.
  private static func withTests(_ damaged: Set<String>, _ folder: RunFolder) -> Set<String> {
    let stems = damaged.filter { $0.hasPrefix("\(TestFiles.name)/") }.map {
      $0.prefix(while: { $0 != "-" && $0 != "." })
    }
    let tests = folder.names(in: TestFiles.name).map { "\(TestFiles.name)/\($0)" }
    return damaged.union(
      tests.filter { test in
        stems.contains { test.hasPrefix("\($0).") || test.hasPrefix("\($0)-") }
      })
  }

  private static func outcomes(of verification: RunVerification, hasEnded: Bool) -> [String] {
    let damaged = verification.damagedFiles
    var outcomes: [String] = []
    func add(_ isSo: Bool, _ clause: String) { if isSo { outcomes.append(clause) } }
    let weights = verification.damagedCheckpoints.map(\.name).joined(separator: " and ")
    if hasEnded {
      add(damaged.contains(RunFolder.metrics), "it has no metric values")
      add(!weights.isEmpty, "its weights, \(weights), are made again by reproducing it")
    } else {
      add(
        !weights.isEmpty || damaged.contains(where: RunFolder.isInterim),
        verification.goesOnAfter.map { "it goes on after step \($0.step)" }
          ?? "it is trained from the beginning")
      add(damaged.contains(RunFolder.result), "its end is recorded anew when its spec is run again")
    }
    add(damaged.contains(RunFolder.writtenSpecification), "its spec is written anew from spec.json")
    add(damaged.contains(where: RunFolder.isPreviews), "it has no recorded previews")
    add(damaged.contains(LabelsFile.name), "it has no name, tags and note of its own")
    add(
      damaged.contains { $0.hasPrefix("\(TestFiles.name)/") }, "it has lost tests")
    add(
      damaged.contains { $0.hasSuffix("/provenance.json") || $0 == RunFolder.attempts },
      "it does not say what an attempt ran with")
    return outcomes
  }

  /// Sets them aside, and says in the state what is left. Killed at any instant, what is left to do is found again.
  ///
  /// - Throws: ``StoreError`` where somebody works on the run.
  package func apply(into damaged: DamagedFolder) throws {
    if files.contains(RunFolder.lockName) { try damaged.take(folder.lock) }
    // A link in the place of the folder leads to what is not ours to lock.
    guard RecordFile.isFolder(folder.path) else { return try damaged.take(folder.path) }
    let lock = try RunLock(folder.lock)
    try withExtendedLifetime(lock) {
      if isWholeRun { return try damaged.take(folder.path) }
      for file in files where file != RunFolder.lockName { try damaged.take(folder.file(file)) }
      try writeAnew()
    }
  }

  private func writeAnew() throws(StoreError) {
    let files = AtomicFile(operations: operations)
    if self.files.contains(RunFolder.writtenSpecification) {
      try files.replace(
        folder.file(RunFolder.writtenSpecification), with: Data(run.trial.writtenSpec.utf8))
    }
    guard let state = try folder.state() else { return }
    let amended = amended(state)
    guard amended != state else { return }
    try files.replace(folder.file(RunFolder.state), with: RecordJSON.encode(amended))
  }

  private func amended(_ state: RunState) -> RunState {
    var state = state
    let folders = files.filter { [RunFolder.checkpoints, RunFolder.attempts].contains($0) }
    let gone = state.files.keys.filter { name in
      files.contains(name) || folders.contains { name.hasPrefix($0 + "/") }
    }
    var dropped = Set(state.dropped ?? [])
    for name in gone {
      if name == RunFolder.writtenSpecification {
        state.files[name] = FileDigest(Data(run.trial.writtenSpec.utf8))
      } else if RunFolder.isCheckpoint(name) {
        dropped.insert(name)
      } else {
        state.files[name] = nil
      }
      if state.interim?.file == name { state.interim = nil }
    }
    if !hasEnded, let last = state.checkpoints[RunState.lastName], dropped.contains(last.file) {
      let best = state.checkpoints[RunState.bestName]
      state.checkpoints[RunState.lastName] = best.flatMap { dropped.contains($0.file) ? nil : $0 }
    }
    state.setDropped(dropped)
    state.dropUnnamedCheckpoints()
    return state
  }
}

extension RunFolder {
  /// - Returns: `nil` where there is none yet.
  func state() throws(StoreError) -> RunState? {
    guard let bytes = try read(Self.state) else { return nil }
    return try RecordJSON.decode(RunState.self, bytes, path: file(Self.state))
  }
}
