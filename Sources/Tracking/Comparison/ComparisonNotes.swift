internal import Measurements

/// What a reader of a table must know besides its values.
struct ComparisonNotes {
  private(set) var notes: [String] = []

  init(
    _ rows: [ComparedRow], _ ranking: Ranking, _ request: ComparisonRequest,
    _ guards: FairnessGuards, replicates: String, shown: Set<String>
  ) {
    let runs = rows.flatMap(\.entries).map(\.run)
    if rows.contains(where: { !$0.measured.isEmpty }) {
      notes.append(statistic(rows, ranking, request, replicates))
      notes += selection(rows, ranking, request)
    }
    if case .values(let values) = request.grouping {
      notes += grouped(rows, values)
    }
    if runs.contains(where: { !$0.tests.isEmpty }) {
      notes.append(
        "values of other data than the validation data are those of each run's newest test that has them"
      )
      notes += repeatedTests(runs)
    }
    notes += rows.compactMap(\.missing)
    notes += guards.notes
    notes += unsharedSeeds(rows)
    notes += ends(runs, ranking)
    notes += absentClasses(rows)
    notes += runs.flatMap(notes(on:))
  }

  /// Which of a run's evaluations the values are of, and what the ± is.
  private func statistic(
    _ rows: [ComparedRow], _ ranking: Ranking, _ request: ComparisonRequest, _ replicates: String
  ) -> String {
    let objective = ranking.objective
    let isOverSeeds = rows.contains { $0.entries.count > 1 }
    var text =
      "values are those of each run's best evaluation, the first with the "
      + "\(objective.maximize ? "highest" : "lowest") \(objective.metric), chosen on the validation "
      + "data itself"
    guard isOverSeeds else { return text }
    switch request.spread {
    case .deviation:
      text += "; ± is the sample standard deviation over the n \(replicates) that finished"
    case .t:
      text += "; in brackets is Student's 95 % interval for the mean over the n \(replicates)"
    case .bca:
      text +=
        "; in brackets is the bootstrap's 95 % interval for the mean (bias corrected, accelerated), "
        + "where n is \(NumberCell.leastForBootstrap) or more"
    }
    return text
  }

  /// What choosing the best of many does to its value.
  private func selection(
    _ rows: [ComparedRow], _ ranking: Ranking, _ request: ComparisonRequest
  ) -> [String] {
    guard request.judge == nil else { return [] }
    var notes: [String] = []
    let metric = ranking.objective.metric
    let gains = rows.flatMap(\.measured).compactMap { entry -> (gain: Double, epochs: Int)? in
      guard let best = entry.best, let evaluations = entry.run.evaluations?.count,
        let last = entry.run.values.lastValue(of: metric), last.isFinite, evaluations > 1
      else { return nil }
      return (abs(best.value - last), evaluations)
    }
    let mean = gains.map(\.gain).mean
    if !gains.isEmpty, mean > 0 {
      let counts = gains.map(\.epochs)
      let range = NumberRanges.text([counts.min() ?? 0, counts.max() ?? 0])
        .replacing(", ", with: " or ")
      notes.append(
        "the best of \(range) evaluations, chosen on the images that it is measured on, is on average "
          + "\(DecimalText.significant(mean, digits: 2)) better than the last one; --by '\(metric) @ last' "
          + "does without the choice")
    }
    let points = rows.count { !$0.measured.isEmpty }
    let deviations = rows.compactMap { row -> Double? in
      guard let summary = row.objective, summary.count > 1 else { return nil }
      return summary.deviation.map { $0 / Double(summary.count).squareRoot() }
    }
    if points > 2, case .points = request.grouping, !deviations.isEmpty {
      let maximum = PairedPower.expectedMaximum(of: points)
      notes.append(
        "the best of \(points) points is chosen by the same values: were all equal, it would still "
          + "stand about \(DecimalText.fixed(maximum * deviations.median, decimals: 3)) above their mean; "
          + "seeds that are added after the choice give an honest value")
    }
    return notes
  }

