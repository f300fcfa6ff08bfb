internal import Measurements

/// What ranking and comparing take from a run: a value that a record gives, and an index without reading one.
///
/// What every table asks stands here. What was measured is asked of ``values``.
package struct ComparedRun: NamedRun, Sendable {
  package let id: String
  package let experiment: String
  package var number: Int
  package var isSuperseded: Bool
  let status: RunStatus
  /// Why it ended before its end; `nil` where it did not, or nothing tells.
  let failure: FailureRecord.Kind?
  /// What is wrong with the record's files, each with its name.
  let damage: [String]
  let trial: Trial
  /// The latest attempt; `nil` before the first.
  let attempt: Attempt?
  /// UTC in RFC 3339, which sorts as text; empty before the first attempt.
  let firstBegan: String
  let lastBegan: String
  /// `nil` before the first evaluation has been committed.
  let evaluations: Evaluations?
  /// In the order in which they were made.
  let tests: [Test]
  /// How it ended before its planned end; `nil` where it did not.
  let earlyEnd: EarlyEnd?
  let values: any RunMeasurements
  private let deferred: DeferredSettings

  /// What the trial is, besides its settings.
  struct Trial: Sendable {
    var seed: UInt64
    /// 0 for the first of the seeds of a point.
    var replicate: Int
    /// What the run is judged by.
    var objective: Objective
  }

  /// What an attempt ran with and on.
  struct Attempt: Sendable {
    var host: String
    var version: String
    /// The first digits of the SHA-256 of the program, at least 8.
    var executable: String
    var instructionSet: String
    var threads: Int
    /// `96 × 64`: what the network saw, width first; `nil` where that was not kept.
    var inputSize: String?
    var trainingSamples: Int?
    var validationSamples: Int?
    /// SHA-256 of the samples that were validated on.
    var validationDigest: String?
    /// See ``RunRecord/sharedDigest``.
    var sharedDigest: String?
  }

  /// What was evaluated, as far as that is not measured.
  struct Evaluations: Sendable {
    var series: [SeriesDescription]
    var count: Int
    /// Epochs done.
    var epoch: Double
    /// Wall time of training and evaluation.
    var seconds: Double
  }

  /// A test after the training.
  struct Test: Sendable {
    var name: String
    var series: [SeriesDescription]
  }

  struct EarlyEnd: Sendable {
    /// Where the training would have ended.
    var plannedEpoch: Double
    /// What did not become better; `nil` where a person asked for the end, or its sweep pruned it.
    var series: String?
  }

  /// - Parameter texts: what the settings are read from, when they are first asked for.
  init(
    _ run: some NamedRun, status: RunStatus, failure: FailureRecord.Kind?, damage: [String],
    trial: Trial, texts: SpecTexts,
    attempt: Attempt?, began: (first: String, last: String), evaluations: Evaluations?,
    tests: [Test], earlyEnd: EarlyEnd?, values: any RunMeasurements
  ) {
    (id, experiment) = (run.id, run.experiment)
    (number, isSuperseded) = (run.number, run.isSuperseded)
    (self.status, self.damage, self.trial) = (status, damage, trial)
    self.failure = failure
    (self.attempt, firstBegan, lastBegan) = (attempt, began.first, began.last)
    (self.evaluations, self.tests, self.earlyEnd) = (evaluations, tests, earlyEnd)
    (self.texts, self.values) = (texts, values)
    deferred = DeferredSettings { TrialSettings(texts) }
  }

  let texts: SpecTexts
  /// As the record has them, without what it leaves out.
  var settings: TrialSettings { deferred.settings }
}

/// The measured values of a run.
package protocol RunMeasurements: Sendable {
  /// The evaluation with the best value of the objective; `nil` where none has a finite one.
  func best(of objective: Objective) -> BestEvaluation?
  /// The value of a column in an evaluation: NaN where there is none, `nil` where nothing is called so.
  func value(of column: HistoryColumn, inRow row: Int) -> Double?
  /// The value of the series of that name in the last evaluation; `nil` where nothing is called so.
  func lastValue(of name: String) -> Double?
  /// The value of a column in the newest test that has it: NaN where there is none, `nil` where none has it.
  func tested(_ column: HistoryColumn) -> Double?
  /// The image that a column of ranked images is of in an evaluation.
  func image(of column: HistoryColumn, inRow row: Int) -> String?
  /// 16 hexadecimal digits that follow everything that is recorded of it, but for its labels.
  var contentDigest: String { get }
  /// The whole record; `nil` where it is gone.
  var record: RunRecord? { get }
}

extension ComparedRun {
  /// False where the spec of the record is damaged or gone: then nothing tells what was trained.
  var hasSettings: Bool { !texts.resolved.isEmpty }
  var hyperparameters: [Hyperparameter] { texts.hyperparameters }
  var objective: Objective { trial.objective }
  var seed: UInt64 { trial.seed }
  var isImported: Bool { texts.isImported }

  /// Which part of the training list validates; `nil` where none does.
  var fold: String? { hyperparameters.first { $0.path == TrialRecord.foldPath }?.text }

  /// The classes of the data; empty where nothing is measured by class.
  var classNames: [String] { evaluations?.series.classNames ?? [] }
  var validationDigest: String? { attempt?.validationDigest }
  var sharedDigest: String? { attempt?.sharedDigest }

  /// True where some file of the record is not what was written.
  var isDamaged: Bool { status == .damaged || !damage.isEmpty }
  /// True where it was trained to its end and its record is sound.
  var isWhole: Bool { status == .finished && !isDamaged }
  /// The epochs that a pruned run was trained for; `nil` of other runs.
  var prunedEpochs: Double? { status == .pruned ? evaluations?.epoch ?? 0 : nil }
  /// With the kind of a failure: `failed (diverged)`.
  var statusWord: String { status.word(failure) }
  /// The status, damaged wherever something is.
  var soundStatus: RunStatus { isDamaged ? .damaged : status }
}
