internal import Digest
internal import Foundation

/// Reads a run's folder, without a lock and whatever state it is in.
struct RunReader {
  let folder: RunFolder
  let experiment: String
  let id: String
  /// True where nobody asks for what is a ``LongTable``.
  var skipsTables = false

  /// What was found, for a record or for a writer.
  struct Reading {
    var trial: TrialRecord?
    var state: RunState?
    var history: MetricHistory?
    var attempts: [ProvenanceRecord] = []
    var result: ResultRecord?
    var tests: [TestRecord] = []
    var damage: [Damage] = []
    /// The digests that the JSON files carry, in a fixed order.
    var digests: [String] = []
  }

  struct Damage: Hashable {
    /// In the run's folder.
    let file: String
    let reason: String
    /// True where a later version of this program wrote the file, which is sound then as far as is known.
    var isNewer = false
  }

  /// - Returns: `nil` where nothing is recorded.
  func record() -> RunRecord? {
    read().map(record)
  }

  /// The record that was found.
  func record(_ reading: Reading) -> RunRecord {
    let trial = reading.trial ?? unreadableTrial
    var record = RunRecord(
      id: id, experiment: experiment, number: trial.number, trial: trial, status: status(reading),
      history: reading.history, checkpoints: reading.state?.checkpointRecords ?? [],
      attempts: reading.attempts, result: reading.result,
      damage: reading.damage.map { "\($0.file): \($0.reason)" })
    record.tests = reading.tests
    record.dropped = Set(reading.state?.dropped ?? [])
    record.filesDigest = SHA256.hex(of: reading.digests.joined(separator: "\n"))
    do throws(StoreError) {
      record.labels = try LabelsFile(folder: folder).read()
    } catch {
      record.labelsDamage = "\(LabelsFile.name): \(error.reason)"
    }
    return record
  }

  /// Reads again where files seem damaged but a writer has replaced the state meanwhile.
  ///
  /// - Parameter checksCheckpoints: whether every byte of them is checked, or only their size.
  func read(checksCheckpoints: Bool = false) -> Reading? {
    guard folder.exists(RunFolder.specification) || folder.exists(RunFolder.state) else {
      return nil
    }
    var reading = Reading()
    for _ in 0..<4 {
      let stateBefore = try? folder.read(RunFolder.state)
      reading = readOnce(checksCheckpoints)
      if reading.damage.isEmpty { break }
      if let stateAfter = try? folder.read(RunFolder.state), stateAfter == stateBefore { break }
    }
    return reading
  }

  private func status(_ reading: Reading) -> RunStatus {
    if !reading.damage.isEmpty { return .damaged }
    switch reading.result?.outcome {
    case .finished: return .finished
    case .pruned: return .pruned
    case .failed where reading.result?.isInterruption != true:
      return .failed(cause: reading.result?.cause ?? "no cause was recorded")
    case .failed, nil: break
    }
    if RunLock.isHeld(folder.lock) { return .running }
    return reading.state == nil && reading.result == nil ? .waiting : .interrupted
  }

  private func readOnce(_ checksCheckpoints: Bool) -> Reading {
    var reading = Reading()
    checkKinds(&reading)
    readState(&reading)
    readTrial(&reading)
    readAttempts(&reading)
    readHistory(&reading)
    readTests(&reading)
    checkCheckpoints(&reading, everyByte: checksCheckpoints)
    return reading
  }

  /// Folders of a run are folders, and its lock is a file: through a link others would be written.
  private func checkKinds(_ reading: inout Reading) {
    if !RecordFile.isFolder(folder.path) {
      reading.damage.append(Damage(file: RunFolder.itself, reason: "it is a symbolic link"))
    }
    let attempts = folder.attemptNumbers().map { RunFolder.attempt($0) }
    for name in [RunFolder.attempts, RunFolder.checkpoints] + attempts
    where folder.exists(name) && !RecordFile.isFolder(folder.file(name)) {
      reading.damage.append(Damage(file: name, reason: "it is no folder"))
    }
    collect(&reading, RunFolder.lockName) { () throws(StoreError) in
      _ = try RecordFile.size(of: folder.lock)
    }
  }