  private func grouped(_ rows: [ComparedRow], _ values: [RunValue]) -> [String] {
    let paths = values.map(\.name)
    var others: [String] = []
    for row in rows {
      for parameter in row.entries.flatMap(\.run.hyperparameters)
      where !paths.contains(where: { parameter.path == $0 || parameter.path.hasSuffix("." + $0) })
        && !others.contains(parameter.path)
      {
        others.append(parameter.path)
      }
    }
    return others.isEmpty
      ? [] : ["each row is over all values of \(others.joined(separator: ", ")) that its runs have"]
  }

  private func repeatedTests(_ runs: [ComparedRun]) -> [String] {
    runs.compactMap { run in
      // Test sets of several names are several sets.
      let counts = Dictionary(grouping: run.tests, by: \.name).values.map(\.count)
      guard let times = counts.max(), times > 1 else { return nil }
      return
        "\(run.name) was tested \(times) times: a test set that is asked again and again chooses too"
    }
  }

  private func unsharedSeeds(_ rows: [ComparedRow]) -> [String] {
    let over = rows.filter { $0.measured.count > 1 }
    let seeds = over.map { row in Set(row.measured.map(\.run.seed)) }
    guard seeds.count > 1, let first = seeds.first, seeds.contains(where: { $0 != first }) else {
      return []
    }
    let shared = seeds.reduce(first) { $0.intersection($1) }.count
    return ["not every row has the same seeds: \(shared) are shared by all"]
  }

  /// Runs that ended before their planned end, or have not ended.
  private func ends(_ runs: [ComparedRun], _ ranking: Ranking) -> [String] {
    var notes: [String] = []
    let ends = runs.filter { $0.status != .pruned }.compactMap(\.earlyEnd)
    let asked = ends.count { $0.series == nil }
    let early = ends.count - asked
    for (count, end) in [
      (early, "stopped early, as training.early_stopping says"), (asked, "ended on request"),
    ] where count > 0 {
      notes.append(
        "\(count) \(count == 1 ? "run" : "runs") \(end): epochs are those done of those planned")
    }
    if early > 0, ends.contains(where: { $0.series == ranking.objective.metric }) {
      notes.append(
        "early stopping watched what the rows are ranked by, \(ranking.objective.metric)")
    }
    let pruned = runs.count { $0.status == .pruned }
    if pruned > 0 {
      notes.append(
        "\(pruned) \(pruned == 1 ? "run was" : "runs were") pruned before the planned end, and "
          + "\(pruned == 1 ? "ranks" : "rank") behind those that were not")
    }
    let running = runs.count { $0.status == .running }
    if running > 0 {
      notes.append("\(running) \(running == 1 ? "run is" : "runs are") still running")
    }
    return notes
  }

  /// Classes of which no labelled pixel is there to judge: they are left out of means over classes.
  private func absentClasses(_ rows: [ComparedRow]) -> [String] {
    var absent: Set<String> = []
    for entry in rows.flatMap(\.measured) {
      guard let row = entry.best?.row,
        let pixels = entry.run.evaluations?.series.first(where: {
          $0.name == "validation.class.pixels"
        })
      else { continue }
      for (place, name) in (pixels.axes.first?.labels ?? []).enumerated() {
        let column = HistoryColumn(pixels, place: place)
        if entry.run.values.value(of: column, inRow: row) == 0 { absent.insert(name) }
      }
    }
    guard !absent.isEmpty else { return [] }
    return [
      "no validation image shows \(absent.sorted().joined(separator: ", ")): left out of means over classes "
        + "where it is not predicted either"
    ]
  }

  private func notes(on run: ComparedRun) -> [String] {
    var notes: [String] = []
    if case .failed(let cause) = run.status { notes.append("\(run.name) failed: \(cause)") }
    if run.status == .damaged, run.damage.isEmpty { notes.append("\(run.name) is damaged") }
    notes += run.damage.map { "\(run.name) is damaged: \($0)" }
    return notes
  }
}
