internal import Measurements

extension ComparedRun {
  package init(_ run: RunRecord) {
    let evaluations = run.history.map { history in
      Evaluations(
        series: history.series, count: history.rows.count,
        epoch: history.rows.last?.point.epoch ?? 0, seconds: history.seconds)
    }
    self.init(
      run, status: run.status, failure: run.failure?.kind, damage: run.damage,
      trial: Trial(
        seed: run.trial.seed, replicate: run.trial.replicate, objective: run.trial.objective),
      texts: SpecTexts(run.trial), attempt: run.attempts.last.map { Attempt($0, of: run) },
      began: (run.attempts.first?.startedAt ?? "", run.attempts.last?.startedAt ?? ""),
      evaluations: evaluations,
      tests: run.tests.map { Test(name: $0.facts.name, series: $0.history.series) },
      earlyEnd: run.plannedEnd.map {
        EarlyEnd(plannedEpoch: $0.epoch, series: run.earlyStop?.series)
      }, values: run)
  }
}

extension ComparedRun.Attempt {
  init(_ attempt: ProvenanceRecord, of run: RunRecord) {
    func samples(_ list: String) -> Int? { attempt.data.first { $0.name == list }?.samples }
    self.init(
      host: attempt.host, version: attempt.build.version, executable: attempt.build.executable,
      instructionSet: attempt.machine.instructionSet, threads: attempt.threads,
      inputSize: attempt.input.map { "\($0.width) × \($0.height)" },
      trainingSamples: samples("train"), validationSamples: samples("validation"),
      validationDigest: run.validationDigest, sharedDigest: run.sharedDigest)
  }
}

extension RunRecord: RunMeasurements {
  package func best(of objective: Objective) -> BestEvaluation? { history?.best(of: objective) }

  package func value(of column: HistoryColumn, inRow row: Int) -> Double? {
    history?.measured(column, inRow: row)?[column.place ?? 0]
  }

  package func lastValue(of name: String) -> Double? { history?.values(of: name)?.last }

  package func tested(_ column: HistoryColumn) -> Double? {
    tests.lazy.reversed().compactMap { $0.history.measured(column, inRow: 0) }.first?[
      column.place ?? 0]
  }

  package func image(of column: HistoryColumn, inRow row: Int) -> String? {
    guard let place = column.place,
      let images = history?.measured(column, inRow: row)?.images, images.indices.contains(place)
    else { return nil }
    return images[place].name
  }

  package var record: RunRecord? { self }
}
