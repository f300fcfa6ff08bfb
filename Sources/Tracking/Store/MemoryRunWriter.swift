/// Writes one attempt into a ``MemoryStore``.
final class MemoryRunWriter: RunWriter {
  let trial: TrialRecord
  let attempt: Int
  let resumePoint: ResumePoint?
  private var hasEnded = false
  private let key: RunKey
  private let entries: LockedEntries

  init(_ key: RunKey, _ entries: LockedEntries) throws(StoreError) {
    let (found, isFree) = entries.access { entries in
      let found = entries[key]
      let isFree = found.map { !$0.isOpen && $0.result?.outcome != .finished } ?? false
      if isFree { entries[key]?.isOpen = true }
      return (found, isFree)
    }
    guard let found else { throw StoreError.missing(path: key.path, what: "trial to work on") }
    if found.isOpen { throw StoreError.busy(path: key.path, holder: "another writer") }
    guard isFree else { throw StoreError.ended(path: key.path) }
    self.key = key
    self.entries = entries
    trial = found.trial
    attempt = found.attempts.count + 1
    let latest = [found.interim, found.checkpoints[RunState.lastName]?.contents]
      .compactMap(\.self).max { $0.evaluation.step < $1.evaluation.step }
    resumePoint = latest.map { checkpoint in
      ResumePoint(
        history: found.history?.cut(toStep: checkpoint.evaluation.step), checkpoint: checkpoint,
        previews: found.previews)
    }
  }

  deinit { entries.access { [key] in $0[key]?.isOpen = false } }

  func prepareLog() throws(StoreError) -> String? { nil }

  func beginAttempt(_ provenance: ProvenanceRecord) throws(StoreError) {
    guard provenance.attempt == attempt else {
      throw StoreError.unusable(
        path: key.path, reason: "attempt \(provenance.attempt) is not \(attempt)")
    }
    update {
      $0.attempts.append(provenance)
      $0.result = nil
    }
  }

  func commit(
    _ history: MetricHistory, checkpoint: CheckpointContents?, isBest: Bool, isLast: Bool,
    previews: PreviewRecord?
  ) throws(StoreError) {
    try requireAttempt()
    try MetricDataset.checkNames(history)
    var kept: [String: MemoryEntry.KeptCheckpoint] = [:]
    if let checkpoint {
      if isBest { kept[RunState.bestName] = try keep(checkpoint, as: RunState.bestName) }
      if isLast { kept[RunState.lastName] = try keep(checkpoint, as: RunState.lastName) }
    }
    update {
      $0.history = history
      $0.previews = previews ?? $0.previews
      $0.checkpoints.merge(kept) { _, new in new }
      if kept[RunState.lastName] != nil { $0.interim = nil }
    }
  }

  func keep(_ checkpoint: CheckpointContents) throws(StoreError) {
    try requireAttempt()
    update { $0.interim = checkpoint }
  }

  private func requireAttempt() throws(StoreError) {
    let hasBegun = entries.access { [key] in
      $0[key].map { $0.attempts.last?.attempt == attempt && $0.result == nil } ?? false
    }
    guard hasBegun else {
      throw StoreError.unusable(path: key.path, reason: "no attempt has begun")
    }
  }

  func finish(_ result: ResultRecord) throws(StoreError) {
    guard !hasEnded else { throw StoreError.ended(path: key.path) }
    update { $0.result = result }
    hasEnded = true
  }

  private func update(_ change: (inout MemoryEntry) -> Void) {
    entries.access { [key] entries in
      guard var entry = entries[key] else { return }
      change(&entry)
      entries[key] = entry
    }
  }

  private func keep(
    _ contents: CheckpointContents, as name: String
  ) throws(StoreError) -> MemoryEntry.KeptCheckpoint {
    let file = RunFolder.checkpoint(afterStep: contents.evaluation.step) + ".h5"
    do {
      let digest = FileDigest(try CheckpointFile.encode(contents))
      return MemoryEntry.KeptCheckpoint(
        contents: contents,
        record: CheckpointRecord(
          name: name, file: file, bytes: digest.bytes, sha256: digest.sha256,
          evaluation: contents.evaluation))
    } catch {
      throw StoreError.unusable(path: "\(key.path)/\(file)", reason: "\(error)")
    }
  }
}
