import Measurements
import Tracking
internal import Training

/// Everything that is recorded about a run, for people and for machines.
struct RunDescription: Encodable {
  let run: String
  let id: String
  let status: String
  /// `nil` where it is none of a kind that is told apart.
  let failure: FailureRecord?
  let cause: String?
  /// `nil` where the run did not end before its planned end.
  let stoppedEarly: EarlyStopRecord?
  /// `nil` where its sweep did not give it up.
  let pruned: PruningRecord?
  let damage: [String]
  /// What a person has said of the run.
  let labels: RunLabels
  /// The tags of the spec and the run's own.
  let tags: [String]
  /// Why the labels cannot be read.
  let labelsDamage: String?
  /// `nil` where it cannot be read.
  let trial: TrialRecord?
  /// What was measured in every evaluation.
  let series: [SeriesDescription]
  let evaluations: [Evaluation]
  /// The evaluation that the objective likes best; `nil` where none has a value of it.
  let bestEvaluation: EvaluationPoint?
  let checkpoints: [CheckpointRecord]
  /// Those whose weights are not kept any more; their digests are.
  let droppedWeights: [String]
  /// What the run was found to be after its training.
  let tests: [Test]
  let attempts: [ProvenanceRecord]
  /// What the attempts took of their machines.
  let system: [System]
  /// What the run began with; `nil` where that was drawn.
  let weights: WeightsRecord?
  /// Every setting of the spec that decides results, defaults included, in the order of a spec.
  let settings: [Setting]

  struct System: Encodable {
    let attempt: Int
    let peakBytes: Int?
    /// Cores' worth of time, on average.
    let cores: Double?
    let samples: [SystemHistory.Sample]
  }

  struct Setting: Encodable {
    let path: String
    /// As a spec writes it.
    let value: String
  }

  struct Test: Encodable {
    let facts: TestRecord.Facts
    /// By the name of the series.
    let values: [String: MeasuredJSON]
  }

  struct Evaluation: Encodable {
    let step: Int
    let epoch: Double
    /// By the name of the series.
    let values: [String: MeasuredJSON]
    let seconds: Double
    let attempt: Int
  }

  /// The record as it was read, for the tables.
  private let history: MetricHistory?
  private let testHistories: [MetricHistory]
  private let systemHistories: [SystemHistory]

  private enum CodingKeys: String, CodingKey {
    case run, id, status, failure, cause, stoppedEarly, pruned, damage, labels, tags, labelsDamage,
      trial,
      series,
      evaluations, bestEvaluation
    case checkpoints, droppedWeights, tests, attempts, system, settings
  }

  /// - Parameter histories: what its attempts took of their machines.
  init(_ record: RunRecord, system histories: [SystemHistory] = []) {
    systemHistories = histories
    system = histories.map {
      System(attempt: $0.attempt, peakBytes: $0.peakBytes, cores: $0.cores, samples: $0.samples)
    }
    (run, id, trial) = (record.name, record.id, record.hasSettings ? record.trial : nil)
    status = record.status.word
    failure = record.failure
    cause = record.result?.cause
    stoppedEarly = record.earlyStop
    pruned = record.pruning
    damage = record.damage
    (labels, tags, labelsDamage) = (record.labels, record.tags, record.labelsDamage)
    checkpoints = record.checkpoints
    droppedWeights = record.checkpoints.filter(record.isDropped).map(\.name)
    attempts = record.attempts
    weights = record.weights
    history = record.history
    testHistories = record.tests.map(\.history)
    tests = record.tests.map { test in
      Test(
        facts: test.facts, values: MeasuredJSON.values(of: test.history.rows[0], in: test.history))
    }
    series = record.history?.series ?? []
    evaluations = record.history.map { Self.evaluations(of: $0) } ?? []
    bestEvaluation = record.history?.best(of: record.trial.objective)?.point
    settings = TrialSettings(complete: record).lines.map { Setting(path: $0.path, value: $0.text) }
  }

  private static func evaluations(of history: MetricHistory) -> [Evaluation] {
    history.rows.map { row in
      Evaluation(
        step: row.step, epoch: row.point.epoch, values: MeasuredJSON.values(of: row, in: history),
        seconds: history.seconds(of: row), attempt: row.attempt)
    }
  }
}

extension OriginRecord {
  fileprivate func add(to list: inout FactList) {
    list.add("imported", "from \(tool), \(source)")
    list.add(
      "there", [group, name, name == run ? nil : run].compactMap(\.self).joined(separator: ", "))
    if let startedAt { list.add("began", startedAt + (endedAt.map { ", ended \($0)" } ?? "")) }
    for (name, text) in facts.sorted(by: { $0.key < $1.key }) { list.add(name, text) }
    for sentence in leftOut { list.add("left out", sentence) }
  }
}

extension WeightsRecord {
  /// `vgg16.caffemodel, 26 of 52 tensors taken, 26 new`
  fileprivate var summary: String {
    let taken = takenCount
    let new = entries.count - taken
    return "\(name), \(taken) of \(Units.count(entries.count, "tensor")) taken"
      + (new > 0 ? ", \(Units.count(new)) new" : "")
      + (leftOut.isEmpty ? "" : ", \(Units.count(leftOut.count)) of the file left out")
  }
}

