internal import Datasets
internal import Learning
import Tracking

/// Everything that is recorded about a run, for people and for machines.
struct RunDescription: Encodable {
  let run: String
  let id: String
  let status: String
  let cause: String?
  let damage: [String]
  /// `nil` where it cannot be read.
  let trial: TrialRecord?
  let rounds: [Round]
  /// The round that the objective likes best; `nil` where none has a value of it.
  let bestRound: Int?
  let classNames: [String]
  /// Of the rounds' figures, in the order of the record.
  let figureNames: [String]
  let checkpoints: [CheckpointRecord]
  let attempts: [ProvenanceRecord]
  /// Every setting of the spec that decides results, defaults included, in the order of a spec.
  let settings: [Setting]

  struct Setting: Encodable {
    let path: String
    /// As a spec writes it.
    let value: String
  }

  struct Round: Encodable {
    let round: Int
    let step: Int
    let epoch: Double
    /// `nil` for what is not a number.
    let figures: [String: Double?]
    /// By class name.
    let iou: [String: Double?]
    let classes: ClassTable
    /// Pixels: rows are the truth, columns the prediction, in the order of the classes; `nil` where
    /// classes overlap.
    let confusion: [[UInt64]]?
    /// `nil` where they do not.
    let binaryConfusion: [BinaryConfusionTable.Row]?
    /// `nil` where they are not kept.
    let worstImages: WorstImages?
    let seconds: Double
    let attempt: Int
  }

  /// The worst first.
  struct WorstImages: Encodable {
    let rankedBy: String
    let images: [MetricHistory.RankedImage]
  }

  init(_ record: RunRecord) {
    (run, id, trial) = (record.name, record.id, record.hasSettings ? record.trial : nil)
    status = record.status.word
    cause = record.result?.cause
    damage = record.damage
    checkpoints = record.checkpoints
    attempts = record.attempts
    rounds = record.history.map { Self.rounds(of: $0) } ?? []
    bestRound = record.history?.best(of: record.trial.objective)?.round
    classNames = record.history?.classNames ?? []
    figureNames = record.history?.seriesNames ?? []
    settings = TrialSettings(complete: record).lines.map { Setting(path: $0.path, value: $0.text) }
  }

  private static func rounds(of history: MetricHistory) -> [Round] {
    history.rows.map { row in
      Round(
        round: row.round, step: row.step, epoch: row.epoch,
        figures: named(history.seriesNames, row.values), iou: named(history.classNames, row.iou),
        classes: ClassTable(row, of: history),
        confusion: history.classesOverlap
          ? nil : ConfusionTable(row.confusion, classes: history.classNames).counts,
        binaryConfusion: history.classesOverlap
          ? BinaryConfusionTable(row.confusion, classes: history.classNames).classes : nil,
        worstImages: history.worstImagesMetric.map {
          WorstImages(rankedBy: $0, images: row.worstImages)
        },
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
    var parts = [facts(style), style.bold("settings"), settingList(style)]
    if !rounds.isEmpty { parts += [style.bold("rounds"), roundTable(style)] }
    if let round = rounds.first(where: { $0.round == bestRound }) ?? rounds.last {
      parts += details(of: round, style)
    }
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
    let swept = (trial?.hyperparameters ?? []).map { "\($0.path) \($0.text)" }
    if !swept.isEmpty { list.add("swept", swept.joined(separator: "\n")) }
    list.add("seed", trial.map { "\($0.seed)" } ?? "–")
    list.add(
      "objective",
      trial.map {
        "\($0.objective.metric), \($0.objective.maximize ? "higher" : "lower") is better"
      } ?? "–")
    let overrides = (trial?.overrides ?? []).map { " --set \(ShellWord.quoted($0))" }.joined()
    list.add("spec", trial.map { $0.specName + overrides } ?? "–")
    return list.text(style: style)
  }

  private func settingList(_ style: Style) -> String {
    var list = FactList()
    for setting in settings { list.add(setting.path, setting.value) }
    return list.text(style: style)
  }

  /// What the best round, or the last, says of the validation data as a whole, of its classes and of
  /// its images.
  private func details(of round: Round, _ style: Style) -> [String] {
    guard !classNames.isEmpty else { return [] }
    let place = "round \(round.round)\(round.round == bestRound ? ", the best" : "")"
    var figures = FactList()
    for name in figureNames where name.hasPrefix("validation.") {
      figures.add(name, Units.decimals((round.figures[name] ?? nil) ?? .nan, 4))
    }
    var parts = [style.bold("figures, \(place)"), figures.text(style: style)]
    parts += [style.bold("classes, \(place)"), round.classes.text(style: style)]
    if let confusion = round.confusion {
      let matrix = ConfusionTable(confusion.flatMap { $0 }, classes: classNames)
      parts += [style.bold("confusion, \(place)"), matrix.text(style: style)]
    }
    if let confusion = round.binaryConfusion {
      let table = BinaryConfusionTable(classes: confusion)
      parts += [style.bold("confusion by class, \(place)"), table.text(style: style)]
    }
    if let worst = round.worstImages, !worst.images.isEmpty {
      var table = TableLayout([.init(worst.rankedBy, .right), .init("image")])
      table.remedy = Self.remedy
      for image in worst.images { table.add([Units.decimals(image.value, 4), image.name]) }
      parts += [style.bold("worst images, \(place)"), table.text(style: style)]
    }
    return parts
  }

  private static let remedy = "see all with --json, or in a wider terminal"

  private func roundTable(_ style: Style) -> String {
    let objective = trial?.objective.metric ?? ""
    var series = [
      ("training.loss", "training loss"), ("validation.loss", "validation loss"),
      ("validation.mean_iou", "mean IoU"), ("validation.mean_dice", "mean Dice"),
      ("validation.pixel_accuracy", "pixel accuracy"),
    ]
    if !series.contains(where: { $0.0 == objective }), figureNames.contains(objective) {
      series.append((objective, objective))
    }
    var table = TableLayout(
      [
        .init("round", .right), .init("step", .right, importance: 2),
        .init("epoch", .right, importance: 3),
      ]
        + series.enumerated().map { index, series in
          .init(
            series.1, .right, importance: series.0 == objective ? .max : 20 - index)
        } + [.init("time", .right, importance: 1)])
    table.remedy = Self.remedy
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
    table.remedy = Self.remedy
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
