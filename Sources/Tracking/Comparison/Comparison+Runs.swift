extension Comparison {
  /// Lines runs up by the objective: a row for each point of the sweep, its values at each run's
  /// best evaluation.
  ///
  /// Rows without values come last. Runs that were validated on different data are not ranked among each
  /// other: they stand in groups, with a warning. Rows are tested against the best, or against the row
  /// that was named.
  ///
  /// - Parameter settings: those of a run with what its resolved spec leaves out.
  /// - Throws: ``ComparisonError``.
  package init(
    _ runs: [RunRecord], _ request: ComparisonRequest,
    settings: @escaping @Sendable (RunRecord) -> TrialSettings = { TrialSettings($0.trial) }
  ) throws(ComparisonError) {
    do {
      try self.init(checked: runs, request, settings)
    } catch let error as ComparisonError {
      throw error
    } catch let error as QueryError {
      throw .query(error)
    } catch {
      preconditionFailure("no such error: \(error)")
    }
  }

  /// The same with what a table has unless it is asked for something else.
  package init(
    _ runs: [RunRecord],
    settings: @escaping @Sendable (RunRecord) -> TrialSettings = { TrialSettings($0.trial) }
  ) {
    do {
      try self.init(runs, ComparisonRequest(), settings: settings)
    } catch {
      preconditionFailure("nothing was named: \(error)")
    }
  }

  /// The best of the runs by the objective, of those that were validated on the newest data; `nil`
  /// where none has a value.
  package static func best(of runs: [RunRecord]) -> RunRecord? { Ranking(runs).bests.first }

  private init(
    checked runs: [RunRecord], _ request: ComparisonRequest,
    _ settings: @escaping @Sendable (RunRecord) -> TrialSettings
  ) throws {
    let answers = ComparisonLayout.Answers(settings: settings)
    let judge = try request.judge.map { try Judge($0, runs, answers) }
    let ranking = Ranking(runs, judge: judge.map { ($0.higherIsBetter, $0.value) })
    var compared = ComparedRow.rows(of: ranking, request.grouping, answers: answers.text)
    if !request.order.isEmpty {
      compared = try RowOrder(request.order, runs, answers).sorted(compared)
    }
    var bests: Set<Int> = []
    let places = Objective.sorted(
      Array(compared.indices), maximize: ranking.maximize
    ) { compared[$0].objective?.mean }
    var isBest = Array(repeating: false, count: compared.count)
    for place in places where compared[place].objective != nil && compared[place].isSound {
      isBest[place] = bests.insert(ranking.data.group(of: compared[place].first)).inserted
    }
    let testing = RowTesting(compared, ranking, request, isBest: isBest)
    let baseline = try testing.baseline()
    let tests = testing.tests(against: baseline)
    let ranks = testing.ranks()
    let flags = compared.indices.map { index in
      RowFlags.flags(
        compared[index], isBest: isBest[index],
        isBaseline: baseline == Baseline(row: index, isChosen: true))
    }
    let layout = try ComparisonLayout(
      compared, ranking, request, answers, tests: tests, ranks: ranks, flags: flags)
    let shown = Set(layout.columns.map(\.column.name))
    let guards = FairnessGuards(
      runs, metric: ranking.objective.metric, shown: shown)
    self.init(columns: layout.columns.map(\.column), rows: [], warnings: guards.refusals)
    objective = judge?.judgement ?? Self.judgement(ranking)
    replicates = layout.replicates
    spread = request.spread
    equalColumns = layout.equal
    self.baseline = tests.contains { $0 != nil } ? baseline : nil
    rows = compared.indices.map { index in
      var row = Row(cells: layout.columns.map { $0.cells[index] }, isBest: isBest[index])
      let source = compared[index]
      row.runs = source.entries.map(\.run.place)
      row.measured = source.measured.map(\.run.place)
      row.label = layout.labels[index]
      row.objective = source.replicates(source.measured.map { $0.value ?? .nan })
      (row.test, row.rank, row.flags) = (tests[index], ranks[index], flags[index])
      return row
    }
    if let baseline = self.baseline {
      answer = Answer(
        rows, baseline: baseline, objective: objective,
        points: compared.count { !$0.measured.isEmpty })
    }
    notes =
      ComparisonNotes(
        compared, ranking, request, guards, replicates: replicates, shown: shown
      ).notes
    writeNumbers()
  }

  private static func judgement(_ ranking: Ranking) -> Judgement {
    let column = ranking.entries.lazy.compactMap {
      $0.run.history?.column(ranking.objective.metric)
    }.first
    return Judgement(
      name: ranking.objective.metric, title: column?.header ?? ranking.objective.metric,
      higherIsBetter: ranking.objective.maximize)
  }
}