  /// The state, and then the result, which it may name.
  private func readState(_ reading: inout Reading) {
    var state: RunState?
    var digests: [String?] = []
    collect(&reading, RunFolder.state) { () throws(StoreError) in
      guard let bytes = try folder.read(RunFolder.state) else {
        // It is there before anything is trained.
        guard !folder.exists(RunFolder.metrics), folder.names(in: RunFolder.checkpoints).isEmpty
        else {
          throw StoreError.damaged(path: folder.file(RunFolder.state), reason: "the file is gone")
        }
        return
      }
      state = try RecordJSON.decode(RunState.self, bytes, path: folder.file(RunFolder.state))
      digests.append(RecordJSON.digest(in: bytes))
    }
    reading.state = state
    var stored: StoredResult?
    collect(&reading, RunFolder.result) { () throws(StoreError) in
      guard let bytes = try resultBytes(state) else { return }
      stored = try storedResult(bytes, state)
      digests.append(RecordJSON.digest(in: bytes))
    }
    reading.result = stored?.result
    reading.digests += digests.map { $0 ?? "" }
  }

  private func resultBytes(_ state: RunState?) throws(StoreError) -> Data? {
    let digest = state?.files[RunFolder.result]
    guard folder.exists(RunFolder.result) || digest != nil else { return nil }
    return try bytes(of: RunFolder.result, digest)
  }

  /// The end of the run. A failure that a later attempt has begun to mend does not count, nor that it was
  /// pruned once it goes on.
  private func storedResult(
    _ bytes: Data, _ state: RunState?
  ) throws(StoreError) -> StoredResult? {
    let name = RunFolder.result
    let isNamed = state?.files[name] != nil
    let stored = try RecordJSON.decode(
      StoredResult.self, bytes, path: folder.file(name), isVouchedFor: isNamed)
    guard !isNamed, let state, stored.attempt < state.attempt else { return stored }
    if stored.result.outcome != .finished { return nil }
    throw StoreError.damaged(
      path: folder.file(name),
      reason: "it is of attempt \(stored.attempt), and attempt \(state.attempt) has begun")
  }

  private func readTrial(_ reading: inout Reading) {
    let name = RunFolder.specification
    let digests = reading.state?.files ?? [:]
    var trial: TrialRecord?
    var digest: String?
    collect(&reading, name) { () throws(StoreError) in
      let bytes = try bytes(of: name, digests[name])
      trial = try RecordJSON.decode(
        TrialRecord.self, bytes, path: folder.file(name), isVouchedFor: digests[name] != nil)
      digest = RecordJSON.digest(in: bytes)
    }
    reading.trial = trial
    reading.digests.append(digest ?? "")
    let written = RunFolder.writtenSpecification
    collect(&reading, written) { () throws(StoreError) in
      _ = try bytes(of: written, digests[written])
    }
  }

  private func readAttempts(_ reading: inout Reading) {
    let digests = reading.state?.files ?? [:]
    let numbers = folder.attemptNumbers()
    let recorded = Set(numbers.map(RunFolder.provenance))
    for name in digests.keys.sorted() where name.hasPrefix(RunFolder.attempts + "/") {
      if recorded.contains(name) { continue }
      reading.damage.append(Damage(file: name, reason: "the file is gone"))
    }
    for number in numbers {
      let name = RunFolder.provenance(number)
      // An attempt may end before it records anything.
      guard digests[name] != nil || folder.exists(name) else { continue }
      var provenance: ProvenanceRecord?
      var digest: String?
      collect(&reading, name) { () throws(StoreError) in
        let bytes = try bytes(of: name, digests[name])
        let isNamed = digests[name] != nil
        provenance = try RecordJSON.decode(
          ProvenanceRecord.self, bytes, path: folder.file(name), isVouchedFor: isNamed,
          skipsTables: skipsTables && isNamed)
        digest = RecordJSON.digest(in: bytes)
        if let found = provenance?.attempt, found != number {
          provenance = nil
          throw StoreError.damaged(path: folder.file(name), reason: "it is of attempt \(found)")
        }
      }
      if let provenance { reading.attempts.append(provenance) }
      reading.digests.append(digest ?? "")
    }
  }

