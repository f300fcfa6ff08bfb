package import Measurements

/// A recorded run judged once more, after its training: on other data, by other metrics, or with other
/// settings of the evaluation.
package struct TestRecord: Sendable, Equatable {
  package var facts: Facts
  /// What was measured, in the one row of the evaluation after which the weights were kept.
  package var history: MetricHistory

  /// What the values are of.
  package struct Facts: Sendable, Codable, Hashable {
    /// 1 for the first of the run.
    package var number: Int
    /// What the series are named with: `test`, so that they are called `test.mean_iou`.
    package var name: String
    /// UTC, RFC 3339; for reading only.
    package var startedAt: String
    /// Whose weights they are.
    package var checkpoint: CheckpointRecord
    /// The list as it was named; `nil` for the run's own validation data.
    package var list: String?
    package var data: [DataFingerprint]
    /// What was set otherwise than the run's spec has it, `path=value`.
    package var overrides: [String]
    package var build: ProvenanceRecord.Build
    package var machine: ProvenanceRecord.Machine
    package var threads: Int
    /// How large the pixels of images were said to be that do not say it, `0.25um`; `nil` where nobody said.
    package var pixelSize: String?
    /// The runs whose predictions were averaged, in their order; `nil` where the run was judged alone.
    package var members: [Member]?

    /// A run of an ensemble.
    package struct Member: Sendable, Codable, Hashable {
      package var run: String
      package var id: String
      package var checkpoint: CheckpointRecord

      package init(run: String, id: String, checkpoint: CheckpointRecord) {
        (self.run, self.id, self.checkpoint) = (run, id, checkpoint)
      }
    }

    package init(
      number: Int = 0, name: String, startedAt: String, checkpoint: CheckpointRecord, list: String?,
      data: [DataFingerprint], overrides: [String], build: ProvenanceRecord.Build,
      machine: ProvenanceRecord.Machine, threads: Int
    ) {
      (self.number, self.name, self.startedAt) = (number, name, startedAt)
      (self.checkpoint, self.list, self.data) = (checkpoint, list, data)
      (self.overrides, self.build, self.machine) = (overrides, build, machine)
      self.threads = threads
    }
  }

  package init(_ facts: Facts, history: MetricHistory) {
    (self.facts, self.history) = (facts, history)
  }

  /// - Parameter measurements: named as those of an evaluation of validation data.
  package init(_ facts: Facts, measurements: [Measurement]) {
    let named = measurements.map { $0.named(facts.name) }
    var history = MetricHistory(series: named.map(\.series), tensorNames: [])
    history.append(named, at: facts.checkpoint.evaluation, tensorDigests: [], attempt: 1)
    self.init(facts, history: history)
  }
}

extension RunRecord {
  /// The newest test that has measured a column, with its values; `nil` where none has.
  package func tested(_ column: HistoryColumn) -> MeasuredValues? {
    tests.lazy.reversed().compactMap { $0.history.measured(column, inRow: 0) }.first
  }
}