extension RunDescription {
  /// Facts, evaluations, checkpoints, attempts, each under its heading.
  func text(style: Style) -> String {
    var parts = [facts(style), style.bold("settings"), settingList(style)]
    if let history, !history.rows.isEmpty {
      parts += EvaluationTables(history, objective: trial?.objective, best: bestEvaluation)
        .parts(style)
    }
    if !checkpoints.isEmpty { parts += [style.bold("checkpoints"), checkpointTable(style)] }
    for (test, history) in zip(tests, testHistories) {
      parts += [style.bold("test \(test.facts.number)"), Self.test(test.facts, history, style)]
    }
    for attempt in attempts {
      parts += [style.bold("attempt \(attempt.attempt)"), Self.provenance(attempt, style)]
      if let history = systemHistories.first(where: { $0.attempt == attempt.attempt }) {
        parts.append(SystemSummary(history).text(style: style))
      }
    }
    return parts.joined(separator: "\n\n")
  }

  private func facts(_ style: Style) -> String {
    var list = FactList()
    list.add("run", run)
    list.add("id", id)
    list.add("status", status)
    if let failure { list.add("failure", "\(failure)") }
    if let cause { list.add("cause", cause) }
    if let origin = trial?.origin { origin.add(to: &list) }
    if let stoppedEarly { list.add("ended", "\(stoppedEarly)") }
    if let pruned { list.add("ended", "\(pruned)") }
    for problem in damage { list.add("damaged", problem) }
    if let name = labels.name { list.add("name", name) }
    if !tags.isEmpty { list.add("tags", tags.joined(separator: ", ")) }
    if !labels.note.isEmpty { list.add("note", labels.note) }
    if let labelsDamage { list.add("labels", "damaged: \(labelsDamage)") }
    if !droppedWeights.isEmpty {
      list.add(
        "not kept",
        "the weights \(droppedWeights.joined(separator: " and ")); put back by: experiments reproduce \(run)"
      )
    }
    let swept = (trial?.hyperparameters ?? []).map { "\($0.path) \($0.text)" }
    if !swept.isEmpty { list.add("swept", swept.joined(separator: "\n")) }
    list.add("seed", trial.map { "\($0.seed)" } ?? "–")
    list.add(
      "objective",
      trial.map {
        "\($0.objective.metric), \($0.objective.maximize ? "higher" : "lower") is better"
      } ?? "–")
    let overrides = (trial?.overrides ?? []).map { " --set \(ShellWord.quoted($0))" }.joined()
    if trial?.origin == nil { list.add("spec", trial.map { $0.specName + overrides } ?? "–") }
    if let weights { list.add("weights", weights.summary) }
    return list.text(style: style)
  }

  private func settingList(_ style: Style) -> String {
    var list = FactList()
    for setting in settings { list.add(setting.path, setting.value) }
    return list.text(style: style)
  }

  /// What was judged and the numbers that sum it up.
  private static func test(
    _ facts: TestRecord.Facts, _ history: MetricHistory, _ style: Style
  ) -> String {
    var list = FactList()
    list.add("started", facts.startedAt)
    if let members = facts.members { list.add("runs", members.names) }
    list.add("weights", "\(facts.checkpoint.name), \(facts.checkpoint.evaluation)")
    let samples = facts.data.first.map { Units.count($0.samples, "sample") } ?? ""
    list.add("data", "\(facts.list ?? "the run's own validation data"), \(samples)")
    if let pixel = facts.pixelSize {
      list.add("pixels", "\(pixel) where their files do not say it")
    }
    if !facts.overrides.isEmpty { list.add("set", facts.overrides.joined(separator: "\n")) }
    for (series, values) in zip(history.series, history.rows[0].values) where series.isScalar {
      list.add(series.title, series.text(of: values[0]))
    }
    return list.text(style: style)
  }

  private static let remedy = "see all with --json, or in a wider terminal"

  private func checkpointTable(_ style: Style) -> String {
    var table = TableLayout([
      ("name", .left), ("epoch", .right), ("file", .left), ("size", .right), ("SHA-256", .left),
    ])
    table.remedy = Self.remedy
    for checkpoint in checkpoints {
      table.add([
        checkpoint.name, checkpoint.evaluation.epochText, checkpoint.file,
        droppedWeights.contains(checkpoint.name) ? "not kept" : Units.bytes(checkpoint.bytes),
        String(checkpoint.sha256.prefix(16)),
      ])
    }
    return table.text(style: style)
  }

  private static func provenance(_ attempt: ProvenanceRecord, _ style: Style) -> String {
    var list = FactList()
    list.add("started", "\(attempt.startedAt) on \(attempt.host)")
    if let evaluation = attempt.resumedAfter { list.add("after", "\(evaluation)") }
    let build = attempt.build
    list.add(
      "build",
      "\(build.version), \(build.configuration), \(build.compiler), \(build.executable.prefix(16))")
    let machine = attempt.machine
    list.add(
      "machine",
      "\(machine.processor), \(Units.count(machine.cores, "core")), \(machine.instructionSet)")
    list.add("system", "\(machine.kernel), \(machine.libc)")
    list.add(
      "threads", "\(attempt.threads)" + (attempt.ranks.map { " on each of \($0) ranks" } ?? ""))
    for library in attempt.libraries { list.add(library.name, library.version) }
    if let voxels = attempt.voxels { list.add("voxels", voxels) }
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