  /// The metrics may be ahead of the state: written, when the process was killed before the state,
  /// whoever records afterwards that it failed. They count up to the state's step, and have to reach
  /// the evaluation that a resumed run goes on from. Of a finished run they are exactly those that the
  /// state names.
  private func readHistory(_ reading: inout Reading) {
    let name = RunFolder.metrics
    guard let state = reading.state, let digest = state.files[name] else { return }
    let isFinished = reading.result?.outcome == .finished
    var history: MetricHistory?
    collect(&reading, name) { () throws(StoreError) in
      guard let bytes = try folder.read(name, atMost: MetricsFile.limit) else {
        throw StoreError.damaged(path: folder.file(name), reason: "the file is gone")
      }
      let isNamed = FileDigest(bytes) == digest
      if isFinished, !isNamed {
        throw StoreError.damaged(
          path: folder.file(name), reason: "its SHA-256 is not the one that was recorded")
      }
      let found: MetricHistory
      do { found = try MetricsFile.decode(bytes, isVouchedFor: isNamed) } catch {
        throw StoreError.damaged(path: folder.file(name), reason: "\(error)")
      }
      if let problem = found.problem {
        throw StoreError.damaged(path: folder.file(name), reason: problem)
      }
      let resumed = state.checkpoints[RunState.lastName]?.evaluation.step ?? 0
      guard isNamed || (found.rows.last?.step ?? 0) >= resumed else {
        throw StoreError.damaged(
          path: folder.file(name), reason: "it ends before the last checkpoint")
      }
      history = found.cut(toStep: state.step)
    }
    reading.history = history
  }

  private func readTests(_ reading: inout Reading) {
    let files = TestFiles(folder: folder)
    for number in files.numbers {
      var read: (test: TestRecord, digest: String)?
      collect(&reading, "test \(number)") { () throws(StoreError) in read = try files.read(number) }
      if let read { reading.tests.append(read.test) }
      reading.digests.append(read?.digest ?? "")
    }
  }

  private func checkCheckpoints(_ reading: inout Reading, everyByte: Bool) {
    guard let state = reading.state else { return }
    let named =
      state.checkpoints.values.map(\.file)
      + [state.interim?.file, state.previews].compactMap(\.self)
    for name in Set(named).sorted() where !state.isDropped(name) {
      collect(&reading, name) { () throws(StoreError) in
        guard let digest = state.files[name] else {
          throw StoreError.damaged(path: folder.file(name), reason: "the state has no digest of it")
        }
        try everyByte ? folder.check(name, digest) : folder.checkSize(of: name, digest)
      }
    }
  }

  private func bytes(of name: String, _ digest: FileDigest?) throws(StoreError) -> Data {
    if let digest { return try folder.read(name, expecting: digest) }
    guard let bytes = try folder.read(name) else {
      throw StoreError.damaged(path: folder.file(name), reason: "the file is gone")
    }
    return bytes
  }

  private func collect(
    _ reading: inout Reading, _ file: String, _ body: () throws(StoreError) -> Void
  ) {
    do throws(StoreError) {
      try body()
    } catch {
      // A test is two files, either of which may be damaged.
      let start = folder.path + "/"
      let name = error.path.hasPrefix(start) ? String(error.path.dropFirst(start.count)) : file
      reading.damage.append(Damage(file: name, reason: error.reason, isNewer: error.isNewer))
    }
  }

  private var unreadableTrial: TrialRecord { .unreadable(of: experiment) }
}

extension TrialRecord {
  /// Stands for a trial whose spec cannot be read.
  static func unreadable(of experiment: String) -> TrialRecord {
    TrialRecord(
      experiment: experiment, number: 0, hyperparameters: [], seed: 0, replicate: 0, point: 0,
      objective: Objective(metric: "", maximize: true), writtenSpec: "", specName: "",
      overrides: [], resolvedSpec: "")
  }
}
