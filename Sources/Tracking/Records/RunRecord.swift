package import Measurements

/// A run as it was when it was read: detached from the store, never changing.
package struct RunRecord: Sendable {
  /// 16 hexadecimal digits: the start of the SHA-256 of what decides the trial's results.
  package let id: String
  package let experiment: String
  /// 1 for the experiment's first trial.
  package var number: Int
  /// True where the experiment has been run since with another trial of that number, so that the
  /// number means that one.
  package var isSuperseded = false
  package let trial: TrialRecord
  package let status: RunStatus
  /// The history so far; `nil` before the first evaluation has been committed.
  package let history: MetricHistory?
  package let checkpoints: [CheckpointRecord]
  package let attempts: [ProvenanceRecord]
  package let result: ResultRecord?
  /// Files of checkpoints that are not kept any more, whose digests are: a reproduction puts them back.
  package var dropped: Set<String> = []
  /// What the run was found to be after its training, in the order in which that was asked.
  package var tests: [TestRecord] = []
  /// What a person has said of it.
  package var labels = RunLabels()
  /// Why its labels cannot be read; that is no damage of the run.
  package var labelsDamage: String?
  /// 64 hexadecimal digits that are others where a file of the record is another, but for its labels; `nil` for
  /// a record that was not read from files.
  package var filesDigest: String?
  /// What is wrong with the record's files, each with its name. Empty for a sound record.
  package let damage: [String]

  package init(
    id: String, experiment: String, number: Int, trial: TrialRecord, status: RunStatus,
    history: MetricHistory?, checkpoints: [CheckpointRecord], attempts: [ProvenanceRecord],
    result: ResultRecord?, damage: [String]
  ) {
    self.id = id
    self.experiment = experiment
    self.number = number
    self.trial = trial
    self.status = status
    self.history = history
    self.checkpoints = checkpoints
    self.attempts = attempts
    self.result = result
    self.damage = damage
  }
}

/// What a trial is, before anything runs.
package struct TrialRecord: Sendable, Codable, Hashable {
  /// The path of a spec that trials of one point may differ in besides the seed: which part of the
  /// training list validates.
  package static let foldPath = "data.validation.fold"

  package var experiment: String
  package var number: Int
  /// The swept paths with their values, in the order of the spec.
  package var hyperparameters: [Hyperparameter]
  package var seed: UInt64
  /// 0 for the first of the seeds of a point.
  package var replicate: Int
  /// Trials of one point of the sweep with different seeds or folds share it.
  package var point: Int
  /// What makes one run better than another.
  package var objective: Objective
  /// The spec file as written, byte for byte, and the overrides that were given with it.
  package var writtenSpec: String
  package var specName: String
  /// The files that the spec builds on as they were written, later ones winning; `nil` where it stands alone.
  package var bases: [BaseSpec]?
  package var overrides: [String]
  /// Canonical JSON of the spec with every default and this trial's values filled in.
  package var resolvedSpec: String
  /// What the lists of the data hold; empty for scenes that the program draws.
  package var data: [DataFingerprint]
  /// Trials that differ in their data alone share it.
  package var settingsID: String
  /// The way from the folder of the records to the spec's: a project that was moved or copied as a whole
  /// has its own data.
  package var folderFromRecords: String?
  /// Where the run was imported from; `nil` for one that this program trained.
  package var origin: OriginRecord?

  package init(
    experiment: String, number: Int, hyperparameters: [Hyperparameter], seed: UInt64,
    replicate: Int, point: Int, objective: Objective, writtenSpec: String, specName: String,
    overrides: [String], resolvedSpec: String, data: [DataFingerprint] = [],
    settingsID: String = ""
  ) {
    self.experiment = experiment
    self.number = number
    self.hyperparameters = hyperparameters
    self.seed = seed
    self.replicate = replicate
    self.point = point
    self.objective = objective
    self.writtenSpec = writtenSpec
    self.specName = specName
    self.overrides = overrides
    self.resolvedSpec = resolvedSpec
    self.data = data
    self.settingsID = settingsID
  }
}

