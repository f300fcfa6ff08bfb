internal import Foundation
internal import Measurements

/// Writes one attempt into a run's folder.
///
/// An evaluation is committed by, in this order: the checkpoint, the metrics, the previews, the state that
/// names them with their digests; then checkpoints and previews that the state no longer names are
/// removed. Each file is replaced at once. A checkpoint between two evaluations is committed in the same way,
/// with the metrics as they are.
final class FolderRunWriter: RunWriter {
  let trial: TrialRecord
  let attempt: Int
  private let folder: RunFolder
  private let files: AtomicFile
  private let lock: RunLock
  /// The state as it was last written; `nil` before the first attempt.
  private var state: RunState?
  private let recorded: MetricHistory?
  private var hasEnded = false

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
    (state, recorded) = (reading.state, reading.history)
    attempt = max(folder.attemptNumbers().last ?? 0, reading.state?.attempt ?? 0) + 1
    guard PlausibleNumbers.attempts.contains(attempt) else {
      throw StoreError.damaged(path: folder.file(RunFolder.attempts), reason: "it holds too many")
    }
    try removeLeftovers()
  }

  var resumePoint: ResumePoint? {
    get throws(StoreError) {
      guard let state, let latest = state.latestCheckpoint, let digest = state.files[latest.file]
      else { return nil }
      let checkpoint = try folder.readCheckpoint(latest.file, digest, at: latest.evaluation)
      let history = recorded?.cut(toStep: latest.evaluation.step)
      if let problem = checkpoint.problem(after: history) {
        throw StoreError.damaged(path: folder.file(latest.file), reason: problem)
      }
      return ResumePoint(
        history: history, checkpoint: checkpoint, previews: try folder.readPreviews(state))
    }
  }

  func prepareLog() throws(StoreError) -> String? {
    try inPlace { () throws(StoreError) in try makeAttemptFolder() }
    return folder.file(RunFolder.log(attempt))
  }

  func beginAttempt(_ provenance: ProvenanceRecord) throws(StoreError) {
    try inPlace { () throws(StoreError) in try recordBeginning(provenance) }
  }

  func commit(
    _ history: MetricHistory, checkpoint: CheckpointContents?, isBest: Bool, isLast: Bool,
    previews: PreviewRecord?
  ) throws(StoreError) {
    try inPlace { () throws(StoreError) in
      try recordEvaluation(history, checkpoint, previews, isBest: isBest, isLast: isLast)
    }
  }

  func keep(_ checkpoint: CheckpointContents) throws(StoreError) {
    try inPlace { () throws(StoreError) in
      var next = try openState()
      let name = RunFolder.interim(afterStep: checkpoint.evaluation.step)
      let bytes = try encoding(name) { try CheckpointFile.encode(checkpoint) }
      next.interim = try write(bytes, to: name, at: checkpoint.evaluation, &next)
      next.dropUnnamedCheckpoints()
      try write(next)
      try removeUnnamedFiles()
    }
  }

  func finish(_ result: ResultRecord) throws(StoreError) {
    try inPlace { () throws(StoreError) in try recordEnd(result) }
  }

  /// Begins to record what another program measured, of which nothing tells what it ran with.
  func beginImport() throws(StoreError) {
    try inPlace { () throws(StoreError) in
      var next = if let state { state } else { try firstState() }
      next.attempt = attempt
      try write(next)
    }
  }

  /// Keeps a checkpoint that was written elsewhere, byte for byte.
  func take(_ checkpoint: RunContents.Checkpoint) throws(StoreError) {
    try inPlace { () throws(StoreError) in
      var next = try openState()
      let named = try write(checkpoint.bytes, at: checkpoint.evaluation, &next)
      for name in checkpoint.names where [RunState.bestName, RunState.lastName].contains(name) {
        next.checkpoints[name] = named
      }
      try write(next)
    }
  }

  private func recordBeginning(_ provenance: ProvenanceRecord) throws(StoreError) {
    let name = RunFolder.provenance(attempt)
    guard provenance.attempt == attempt else {
      throw StoreError.unusable(
        path: folder.file(name), reason: "attempt \(provenance.attempt) is not \(attempt)")
    }
    try makeAttemptFolder()
    let bytes = RecordJSON.encode(provenance)
    try files.replace(folder.file(name), with: bytes)
    var next = if let state { state } else { try firstState() }
    next.attempt = attempt
    next.files[name] = FileDigest(bytes)
    next.files[RunFolder.result] = nil
    try write(next)
    try setEarlierEndAside()
  }

  private func recordEvaluation(
    _ history: MetricHistory, _ checkpoint: CheckpointContents?, _ previews: PreviewRecord?,
    isBest: Bool, isLast: Bool
  ) throws(StoreError) {
    var next = try openState()
    let metrics = try encoding(RunFolder.metrics) { try MetricsFile.encode(history) }
    if let checkpoint, isBest || isLast {
      let named = try write(checkpoint, &next)
      if isBest { next.checkpoints[RunState.bestName] = named }
      if isLast { (next.checkpoints[RunState.lastName], next.interim) = (named, nil) }
    }
    try files.replace(folder.file(RunFolder.metrics), with: metrics)
    next.files[RunFolder.metrics] = FileDigest(metrics)
    if let previews { try write(previews, &next) }
    next.step = history.rows.last?.step ?? 0
    next.dropUnnamedCheckpoints()
    try write(next)
    try removeUnnamedFiles()
  }

  /// The state that this attempt changes.
  private func openState() throws(StoreError) -> RunState {
    guard let state, state.attempt == attempt, !hasEnded else {
      throw StoreError.unusable(path: folder.path, reason: "no attempt has begun")
    }
    return state
  }

  /// The result first and then the state that names it: killed between the two, the run has ended
  /// all the same.
  private func recordEnd(_ result: ResultRecord) throws(StoreError) {
    guard !hasEnded else { throw StoreError.ended(path: folder.path) }
    if var next = state, next.files[RunFolder.result] != nil {
      next.files[RunFolder.result] = nil
      try write(next)
    }
    try setEarlierEndAside()
    let bytes = RecordJSON.encode(StoredResult(result: result, attempt: attempt))
    let isFirst = try files.createOnce(folder.file(RunFolder.result), bytes)
    guard isFirst else { throw StoreError.ended(path: folder.path) }
    hasEnded = true
    try files.operations.remove(folder.file(RunFolder.endRequest))
    if var next = state {
      next.files[RunFolder.result] = FileDigest(bytes)
      try write(next)
    }
  }

  private func write(_ next: RunState) throws(StoreError) {
    try files.replace(folder.file(RunFolder.state), with: RecordJSON.encode(next))
    state = next
  }

  /// A record that is moved away is never made anew in part: nothing is written elsewhere than in the
  /// folder whose lock is held, and what fails because it is gone says so.
  private func inPlace(_ body: () throws(StoreError) -> Void) throws(StoreError) {
    guard lock.isInPlace else { throw StoreError.taken(path: folder.path) }
    do throws(StoreError) {
      try body()
    } catch {
      throw lock.isInPlace ? error : StoreError.taken(path: folder.path)
    }
    guard lock.isInPlace else { throw StoreError.taken(path: folder.path) }
  }

  private func makeAttemptFolder() throws(StoreError) {
    for name in [RunFolder.attempts, RunFolder.attempt(attempt)] {
      try files.operations.makeSubfolder(folder.file(name))
    }
  }

  /// Writes the checkpoint under a name that the committed state does not give to another.
  private func write(
    _ checkpoint: CheckpointContents, _ next: inout RunState
  ) throws(StoreError) -> RunState.NamedCheckpoint {
    let stem = RunFolder.checkpoint(afterStep: checkpoint.evaluation.step)
    let bytes = try encoding("\(stem).h5") { try CheckpointFile.encode(checkpoint) }
    return try write(bytes, at: checkpoint.evaluation, &next)
  }

  private func write(
    _ bytes: Data, at evaluation: EvaluationPoint, _ next: inout RunState
  ) throws(StoreError) -> RunState.NamedCheckpoint {
    try write(
      bytes, to: "\(RunFolder.checkpoint(afterStep: evaluation.step)).h5", at: evaluation, &next)
  }

  /// - Parameter name: ends with `.h5`; another is taken where the committed state gives it to other bytes.
  private func write(
    _ bytes: Data, to name: String, at evaluation: EvaluationPoint, _ next: inout RunState
  ) throws(StoreError) -> RunState.NamedCheckpoint {
    let digest = FileDigest(bytes)
    var name = name
    if let named = next.files[name], named != digest {
      name = "\(name.dropLast(3))-attempt-\(attempt).h5"
    }
    if next.files[name] != digest || next.isDropped(name) {
      try files.operations.makeSubfolder(folder.file(RunFolder.checkpoints))
      try files.replace(folder.file(name), with: bytes)
    }
    next.files[name] = digest
    next.setDropped(Set(next.dropped ?? []).subtracting([name]))
    return RunState.NamedCheckpoint(file: name, evaluation: evaluation)
  }

  /// Its name follows from its content, so that none is overwritten that the committed state names.
  private func write(_ previews: PreviewRecord, _ next: inout RunState) throws(StoreError) {
    let bytes = try encoding("previews") { try PreviewsFile.encode(previews) }
    let digest = FileDigest(bytes)
    let name = RunFolder.previews(digest)
    if next.files[name] != digest { try files.replace(folder.file(name), with: bytes) }
    if let previous = next.previews { next.files[previous] = nil }
    next.files[name] = digest
  }

  /// A failure that is tried again is kept with the attempt that failed, and so is the end of a pruned run
  /// that goes on. The state does not name it any more when it goes.
  private func setEarlierEndAside() throws(StoreError) {
    guard folder.exists(RunFolder.result) else { return }
    let failed = RunFolder.attempt(max(1, attempt - 1))
    for name in [RunFolder.attempts, failed] {
      try files.operations.makeSubfolder(folder.file(name))
    }
    try files.operations.rename(
      folder.file(RunFolder.result), to: folder.file("\(failed)/\(RunFolder.result)"))
    try files.operations.synchronize(folder: folder.path)
  }

  private func firstState() throws(StoreError) -> RunState {
    var state = RunState(attempt: attempt, step: 0, files: [:], checkpoints: [:])
    for name in [RunFolder.specification, RunFolder.writtenSpecification] {
      guard let bytes = try folder.read(name) else {
        throw StoreError.damaged(path: folder.file(name), reason: "the file is gone")
      }
      state.files[name] = FileDigest(bytes)
    }
    return state
  }

  /// Removes what writers that were killed left.
  private func removeLeftovers() throws(StoreError) {
    let leftovers = RunLeftovers(folder: folder, state: state)
    try leftovers.remove(
      leftovers.partialFiles + leftovers.unnamedCheckpoints + leftovers.unnamedPreviews,
      files.operations)
  }

  private func removeUnnamedFiles() throws(StoreError) {
    let leftovers = RunLeftovers(folder: folder, state: state)
    try leftovers.remove(
      leftovers.unnamedCheckpoints + leftovers.unnamedPreviews, files.operations)
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

extension RunState {
  /// The checkpoint that an interrupted run goes on from.
  fileprivate var latestCheckpoint: NamedCheckpoint? {
    [interim, checkpoints[Self.lastName]].compactMap(\.self).filter { !isDropped($0.file) }.max {
      $0.evaluation.step < $1.evaluation.step
    }
  }
}
