import Measurements
import Tracking

/// Recorded runs, one a row.
struct RunTable {
  struct Row: Encodable {
    let run: String
    let id: String
    let status: String
    /// `nil` where it is none of a kind that is told apart.
    let failure: FailureRecord?
    /// The run's own name; `nil` where it has none.
    let name: String?
    let tags: [String]
    let note: String
    let hyperparameters: [Hyperparameter]
    /// This and the objective are `nil` where the record cannot tell them.
    let seed: UInt64?
    let evaluations: Int
    let epochs: Double
    /// `nil` where the run did not end before its planned end.
    let stoppedEarly: EarlyStopRecord?
    /// `nil` where its sweep did not give it up.
    let pruned: PruningRecord?
    /// The epochs that were planned, where it ended before.
    let plannedEpochs: Double?
    let objective: String?
    /// The best value of the objective and its evaluation; `nil` before the first evaluation.
    let best: Double?
    let bestEvaluation: EvaluationPoint?
    /// The time of training and evaluation.
    let seconds: Double
    /// SHA-256 of what it was validated on; `nil` before the first attempt.
    let validationData: String?
    /// The same of what it was trained on, or of the list of which it was a part.
    let trainingData: String?
    /// Checkpoints whose weights are not kept any more.
    let droppedWeights: [String]
    /// What was asked for beside, by how it is written.
    let values: [String: QueryJSON]?
  }

  let rows: [Row]
  /// The tags that a row has and not every run of its spec.
  private let ownTags: [[String]]
  /// With the kinds of failures.
  private let statuses: [String]
  /// The label of each row's validation data, shown where it tells runs of one experiment apart.
  private let data: [String]
  private let trainingData: [String]
  /// The settings of each row that tell it from other runs of its experiment, or else those of its
  /// sweep.
  private let settings: [[Hyperparameter]]
  let warnings: [String]
  private let strays: [String]
  /// How the best value of each row is written.
  private let formats: [ValueFormat]
  /// The columns that were asked for in the place of the others.
  private let columns: RunColumns?

  /// - Parameters:
  ///   - strays: records that are no runs, of which a word is said.
  ///   - plans: by experiment, what is wrong with its latest plan.
  ///   - columns: shown in the place of what is shown of every run.
  init(
    _ runs: [RunRecord], strays: [RunCatalogue.Stray] = [], warnings plans: [String: String] = [:],
    columns: RunColumns? = nil
  ) {
    self.columns = columns
    let experiments = Dictionary(grouping: runs, by: \.experiment).mapValues(ValidationSummary.init)
    data = runs.map { experiments[$0.experiment]?.label(of: $0) ?? "" }
    let lists = Dictionary(grouping: runs, by: \.experiment)
      .mapValues { Set($0.compactMap(\.sharedDigest)) }
    trainingData = runs.map { run in
      (lists[run.experiment]?.count ?? 0) > 1 ? String((run.sharedDigest ?? "").prefix(8)) : ""
    }
    let differences = SettingDifferences(runs, completing: TrialSettings.init(completing:))
    settings = runs.map(differences.settings)
    let unlabelled = runs.compactMap { run in run.labelsDamage.map { "\(run.name): \($0)" } }
    warnings =
      unlabelled
      + experiments.sorted { $0.key < $1.key }.flatMap { name, summary in
        [plans[name], summary.warning.map { "\(name): \($0)" }].compactMap { $0 }
      }
    self.strays = strays.map(\.sentence)
    ownTags = runs.map(\.labels.tags)
    statuses = runs.map { $0.status.word($0.failure?.kind) }
    formats = runs.map {
      $0.history?.column($0.trial.objective.metric)?.series.format ?? .fixed(4)
    }
    rows = runs.enumerated().map { index, run in
      let best = run.history?.best(of: run.trial.objective)
      return Row(
        run: run.name, id: run.id, status: run.status.word, failure: run.failure,
        name: run.labels.name, tags: run.tags, note: run.labels.note,
        hyperparameters: run.trial.hyperparameters, seed: run.hasSettings ? run.trial.seed : nil,
        evaluations: run.history?.rows.count ?? 0,
        epochs: run.history?.rows.last?.point.epoch ?? 0, stoppedEarly: run.earlyStop,
        pruned: run.pruning,
        plannedEpochs: run.plannedEnd?.epoch,
        objective: run.hasSettings ? run.trial.objective.metric : nil,
        best: best.flatMap { JSONOutput.number($0.value) },
        bestEvaluation: best?.point,
        seconds: run.history?.seconds ?? 0,
        validationData: run.validationDigest, trainingData: run.sharedDigest,
        droppedWeights: run.checkpoints.filter(run.isDropped).map(\.name),
        values: columns?.json(ofRun: index))
    }
  }