/// A file that a spec builds on.
package struct BaseSpec: Sendable, Codable, Hashable {
  /// As the program was led to it: `specs/common.yaml`.
  package var name: String
  package var text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

package struct Hyperparameter: Sendable, Codable, Hashable {
  /// As the spec writes it: `solver.base_lr`.
  package var path: String
  /// As a table shows it: `0.001`, `cross_entropy + dice`.
  package var text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

package struct Objective: Sendable, Codable, Hashable {
  /// A series of ``MetricHistory``, e.g. `validation.mean_iou`.
  package var metric: String
  package var maximize: Bool

  package init(metric: String, maximize: Bool) {
    self.metric = metric
    self.maximize = maximize
  }
}

package enum RunStatus: Sendable, Hashable {
  case waiting
  case running
  case finished
  /// Ended before its time by the pruner of its sweep.
  case pruned
  /// Stopped or killed before its end; running the spec again continues it.
  case interrupted
  case failed(cause: String)
  case damaged
}

package struct ResultRecord: Sendable, Codable, Hashable {
  package enum Outcome: String, Sendable, Codable { case finished, failed, pruned }
  package var outcome: Outcome
  /// For a failed run: the cause, in words.
  package var cause: String?
  /// True where the cause lies outside of the training (a signal, a full disk): the run goes on as
  /// soon as it is run again, and counts as interrupted.
  package var isInterruption: Bool
  /// Best value of the objective and the evaluation that reached it.
  package var bestValue: Double?
  package var bestEvaluation: EvaluationPoint?
  /// How many evaluations were made.
  package var evaluations: Int
  /// For a finished run that stopped before its planned end: where and why.
  package var earlyStop: EarlyStopRecord?
  /// For a pruned run: where and why.
  package var pruning: PruningRecord?
  /// What kind of failure it was; `nil` where it was none, or of no kind that is told apart.
  package var failure: FailureRecord?

  package init(
    outcome: Outcome, cause: String?, isInterruption: Bool = false, bestValue: Double?,
    bestEvaluation: EvaluationPoint?, evaluations: Int, earlyStop: EarlyStopRecord? = nil
  ) {
    self.outcome = outcome
    self.cause = cause
    self.isInterruption = isInterruption
    self.bestValue = bestValue
    self.bestEvaluation = bestEvaluation
    self.evaluations = evaluations
    self.earlyStop = earlyStop
  }
}

extension RunRecord {
  /// How the training ended by itself; `nil` where it goes on.
  package var end: ResultRecord? { result.flatMap { $0.isInterruption ? nil : $0 } }
}

extension RunRecord {
  /// The checkpoint of that name; `nil` for the best, or the last where the best is not kept.
  package func checkpoint(_ name: String?) -> CheckpointRecord? {
    (name.map { [$0] } ?? ["best", "last"]).lazy
      .compactMap { wanted in checkpoints.first { $0.name == wanted } }.first
  }

  /// Tells whether the weights of a checkpoint are not kept any more.
  package func isDropped(_ checkpoint: CheckpointRecord) -> Bool {
    dropped.contains(checkpoint.file)
  }

  /// `best`, `last` or both, as far as their weights are there.
  package var keptCheckpoints: [CheckpointRecord] { checkpoints.filter { !isDropped($0) } }
}

/// A checkpoint that the run's state names.
package struct CheckpointRecord: Sendable, Codable, Hashable {
  /// `last` or `best`.
  package var name: String
  /// In the run's folder, e.g. `checkpoints/step-0000120.h5`.
  package var file: String
  package var bytes: Int
  package var sha256: String
  package var evaluation: EvaluationPoint

  package init(
    name: String, file: String, bytes: Int, sha256: String, evaluation: EvaluationPoint
  ) {
    self.name = name
    self.file = file
    self.bytes = bytes
    self.sha256 = sha256
    self.evaluation = evaluation
  }
}
