import Tracking

/// Everything that is recorded about a run, for people and for machines.
struct RunDescription: Encodable {
  let run: String
  let id: String
  let status: String
  let cause: String?
  let damage: [String]
  let trial: TrialRecord
  let rounds: [Round]
  let checkpoints: [CheckpointRecord]
  let attempts: [ProvenanceRecord]

  struct Round: Encodable {
    let round: Int
    let step: Int
    let epoch: Double
    /// `nil` for what is not a number.
    let figures: [String: Double?]
    /// By class name.
    let iou: [String: Double?]
    let seconds: Double
    let attempt: Int
  }

  init(_ record: RunRecord) {
    (run, id, trial) = (record.name, record.id, record.trial)
    status = record.status.word
    cause = record.result?.cause
    damage = record.damage
    checkpoints = record.checkpoints
    attempts = record.attempts
    rounds = record.history.map { Self.rounds(of: $0) } ?? []
  }

  private static func rounds(of history: MetricHistory) -> [Round] {
    history.rows.map { row in
      Round(
        round: row.round, step: row.step, epoch: row.epoch,
        figures: named(history.seriesNames, row.values), iou: named(history.classNames, row.iou),
        seconds: row.trainingSeconds + row.evaluationSeconds, attempt: row.attempt)
    }
  }

  private static func named(_ names: [String], _ values: [Double]) -> [String: Double?] {
    Dictionary(
      zip(names, values.map { JSONOutput.figure($0) }), uniquingKeysWith: { first, _ in first })
  }
}

extension RunDescription {
  /// Facts, rounds, checkpoints, attempts, each under its heading.
  func text(style: Style) -> String {
    var parts = [facts(style)]
    if !rounds.isEmpty { parts += [style.bold("rounds"), roundTable(style)] }
    if !checkpoints.isEmpty { parts += [style.bold("checkpoints"), checkpointTable(style)] }
    for attempt in attempts {
      parts += [style.bold("attempt \(attempt.attempt)"), Self.provenance(attempt, style)]
    }
    return parts.joined(separator: "\n\n")
  }

  private func facts(_ style: Style) -> String {
    var list = FactList()
    list.add("run", run)
    list.add("id", id)
    list.add("status", status)
    if let cause { list.add("cause", cause) }
    for problem in damage { list.add("damaged", problem) }
    for hyperparameter in trial.hyperparameters {
      list.add(hyperparameter.path, hyperparameter.text)
    }
    list.add("seed", "\(trial.seed)")
    let direction = trial.objective.maximize ? "higher" : "lower"
    list.add("objective", "\(trial.objective.metric), \(direction) is better")
    let overrides = trial.overrides.map { " --set \(ShellWord.quoted($0))" }.joined()
    list.add("spec", trial.specName + overrides)
    return list.text(style: style)
  }

  private func roundTable(_ style: Style) -> String {
    let series = [
      ("training.loss", "training loss"), ("validation.loss", "validation loss"),
      ("validation.mean_iou", "mean IoU"), ("validation.mean_dice", "mean Dice"),
      ("validation.pixel_accuracy", "pixel accuracy"),
    ]
    var table = TableLayout(
      [("round", .right), ("step", .right), ("epoch", .right)] + series.map { ($0.1, .right) }
        + [("time", .right)])
    for round in rounds {
      let figures = series.map { name, _ in
        Units.decimals((round.figures[name] ?? nil) ?? .nan, 4)
      }
      table.add(
        ["\(round.round)", "\(round.step)", Units.decimals(round.epoch, 1)] + figures
          + [Units.duration(round.seconds)])
    }
    return table.text(style: style)
  }

  private func checkpointTable(_ style: Style) -> String {
    var table = TableLayout([
      ("name", .left), ("round", .right), ("file", .left), ("size", .right), ("SHA-256", .left),
    ])
    for checkpoint in checkpoints {
      table.add([
        checkpoint.name, "\(checkpoint.round)", checkpoint.file, Units.bytes(checkpoint.bytes),
        String(checkpoint.sha256.prefix(16)),
      ])
    }
    return table.text(style: style)
  }

  private static func provenance(_ attempt: ProvenanceRecord, _ style: Style) -> String {
    var list = FactList()
    list.add("started", "\(attempt.startedAt) on \(attempt.host)")
    if attempt.resumedAfterRound > 0 { list.add("after round", "\(attempt.resumedAfterRound)") }
    let build = attempt.build
    list.add(
      "build",
      "\(build.version), \(build.configuration), \(build.compiler), \(build.executable.prefix(16))")
    let machine = attempt.machine
    list.add(
      "machine",
      "\(machine.processor), \(Units.count(machine.cores, "core")), \(machine.instructionSet)")
    list.add("system", "\(machine.kernel), \(machine.libc)")
    list.add("threads", "\(attempt.threads)")
    for library in attempt.libraries { list.add(library.name, library.version) }
    for data in attempt.data {
      list.add(
        "\(data.name) data", "\(Units.count(data.samples, "sample")), \(data.sha256.prefix(16))")
    }
    if let algorithms = attempt.algorithms, !algorithms.isEmpty {
      let counts = Dictionary(grouping: algorithms.values) { $0 }.mapValues(\.count)
      list.add(
        "convolutions",
        counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
    }
    if let commit = attempt.gitCommit { list.add("commit", commit) }
    for (name, value) in attempt.environment.sorted(by: { $0.key < $1.key }) {
      list.add(name, value)
    }
    return list.text(style: style)
  }
}
