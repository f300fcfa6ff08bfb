import Tracking

/// What `verify` has found of a results folder.
struct VerificationReport: Encodable {
  private(set) var runs: [VerifiedRun] = []
  private(set) var experiments: [Experiment] = []
  /// What setting the broken files aside does, a line for each run; empty where it is not asked for.
  private(set) var repairs: [Repair] = []

  /// The files of an experiment that belong to no run.
  struct Experiment: Encodable {
    let experiment: String
    let damage: [VerifiedRun.Damage]
  }

  struct Repair: Encodable {
    let run: String
    /// Paths in the run's folder; `.` for all of it.
    let files: [String]
    let outcomes: [String]
  }

  mutating func add(_ run: VerifiedRun) { runs.append(run) }

  mutating func add(_ findings: [RunFinding], of experiment: String) {
    guard !findings.isEmpty else { return }
    experiments.append(
      Experiment(
        experiment: experiment,
        damage: findings.map {
          VerifiedRun.Damage(
            file: $0.file, reason: $0.reason, expected: $0.expected, found: $0.found, part: nil)
        }))
  }

  mutating func add(_ repair: RunRepair) {
    repairs.append(
      Repair(run: repair.run.name, files: repair.files, outcomes: repair.outcomes))
  }

  var isSound: Bool { experiments.isEmpty && runs.allSatisfy { $0.status == .sound } }

  func text(style: Style = .output, width: Int? = Screen.outputWidth) -> String {
    var parts = runs.filter { $0.status != .sound }.map { $0.text(style: style, width: width) }
    for experiment in experiments {
      var list = FactList()
      for damage in experiment.damage { list.add(damage.file, damage.reason) }
      parts.append(
        style.bold(experiment.experiment.printable) + "  " + style.red("damaged") + "\n"
          + list.text(style: style, width: width))
    }
    parts.append(TextWidth.wrapped(summary, to: width ?? .max).joined(separator: "\n"))
    return parts.joined(separator: "\n\n")
  }

  /// `12 runs, 96 files, 1.4 GB: 11 sound, 1 damaged; 2 keep no weights`
  private var summary: String {
    let (files, bytes) = runs.reduce((0, 0)) { ($0.0 + $1.files, $0.1 + $1.bytes) }
    let counts = [VerifiedRun.Status.sound, .damaged, .newer].compactMap { status in
      let count = runs.count { $0.status == status }
      guard count > 0 else { return nil as String? }
      let words = status == .newer ? "of a later version" : status.rawValue
      return "\(Units.count(count)) \(words)"
    }
    let dropped = runs.count { !$0.droppedWeights.isEmpty }
    let note =
      dropped == 0
      ? "" : "; \(Units.count(dropped)) without weights that a reproduction makes again"
    return
      "\(Units.count(runs.count, "run")), \(Units.count(files, "file")), \(Units.bytes(bytes)): "
      + counts.joined(separator: ", ") + note
  }

  /// What setting aside would do, a line for each run.
  func repairText(width: Int?) -> String {
    let lines = repairs.map { repair in
      let what = repair.files == ["."] ? "the whole run" : repair.files.joined(separator: ", ")
      return (["  \(repair.run): \(what)"] + repair.outcomes).joined(separator: "; ").printable
    }
    let plans = experiments.map { experiment in
      "  \(experiment.experiment): \(experiment.damage.map(\.file).joined(separator: ", "))"
        .printable
    }
    return (lines + plans).flatMap { TextWidth.wrapped($0, to: width ?? .max) }
      .joined(separator: "\n")
  }
}
