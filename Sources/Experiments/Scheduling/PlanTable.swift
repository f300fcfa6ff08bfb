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
    /// What is left of it will take, where that is known.
    let seconds: SweepForecast.Span?
  }

  let rows: [Row]
  /// The settings of each row that tell its trial from the others.
  private let settings: [[Hyperparameter]]
  /// What was recorded and does not count, and what may end before its time.
  let notes: [String]

  /// - Parameter forecast: what the rest of the sweep will take.
  init(
    _ plan: TrialPlan, store: FolderStore, runs: [RunRecord], forecast: SweepForecast? = nil
  ) throws {
    let statuses = Dictionary(runs.map { ($0.id, $0.status.word) }) { first, _ in first }
    let earlier = EarlierRecords(plan, runs, root: store.root)
    notes =
      earlier.notes + Self.earlyStoppingNotes(plan.trials)
      + Self.growthNotes(plan) + Self.pruningNotes(plan, runs)
    settings = Self.settings(of: plan.trials)
    rows = plan.trials.map { trial in
      Row(
        number: trial.record.number, id: trial.id, hyperparameters: trial.record.hyperparameters,
        seed: trial.record.seed, duration: trial.spec.training.durationText,
        status: statuses[trial.id],
        onOtherData: (earlier.onOtherData[trial.id] ?? []).map(\.id),
        seconds: forecast?.byTrial[trial.record.number])
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

  /// What ends trials before their time, and that some were ended by something else.
  private static func pruningNotes(_ plan: TrialPlan, _ runs: [RunRecord]) -> [String] {
    var notes: [String] = []
    if let pruner = plan.pruner {
      let names = pruner.parts.map(\.choice.name).joined(separator: " and ")
      notes.append("note: \(names) may end trials before their time")
    }
    guard runs.contains(where: { $0.status == .pruned }) else { return notes }
    let byID = Dictionary(runs.map { ($0.id, $0) }) { first, _ in first }
    var board = plan.pruning.map(PruningBoard.init)
    for trial in plan.trials { board?.learn(byID[trial.id], of: trial.id) }
    let others = plan.trials.count { trial in
      byID[trial.id]?.status == .pruned && board?.hasEnded(trial.id) != true
    }
    if others > 0 {
      notes.append(
        "note: \(Units.count(others, "trial")) \(others == 1 ? "was" : "were") pruned otherwise before and "
          + "\(others == 1 ? "goes" : "go") on")
    }
    return notes
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

  /// The paths of the settings, in the order in which trials have them.
  private var paths: [String] {
    var known: Set<String> = []
    return settings.joined().map(\.path).filter { known.insert($0).inserted }
  }

  /// The trials as a spreadsheet reads them, a line each below the names of the columns.
  var csv: String {
    let paths = paths
    let header =
      ["trial", "id"] + paths + ["seed", "duration", "status", "seconds_least", "seconds_most"]
    let lines = zip(rows, settings).map { row, settings in
      let texts = Dictionary(settings.map { ($0.path, $0.text) }) { first, _ in first }
      return ["\(row.number)", row.id] + paths.map { texts[$0] ?? "" }
        + ["\(row.seed)", row.duration, row.status ?? ""]
        + [row.seconds?.least, row.seconds?.most].map { $0.map { Units.decimals($0, 1) } ?? "" }
    }
    return CSVText.table(header, lines)
  }

  func text(style: Style) -> String {
    let paths = paths
    var table = TableLayout(
      [.init("trial", .right), .init("id", importance: 1, shortens: false)]
        + paths.map { .init($0, importance: 4) }
        + [.init("seed", .right, importance: 2), .init("status", importance: 3)])
    table.remedy = "see all with --json, or in a wider terminal"
    for (row, settings) in zip(rows, settings) {
      let texts = Dictionary(settings.map { ($0.path, $0.text) }) { first, _ in first }
      table.add(
        ["\(row.number)", row.id] + paths.map { texts[$0] ?? "–" }
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