/// What cannot be compared as it was asked.
package enum ComparisonError: Error, Sendable {
  case query(QueryError)
  /// The runs of the baseline are not those of one row; how many rows they are of.
  case baseline(rows: Int)
}

/// A value that rows are ranked by instead of the objective.
private struct Judge {
  let judgement: Comparison.Judgement
  let higherIsBetter: Bool
  let value: (RunRecord) -> Double?

  init(
    _ value: RunValue, _ runs: [RunRecord], _ answers: ComparisonLayout.Answers
  ) throws(QueryError) {
    let names = RunNames(runs)
    try names.check(value)
    let column = names.column(named: value.name)
    let objective = runs.first(where: \.hasSettings)?.trial.objective
    higherIsBetter = column?.direction(objective) ?? false
    self.value = { run in answers.answer(run, value).number }
    judgement = Comparison.Judgement(
      name: value.description, title: value.description, higherIsBetter: higherIsBetter)
  }
}

/// Another order of the rows than that of the objective.
private struct RowOrder {
  private let keys: [ComparisonRequest.SortKey]
  private let isDescending: [Bool]
  private let answers: ComparisonLayout.Answers

  init(
    _ keys: [ComparisonRequest.SortKey], _ runs: [RunRecord], _ answers: ComparisonLayout.Answers
  ) throws(QueryError) {
    (self.keys, self.answers) = (keys, answers)
    let names = RunNames(runs)
    let objective = runs.first(where: \.hasSettings)?.trial.objective
    for key in keys { try names.check(key.value) }
    // The best comes first where a direction is the better one, else the lowest.
    isDescending = keys.map { key in
      (names.column(named: key.value.name)?.direction(objective) ?? false) != key.isReversed
    }
  }

  func sorted(_ rows: [ComparedRow]) -> [ComparedRow] {
    let keyed = rows.enumerated().map { index, row in
      (index, row, keys.map { key(of: row, $0.value) })
    }
    return keyed.sorted { left, right in
      for (index, isDescending) in isDescending.enumerated() {
        if let isFirst = left.2[index].precedes(right.2[index], isDescending) { return isFirst }
      }
      return left.0 < right.0
    }.map(\.1)
  }

  private func key(of row: ComparedRow, _ value: RunValue) -> Key {
    let entries = row.measured.isEmpty ? row.entries : row.measured
    let found = entries.map { answers.answer($0.run, value) }
    if let mean = SampleSummary(found.compactMap(\.number))?.mean { return .number(mean) }
    return found.first { !$0.isMissing }.map { .text($0.text()) } ?? .missing
  }

  private enum Key {
    case number(Double)
    case text(String)
    case missing

    /// `nil` where the two are equal.
    func precedes(_ other: Key, _ isDescending: Bool) -> Bool? {
      switch (self, other) {
      case (.number(let left), .number(let right)):
        left == right ? nil : (left < right) != isDescending
      case (.text(let left), .text(let right)):
        left == right ? nil : (left < right) != isDescending
      case (.missing, .missing): nil
      case (.missing, _): false
      case (_, .missing): true
      case (.number, .text): true
      case (.text, .number): false
      }
    }
  }
}
