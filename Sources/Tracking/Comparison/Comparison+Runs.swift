extension Comparison {
  /// Lines runs up by the objective: a row for each point of the sweep, its values at each run's
  /// best evaluation.
  ///
  /// Rows without values come last. Runs that were validated on different data are not ranked among each
  /// other: they stand in groups, with a warning. Rows are tested against the best, or against the row
  /// that was named.
  ///
  /// - Parameter complete: adds to the settings of a run what its resolved spec leaves out.
  /// - Throws: ``ComparisonError``.
  package init<Run: ComparisonSource>(
    _ runs: [Run], _ request: ComparisonRequest,
    completing complete: @escaping @Sendable (TrialSettings) -> TrialSettings = { $0 }
  ) throws(ComparisonError) {
    do {
      let compared = parallelMap(runs, \.compared)
      try self.init(compared, request, ComparisonAnswers(runs, completing: complete))
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
    completing complete: @escaping @Sendable (TrialSettings) -> TrialSettings = { $0 }
  ) {
    do {
      try self.init(runs, ComparisonRequest(), completing: complete)
    } catch {
      preconditionFailure("nothing was named: \(error)")
    }
  }

  /// The best of the runs by the objective, of those that were validated on the newest data; `nil`
  /// where none has a value.
  package static func best(of runs: [RunRecord]) -> RunRecord? {
    Ranking(runs).bests.first?.values.record
  }

  private init(
    _ runs: [ComparedRun], _ request: ComparisonRequest, _ answers: ComparisonAnswers
  ) throws {
    answers.prepare(request.values, of: runs)
    let judge = try request.judge.map { try ComparisonJudge($0, runs, answers) }
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
      $0.run.evaluations?.series.column(exactly: ranking.objective.metric)
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
