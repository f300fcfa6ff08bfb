internal import Foundation

/// Writes one attempt into a run's folder.
///
/// A round is committed by, in this order: the checkpoint, the metrics, the state that names both
/// with their digests; then checkpoints that the state no longer names are removed. Each file is
/// replaced at once.
final class FolderRunWriter: RunWriter {
  let trial: TrialRecord
  let attempt: Int
  private let folder: RunFolder
  private let files: AtomicFile
  private let lock: RunLock
  /// As it was last written; `nil` before the first attempt.
  private var state: RunState?
  private let recorded: MetricHistory?
  private var result: ResultRecord?

  init(_ reader: RunReader, _ files: AtomicFile) throws(StoreError) {
    folder = reader.folder
    self.files = files
    guard folder.exists(RunFolder.specification) || folder.exists(RunFolder.state) else {
      throw StoreError.missing(path: folder.path, what: "trial to work on")
    }
    lock = try RunLock(folder.lock)
    let reading = reader.read() ?? RunReader.Reading()
    if let damage = reading.damage.first {
      throw StoreError.damaged(path: folder.file(damage.file), reason: damage.reason)
    }
    guard let trial = reading.trial else {
      throw StoreError.missing(path: folder.path, what: "trial to work on")
    }
    if reading.result?.outcome == .finished { throw StoreError.ended(path: folder.path) }
    self.trial = trial
    (state, recorded, result) = (reading.state, reading.history, reading.result)
    attempt = (folder.attemptNumbers().last ?? 0) + 1
    try removeLeftovers()
  }

  var resumePoint: ResumePoint? {
    get throws(StoreError) {
      guard let state, let last = state.checkpoints[RunState.lastName], let recorded,
        let digest = state.files[last.file]
      else { return nil }
      return ResumePoint(
        round: last.round, history: recorded.cut(toRound: last.round),
        checkpoint: try folder.readCheckpoint(last.file, digest))
    }
  }

  func prepareLog() throws(StoreError) -> String? {
    try files.operations.makeFolder(folder.file(RunFolder.attempt(attempt)))
    return folder.file(RunFolder.log(attempt))
  }

  func beginAttempt(_ provenance: ProvenanceRecord) throws(StoreError) {
    let name = RunFolder.provenance(attempt)
    guard provenance.attempt == attempt else {
      throw StoreError.unusable(
        path: folder.file(name), reason: "attempt \(provenance.attempt) is not \(attempt)")
    }
    try files.operations.makeFolder(folder.file(RunFolder.attempt(attempt)))
    let bytes = RecordJSON.encode(provenance)
    try files.replace(folder.file(name), with: bytes)
    try setFailureAside()
    var next = if let state { state } else { try firstState() }
    next.attempt = attempt
    next.files[name] = FileDigest(bytes)
    try write(next)
  }

  func commit(
    _ history: MetricHistory, checkpoint: CheckpointContents?, isBest: Bool, isLast: Bool
  ) throws(StoreError) {
    guard var next = state, next.attempt == attempt, result == nil else {
      throw StoreError.unusable(path: folder.path, reason: "no attempt has begun")
    }
    let metrics = try encoding(RunFolder.metrics) { try MetricsFile.encode(history) }
    if let checkpoint, isBest || isLast {
      let named = try write(checkpoint, &next)
      if isBest { next.checkpoints[RunState.bestName] = named }
      if isLast { next.checkpoints[RunState.lastName] = named }
    }
    try files.replace(folder.file(RunFolder.metrics), with: metrics)
    next.files[RunFolder.metrics] = FileDigest(metrics)
    next.round = history.rows.last?.round ?? 0
    next.dropUnnamedCheckpoints()
    try write(next)
    try removeUnnamedCheckpoints()
  }

  func finish(_ result: ResultRecord) throws(StoreError) {
    let stateBytes = try folder.read(RunFolder.state)
    let stored = StoredResult(result: result, state: stateBytes.map { FileDigest($0) })
    let isFirst = try files.createOnce(
      folder.file(RunFolder.result), RecordJSON.encode(stored))
    guard isFirst else { throw StoreError.ended(path: folder.path) }
    self.result = result
  }

  private func write(_ next: RunState) throws(StoreError) {
    try files.replace(folder.file(RunFolder.state), with: RecordJSON.encode(next))
    state = next
  }

  /// Writes the checkpoint under a name that the committed state does not give to another.
  private func write(
    _ checkpoint: CheckpointContents, _ next: inout RunState
  ) throws(StoreError) -> RunState.NamedCheckpoint {
    let stem = RunFolder.checkpoint(round: checkpoint.round)
    let bytes = try encoding("\(stem).h5") { try CheckpointFile.encode(checkpoint) }
    let digest = FileDigest(bytes)
    var name = "\(stem).h5"
    if let named = next.files[name], named != digest { name = "\(stem)-attempt-\(attempt).h5" }
    if next.files[name] != digest {
      try files.operations.makeFolder(folder.file(RunFolder.checkpoints))
      try files.replace(folder.file(name), with: bytes)
    }
    next.files[name] = digest
    return RunState.NamedCheckpoint(file: name, round: checkpoint.round)
  }

  /// A failure that is tried again is kept with the attempt that failed.
  private func setFailureAside() throws(StoreError) {
    guard result != nil else { return }
    let failed = RunFolder.attempt(max(1, attempt - 1))
    try files.operations.makeFolder(folder.file(failed))
    try files.operations.rename(
      folder.file(RunFolder.result), to: folder.file("\(failed)/\(RunFolder.result)"))
    try files.operations.synchronize(folder: folder.path)
    result = nil
  }

  private func firstState() throws(StoreError) -> RunState {
    var state = RunState(attempt: attempt, round: 0, files: [:], checkpoints: [:])
    for name in [RunFolder.specification, RunFolder.writtenSpecification] {
      guard let bytes = try folder.read(name) else {
        throw StoreError.damaged(path: folder.file(name), reason: "the file is gone")
      }
      state.files[name] = FileDigest(bytes)
    }
    return state
  }

  /// What writers that were killed left: half-written files, checkpoints that nothing names.
  private func removeLeftovers() throws(StoreError) {
    let attempts = folder.attemptNumbers().map { RunFolder.attempt($0) }
    for name in attempts + [RunFolder.checkpoints] {
      try files.removePartialFiles(in: folder.file(name))
    }
    try files.removePartialFiles(in: folder.path)
    try removeUnnamedCheckpoints()
  }

  private func removeUnnamedCheckpoints() throws(StoreError) {
    let path = folder.file(RunFolder.checkpoints)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names.sorted() {
      let file = "\(RunFolder.checkpoints)/\(name)"
      if state?.files[file] == nil { try files.operations.remove(folder.file(file)) }
    }
  }

  private func encoding(
    _ name: String, _ body: () throws -> Data
  ) throws(StoreError) -> Data {
    do {
      return try body()
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError.unusable(path: folder.file(name), reason: "\(error)")
    }
  }
}

extension RunFolder {
  func readCheckpoint(_ name: String, _ digest: FileDigest) throws(StoreError) -> CheckpointContents
  {
    let bytes = try read(name, expecting: digest)
    do {
      return try CheckpointFile.decode(bytes)
    } catch {
      throw StoreError.damaged(path: file(name), reason: "\(error)")
    }
  }
}
