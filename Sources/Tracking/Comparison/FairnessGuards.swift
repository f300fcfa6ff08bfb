internal import Measurements

/// Whether runs may be ranked among each other, and what must be said where they are.
struct FairnessGuards {
  /// Why they must not be, a sentence each.
  private(set) var refusals: [String] = []
  /// What differs between them without forbidding it, a sentence each.
  private(set) var notes: [String] = []

  /// - Parameters:
  ///   - shown: names of the columns that a reader sees: what they say needs no note.
  ///   - metric: the series that rows are ranked by.
  init(
    _ runs: [ComparedRun], metric: String, shown: Set<String>
  ) {
    let known = runs.filter(\.hasSettings)
    let resolved = known.map { RunSettings(root: $0.settings.whole) }
    refusals += ValidationSummary(known).warning.map { [$0] } ?? []
    // What other programs call a setting is not what it is called here.
    let imported = known.filter(\.isImported)
    if !imported.isEmpty, imported.count < known.count {
      notes.append(
        "\(imported.count) of these runs were imported: what they were judged on, and how, is not known"
      )
    }
    let own = zip(known, resolved).filter { !$0.0.isImported }.map(\.1)
    refuse("the ignored labels", own) { $0.value(at: ["data", "ignore"])?.text() }
    refuse("the rules for classes that are absent", own) {
      $0.value(at: ["evaluation", "absent_classes"])?.text() ?? "cityscapes"
    }
    let objectives = Set(known.map(\.objective).filter { $0.metric == metric })
    if objectives.count > 1 {
      refusals.append("\(metric) is to be high in some of these runs and low in others")
    }
    for (name, warning) in MetricSettings(known).warnings + Self.versions(runs) {
      // What the rows are ranked by decides; another column is a note.
      if metric.split(separator: ".").last.map(String.init) == name {
        refusals.append(warning)
      } else {
        notes.append(warning)
      }
    }
    let chosen = Set(known.map(\.objective.metric))
    if chosen.count > 1 {
      notes.append(
        "the best evaluation of the runs was chosen by different series: "
          + chosen.sorted().joined(separator: ", "))
    }
    for difference in Self.differences where !difference.isShown(in: shown) {
      note(difference.what, zip(known, resolved).map { difference.value($0, $1) })
    }
  }

  /// The metrics of the validation data that runs have by several definitions, and what is said of each.
  private static func versions(_ runs: [ComparedRun]) -> [(name: String, warning: String)] {
    var versions: [String: [Int]] = [:]
    let prefix = SeriesDescription.validation + "."
    for series in runs.flatMap({ $0.evaluations?.series ?? [] })
    where series.isScalar && series.name.hasPrefix(prefix) {
      versions[String(series.name.dropFirst(prefix.count)), default: []].append(series.version)
    }
    return versions.sorted { $0.key < $1.key }.compactMap { name, versions in
      let parts = parts(versions.map { "version \($0)" })
      guard parts.count > 1 else { return nil }
      return (
        name,
        "\(name) was measured by several of its definitions (\(parts.joined(separator: "; "))), so its values "
          + "cannot be compared: evaluate measures those of older records anew"
      )
    }
  }

  private struct Difference: Sendable {
    let what: String
    /// The columns that would show it.
    let columns: [String]
    let value: @Sendable (ComparedRun, RunSettings) -> String?

    func isShown(in columns: Set<String>) -> Bool { self.columns.contains { columns.contains($0) } }
  }

  /// - Parameter fallback: what a spec that does not say it means.
  private static func setting(
    _ what: String, _ path: String, fallback: String? = nil
  ) -> Difference {
    Difference(what: what, columns: [path]) { _, settings in
      settings.value(at: path.split(separator: ".").map(String.init))?.text() ?? fallback
    }
  }

  private static let differences: [Difference] = [
    Difference(what: "the size of the input", columns: ["data.size"]) { run, _ in
      run.attempt?.inputSize
    },
    Difference(what: "the budget of epochs", columns: []) { run, settings in
      run.earlyEnd.map { EvaluationPoint.epochText($0.plannedEpoch) }
        ?? settings.value(at: ["training", "epochs"])?.text()
    },
    setting("the budget of iterations", "training.iterations"),
    setting("the batch size", "training.batch_size"),
    setting("the precision of training", "training.precision"),
    setting("test-time augmentation", "evaluation.test_time_augmentation", fallback: "none"),
    setting("what is done to predictions", "evaluation.postprocessing", fallback: "nothing"),
    Difference(what: "the build of the program", columns: ["build", "version"]) { run, _ in
      run.attempt.map { "\($0.version) (\($0.executable.prefix(8)))" }
    },
    Difference(what: "the number of threads", columns: ["threads"]) { run, _ in
      run.attempt.map { "\($0.threads)" }
    },
    Difference(what: "the instruction set", columns: ["instruction_set"]) { run, _ in
      run.attempt?.instructionSet
    },
    Difference(what: "the computer, and with it the time,", columns: ["host"]) { run, _ in
      run.attempt?.host
    },
  ]

  private mutating func refuse(
    _ what: String, _ settings: [RunSettings], _ value: (RunSettings) -> String?
  ) {
    let parts = Self.parts(settings.map(value))
    guard parts.count > 1 else { return }
    refusals.append(
      "\(what) of these runs differ (\(parts.joined(separator: "; "))), so their values cannot be compared"
    )
  }

  private mutating func note(_ what: String, _ values: [String?]) {
    let parts = Self.parts(values)
    guard parts.count > 1 else { return }
    notes.append("\(what) differs: \(parts.joined(separator: "; "))")
  }

  /// `2: 6 runs`, the most frequent first; runs of which it is not known count for none.
  private static func parts(_ values: [String?]) -> [String] {
    var counts: [String: Int] = [:]
    for value in values.compactMap({ $0 }) { counts[value, default: 0] += 1 }
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let shown = sorted.prefix(4).map { "\($0.key): \($0.value) run\($0.value == 1 ? "" : "s")" }
    return sorted.count > 4 ? shown + ["and \(sorted.count - 4) more"] : shown
  }
}