  /// - Parameter folder: where the runs lie, as it is said below them.
  func text(folder: String, style: Style, width: Int? = Screen.outputWidth) -> String {
    let place = "\(Units.count(rows.count, "run")) in \(folder)"
    let notes =
      strays + (strays.isEmpty ? [] : [""]) + [rows.isEmpty ? Self.nothing(in: folder) : place]
      + withoutWeights
    let lines = notes.flatMap { TextWidth.wrapped($0.printable, to: width ?? .max) }
    guard !rows.isEmpty else { return lines.joined(separator: "\n") }
    let warnings = warnings.flatMap {
      TextWidth.wrapped("warning: \($0)".printable, to: width ?? .max)
    }
    return (warnings + (warnings.isEmpty ? [] : [""]) + [table(style, width), ""] + lines)
      .joined(separator: "\n")
  }

  /// Which runs do not keep weights any more.
  private var withoutWeights: [String] {
    let names = rows.filter { !$0.droppedWeights.isEmpty }.map(\.run)
    guard let first = names.first else { return [] }
    let some = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
    return ["without weights: \(some); put back by: experiments reproduce \(first)"]
  }

  private static func nothing(in folder: String) -> String {
    "no runs are recorded in \(folder); begin with: experiments run <spec>, or name another folder "
      + "with --results"
  }

  private func table(_ style: Style, _ width: Int?) -> String {
    guard let columns else { return standardTable(style, width) }
    var table = TableLayout(
      [.init("run", importance: .max), .init("status", importance: 1)]
        + zip(columns.headers, columns.areNumeric).enumerated().map { index, column in
          .init(column.0, column.1 ? .right : .left, importance: 1000 - index)
        })
    table.remedy = "see all with --json, or in a wider terminal"
    for (index, row) in rows.enumerated() {
      table.add([row.run, statuses[index]] + columns.texts(ofRun: index))
    }
    return table.text(style: style, width: width)
  }

  private func standardTable(_ style: Style, _ width: Int?) -> String {
    var table = TableLayout([
      .init("run", importance: .max), .init("name", importance: 7),
      .init("tags", importance: 4, staysDistinct: false),
      .init("id", importance: 4, shortens: false),
      .init("data", importance: 8, shortens: false),
      .init("training data", importance: 5, shortens: false), .init("status", importance: 7),
      .init("epochs", .right, importance: 1), .init("best", .right, importance: 9),
      .init("of", importance: 3), .init("time", .right, importance: 2),
      .init("hyperparameters", importance: 6, staysDistinct: false),
    ])
    table.remedy = "see all with --json, or in a wider terminal"
    for (index, (row, settings)) in zip(rows, settings).enumerated() {
      let names =
        settings.map { "\($0.path) \($0.text)" } + ["seed \(row.seed.map { "\($0)" } ?? "–")"]
      table.add([
        row.run, row.name ?? "", ownTags[index].joined(separator: ", "), row.id, data[index],
        trainingData[index], statuses[index],
        row.epochsText,
        row.best.map(formats[index].text) ?? "",
        row.objective.map { row.best == nil ? "" : $0 } ?? "–",
        row.evaluations > 0 ? Units.duration(row.seconds) : "", names.joined(separator: ", "),
      ])
    }
    return table.text(style: style, width: width)
  }
}

extension RunTable.Row {
  /// `12`, or `12 of 60` where it ended before its time.
  fileprivate var epochsText: String {
    let done = EvaluationPoint.epochText(epochs)
    return plannedEpochs.map { EarlyStopRecord.epochs(done, of: $0) } ?? done
  }
}
