package import Measurements

/// Keeps runs and reads them back. What it hands out are finished values, detached from it.
///
/// A run is one trial of an experiment, found again by the experiment's name and the trial's id.
package protocol RunStore: Sendable {
  /// The names of the recorded experiments, sorted.
  func experiments() throws(StoreError) -> [String]

  /// The runs of an experiment, or of all, sorted by experiment, number and id.
  ///
  /// A damaged record is among them, with what is wrong. Checkpoints are looked at for their size
  /// only, see ``damage(of:)``.
  func runs(of experiment: String?) throws(StoreError) -> [RunRecord]

  /// One run, or `nil` where nothing is recorded of it.
  func run(_ id: String, experiment: String) throws(StoreError) -> RunRecord?

  /// Makes the trial's record if there is none; an equal one that is there is adopted.
  ///
  /// Equal are trials that train alike; the number, the overrides, the text of the spec and what it
  /// says of names and limits stay those of the first.
  ///
  /// - Throws: ``StoreError/otherContent(path:difference:)`` where it would train otherwise.
  func prepare(_ trial: TrialRecord, id: String) throws(StoreError)

  /// Opens the record for writing; nobody else can until the writer is gone.
  ///
  /// - Throws: ``StoreError`` where it is held by another, damaged, finished, or not prepared.
  func open(_ id: String, experiment: String) throws(StoreError) -> any RunWriter

  /// The checkpoint that the run gives a name now, `last` or `best`; of a run that goes on it may
  /// be of a later evaluation than the record.
  func checkpoint(_ name: String, of run: RunRecord) throws(StoreError) -> CheckpointContents

  /// The previews that the run has now; `nil` where it has none.
  func previews(of run: RunRecord) throws(StoreError) -> PreviewRecord?

  /// Changes what a person has said of a run, whoever else does so at the same time.
  ///
  /// - Returns: its labels as they are now.
  /// - Throws: `LabelError` where another run of the experiment has that name, and ``StoreError``.
  func label(_ id: String, experiment: String, _ change: LabelChange) throws -> RunLabels

  /// Checks every byte of the run, checkpoints too.
  ///
  /// - Returns: what is wrong, each with the file's name; empty for a sound record.
  func damage(of run: RunRecord) throws(StoreError) -> [String]

  /// The file with what an attempt printed; `nil` where the store has no files.
  func logPath(_ id: String, experiment: String, attempt: Int) -> String?

  /// Makes sure, before anything is computed, that records can be written.
  ///
  /// - Throws: ``StoreError`` with the reason and its remedy where they cannot.
  func checkWritable() throws(StoreError)
}

/// Records one attempt at a run. Holds the run's lock as long as it lives.
package protocol RunWriter: AnyObject {
  var trial: TrialRecord { get }

  /// The number of this attempt, from 1.
  var attempt: Int { get }

  /// Where earlier attempts got to; `nil` for a fresh start.
  var resumePoint: ResumePoint? { get throws(StoreError) }

  /// Where to write what the attempt prints: a file whose folder exists when this returns; `nil`
  /// where the store has no files.
  func prepareLog() throws(StoreError) -> String?

  /// Records what the attempt runs with, before its first evaluation. A failure of an earlier attempt
  /// does not count any more.
  func beginAttempt(_ provenance: ProvenanceRecord) throws(StoreError)

  /// Adds an evaluation; it is safe when this returns. Whenever the process is killed, a reader sees the
  /// record as it was before this call or as it is after it.
  ///
  /// - Parameters:
  ///   - history: the history from the first evaluation up to this one.
  ///   - checkpoint: the checkpoint of the same evaluation; `nil` where none is kept.
  ///   - isBest: whether the checkpoint is now `best`.
  ///   - isLast: whether the checkpoint is now `last`: where a later attempt goes on.
  ///   - previews: those of all evaluations up to this one; `nil` where there are none.
  func commit(
    _ history: MetricHistory, checkpoint: CheckpointContents?, isBest: Bool, isLast: Bool,
    previews: PreviewRecord?
  ) throws(StoreError)

  /// Keeps where a training stands between two evaluations; it is safe when this returns. A later attempt goes
  /// on there, until an evaluation is committed as `last`.
  ///
  /// - Precondition: the history that was committed last, or that of ``resumePoint``, ends before the checkpoint.
  func keep(_ checkpoint: CheckpointContents) throws(StoreError)

  /// Writes the result, once; the record is frozen.
  func finish(_ result: ResultRecord) throws(StoreError)
}

extension RunWriter {
  /// Adds an evaluation of which no previews are kept.
  package func commit(
    _ history: MetricHistory, checkpoint: CheckpointContents?, isBest: Bool, isLast: Bool
  ) throws(StoreError) {
    try commit(history, checkpoint: checkpoint, isBest: isBest, isLast: isLast, previews: nil)
  }
}

/// Where an interrupted run goes on.
package struct ResumePoint: Sendable, Equatable {
  /// The history up to the checkpoint: what was trained after it is trained again. `nil` before the first
  /// evaluation.
  package let history: MetricHistory?
  package let checkpoint: CheckpointContents
  /// Of the evaluations of the history; `nil` where there are none.
  package let previews: PreviewRecord?

  /// Where the checkpoint was taken.
  package var point: EvaluationPoint { checkpoint.evaluation }

  /// The attempt that computed what is gone on from.
  package var attempt: Int? { checkpoint.interval?.attempt ?? history?.rows.last?.attempt }

  package init(
    history: MetricHistory?, checkpoint: CheckpointContents, previews: PreviewRecord? = nil
  ) {
    self.history = history
    self.checkpoint = checkpoint
    self.previews = previews?.cut(toStep: checkpoint.evaluation.step)
  }
}
