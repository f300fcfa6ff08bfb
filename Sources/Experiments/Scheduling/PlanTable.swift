internal import Datasets
internal import Groundwork
import Tracking
internal import Training

/// The trials of a plan, one a row, with what their records say.
struct PlanTable {
  struct Row: Encodable {
    let number: Int
    let id: String
    let hyperparameters: [Hyperparameter]
    let seed: UInt64
    /// `60 epochs`, or `at most 60 epochs` where early stopping may end it.
    let duration: String
    /// `nil` where nothing is recorded yet.
    let status: String?
    /// Ids of runs with the same settings on other data.
    let onOtherData: [String]
  }

  let rows: [Row]
  /// The settings of each row that tell its trial from the others.
  private let settings: [[Hyperparameter]]
  /// What was recorded and does not count, and what may end before its time.
  let notes: [String]

  init(_ plan: TrialPlan, store: FolderStore) throws {
    let runs = try store.runs(of: plan.experiment)
    let statuses = Dictionary(runs.map { ($0.id, $0.status.word) }) { first, _ in first }
    let earlier = EarlierRecords(plan, runs, root: store.root)
    notes =
      earlier.notes + Self.earlyStoppingNotes(plan.trials)
      + Self.growthNotes(plan)
    settings = Self.settings(of: plan.trials)
    rows = plan.trials.map { trial in
      Row(
        number: trial.record.number, id: trial.id, hyperparameters: trial.record.hyperparameters,
        seed: trial.record.seed, duration: trial.spec.training.durationText,
        status: statuses[trial.id],
        onOtherData: (earlier.onOtherData[trial.id] ?? []).map(\.id))
    }
  }

  /// How many trials are known of a sweep that decides from results.
  private static func growthNotes(_ plan: TrialPlan) -> [String] {
    guard plan.expected > plan.trials.count else { return [] }
    return [
      "note: \(Units.count(plan.trials.count)) of \(Units.count(plan.expected, "trial")) are known; "
        + "the next are decided when these have ended"
    ]
  }

  private static func earlyStoppingNotes(_ trials: [Trial]) -> [String] {
    var durations: [String] = []
    for training in trials.map(\.spec.training) where training.earlyStopping != nil {
      if !durations.contains(training.durationText) { durations.append(training.durationText) }
    }
    guard !durations.isEmpty else { return [] }
    return [
      "note: a trial is trained for \(durations.joined(separator: ", or ")): "
        + "training.early_stopping may end it sooner"
    ]
  }

  /// The values of the sweep. Where they do not tell every trial from the others, because some keep
  /// what the spec says or texts are the same, those of the specs that the trials have.
  static func settings(of trials: [Trial]) -> [[Hyperparameter]] {
    let swept = trials.map(\.record.hyperparameters)
    let paths = Set(swept.map { $0.map(\.path) })
    let replicates = zip(swept, trials).map { Replicate(settings: $0, seed: $1.record.seed) }
    guard paths.count > 1 || Set(replicates).count < trials.count else { return swept }
    let runs = trials.map { trial in
      RunRecord(
        id: trial.id, experiment: trial.record.experiment, number: trial.record.number,
        trial: trial.record, status: .waiting, history: nil, checkpoints: [], attempts: [],
        result: nil, damage: [])
    }
    let differences = SettingDifferences(runs, completing: TrialSettings.init(completing:))
    let all = Set(swept.flatMap { $0.map(\.path) })
    return runs.map { run in
      let own = differences.settings(of: run)
      let kept = all.subtracting(own.map(\.path)).subtracting(differences.paths)
      guard !kept.isEmpty else { return own }
      return own
        + TrialSettings(run.trial).lines.filter { kept.contains($0.path) }
        .map { Hyperparameter(path: $0.path, text: $0.text) }
    }
  }

  private struct Replicate: Hashable {
    let settings: [Hyperparameter]
    let seed: UInt64
  }

  func text(style: Style) -> String {
    var paths: [String] = []
    for path in settings.joined().map(\.path) where !paths.contains(path) {
      paths.append(path)
    }
    var table = TableLayout(
      [.init("trial", .right), .init("id", importance: 1, shortens: false)]
        + paths.map { .init($0, importance: 4) }
        + [.init("seed", .right, importance: 2), .init("status", importance: 3)])
    table.remedy = "see all with --json, or in a wider terminal"
    for (row, settings) in zip(rows, settings) {
      table.add(
        ["\(row.number)", row.id]
          + paths.map { path in settings.first { $0.path == path }?.text ?? "–" }
          + ["\(row.seed)", row.status ?? ""])
    }
    return table.text(style: style)
  }
}

extension TrainingSection {
  fileprivate var durationText: String {
    earlyStopping == nil ? duration.text : "at most \(duration.text)"
  }
}
