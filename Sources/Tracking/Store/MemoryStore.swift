internal import Foundation

/// Runs in memory, with the promises of ``FolderStore`` but without files: for tests, and as the
/// plain statement of what a store does.
package final class MemoryStore: RunStore {
  private let entries = LockedEntries()

  package init() {}

  package func experiments() throws(StoreError) -> [String] {
    entries.access { Set($0.keys.map(\.experiment)).sorted() }
  }

  package func runs(of experiment: String?) throws(StoreError) -> [RunRecord] {
    entries.access { entries in
      entries.filter { experiment == nil || $0.key.experiment == experiment }
        .map { $0.value.record($0.key) }
        .sorted { ($0.experiment, $0.number, $0.id) < ($1.experiment, $1.number, $1.id) }
    }
  }

  package func run(_ id: String, experiment: String) throws(StoreError) -> RunRecord? {
    let key = RunKey(experiment: experiment, id: id)
    return entries.access { $0[key]?.record(key) }
  }

  package func prepare(_ trial: TrialRecord, id: String) throws(StoreError) {
    let key = RunKey(experiment: trial.experiment, id: id)
    let recorded = entries.access { entries in
      let recorded = entries[key]?.trial
      if recorded == nil { entries[key] = MemoryEntry(trial: trial) }
      return recorded
    }
    if let recorded, let difference = trial.difference(from: recorded) {
      throw StoreError.otherContent(path: key.path, difference: difference)
    }
  }

  package func open(_ id: String, experiment: String) throws(StoreError) -> any RunWriter {
    try MemoryRunWriter(RunKey(experiment: experiment, id: id), entries)
  }

  package func checkpoint(
    _ name: String, of run: RunRecord
  ) throws(StoreError) -> CheckpointContents {
    let key = RunKey(experiment: run.experiment, id: run.id)
    guard let kept = entries.access({ $0[key]?.checkpoints[name] }) else {
      throw StoreError.missing(path: key.path, what: "checkpoint '\(name)'")
    }
    return kept.contents
  }

  package func previews(of run: RunRecord) throws(StoreError) -> PreviewRecord? {
    let key = RunKey(experiment: run.experiment, id: run.id)
    return entries.access { $0[key]?.previews }
  }

  package func label(
    _ id: String, experiment: String, _ change: LabelChange
  ) throws -> RunLabels {
    let key = RunKey(experiment: experiment, id: id)
    return try entries.access { entries in
      guard let before = entries[key]?.labels else {
        throw StoreError.missing(path: key.path, what: "run")
      }
      let labels = before.changed(by: change)
      let owner = entries.first { other, entry in
        other.experiment == experiment && other.id != id && entry.labels.name == labels.name
      }
      if let name = labels.name, name != before.name, let owner {
        throw LabelError.taken(name, by: "\(experiment)/\(owner.key.id.prefix(8))")
      }
      entries[key]?.labels = labels
      return labels
    }
  }

  package func damage(of run: RunRecord) throws(StoreError) -> [String] { [] }

  package func logPath(_ id: String, experiment: String, attempt: Int) -> String? { nil }

  package func checkWritable() throws(StoreError) {}
}

struct RunKey: Hashable {
  let experiment: String
  let id: String
  /// For errors.
  var path: String { "\(experiment)/\(id)" }
}

/// What is kept of one run.
struct MemoryEntry {
  let trial: TrialRecord
  var attempts: [ProvenanceRecord] = []
  var history: MetricHistory?
  var checkpoints: [String: KeptCheckpoint] = [:]
  var interim: CheckpointContents?
  var previews: PreviewRecord?
  var result: ResultRecord?
  var labels = RunLabels()
  var isOpen = false

  struct KeptCheckpoint {
    let contents: CheckpointContents
    let record: CheckpointRecord
  }

  func record(_ key: RunKey) -> RunRecord {
    var record = RunRecord(
      id: key.id, experiment: key.experiment, number: trial.number, trial: trial, status: status,
      history: history, checkpoints: checkpoints.values.map(\.record).sorted { $0.name < $1.name },
      attempts: attempts, result: result, damage: [])
    record.labels = labels
    return record
  }

  private var status: RunStatus {
    switch result?.outcome {
    case .finished: .finished
    case .pruned: .pruned
    case .failed where result?.isInterruption != true:
      .failed(cause: result?.cause ?? "no cause was recorded")
    case .failed, nil:
      isOpen ? .running : attempts.isEmpty && result == nil ? .waiting : .interrupted
    }
  }
}

/// The runs of a ``MemoryStore``, one thread at a time.
final class LockedEntries: @unchecked Sendable {
  private let lock = NSLock()
  private var entries: [RunKey: MemoryEntry] = [:]

  func access<Value>(
    _ body: (inout [RunKey: MemoryEntry]) throws -> Value
  ) rethrows -> Value {
    lock.lock()
    defer { lock.unlock() }
    return try body(&entries)
  }
}
