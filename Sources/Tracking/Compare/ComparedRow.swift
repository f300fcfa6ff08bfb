/// The runs behind one row of a table: a single run, or the seeds of a point.
struct ComparedRow {
  /// At least one, by trial number.
  let entries: [Ranking.Entry]
  /// Those whose figures count: of several seeds only the sound ones.
  let measured: [Ranking.Entry]
  let settings: TrialSettings

  init(_ entries: [Ranking.Entry]) {
    self.entries = entries.sorted { $0.run.place < $1.run.place }
    measured = self.entries.filter {
      $0.best != nil && (entries.count == 1 || !$0.run.isDamaged)
    }
    settings = TrialSettings(self.entries[0].run.trial)
  }

  /// - Parameter each: a row for every run, also where a point has several seeds.
  /// - Returns: the rows from the best to the worst.
  static func rows(of ranking: Ranking, each: Bool) -> [ComparedRow] {
    guard !each else { return ranking.entries.map { ComparedRow([$0]) } }
    var order: [PointIdentity] = []
    var points: [PointIdentity: [Ranking.Entry]] = [:]
    for entry in ranking.entries {
      let point = PointIdentity(entry.run)
      if points[point] == nil { order.append(point) }
      points[point, default: []].append(entry)
    }
    let rows = order.compactMap { points[$0].map(ComparedRow.init) }
    return ranking.objective.sorted(rows) { $0.objective?.mean }
  }

  /// Any of the runs, for what all of them share.
  var first: RunRecord { entries[0].run }

  var objective: SeedStatistics? {
    SeedStatistics(measured.compactMap { $0.best?.value })
  }

  /// Whether the row may be called the best.
  var isSound: Bool { measured.contains { !$0.run.isDamaged } }

  /// A series at each run's own best round; NaN where a run lacks it.
  func values(of series: String) -> [Double] {
    measured.map { entry in
      guard let row = entry.best?.row, let values = entry.run.history?.series(series) else {
        return .nan
      }
      return values[row]
    }
  }

  /// The value of a path as the sweep writes it, or else as the trial was trained with; missing
  /// where the spec has no such path.
  func hyperparameter(_ path: String) -> ComparisonTable.Cell {
    let swept = first.trial.hyperparameters.first { $0.path == path }?.text
    return (swept ?? settings.values[path]).map { .written($0) } ?? .missing
  }

  var bestRounds: [Int] { measured.compactMap { $0.best?.round } }

  /// Rounds done, of the runs that have a history.
  var rounds: [Int] { entries.compactMap { $0.run.history?.rows.count } }

  /// Seconds of training and evaluation over all rounds, of the runs that have a history.
  var seconds: [Double] {
    entries.compactMap { entry in
      entry.run.history?.rows.reduce(0) { $0 + $1.trainingSeconds + $1.evaluationSeconds }
    }
  }

  /// `finished`, or `2 finished, 1 failed`; `finished, damaged` for a run that ended well and was
  /// damaged later.
  var status: String {
    guard entries.count > 1 else {
      let word = first.status.word
      return first.isDamaged && first.status != .damaged ? "\(word), damaged" : word
    }
    var counts: [(word: String, count: Int)] = []
    for entry in entries {
      let word = entry.run.isDamaged ? RunStatus.damaged.word : entry.run.status.word
      if let index = counts.firstIndex(where: { $0.word == word }) {
        counts[index].count += 1
      } else {
        counts.append((word, 1))
      }
    }
    guard counts.count > 1 else { return counts[0].word }
    return counts.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
  }
}

extension RunStatus {
  /// As tables show it.
  var word: String {
    switch self {
    case .waiting: "waiting"
    case .running: "running"
    case .finished: "finished"
    case .interrupted: "interrupted"
    case .failed: "failed"
    case .damaged: "damaged"
    }
  }
}
