internal import Measurements

/// The runs behind one row of a table: a single run, the seeds of a point, or all that answer alike.
struct ComparedRow {
  /// At least one, by trial number.
  let entries: [Ranking.Entry]
  /// Those whose values count: of several seeds only the sound ones that finished, since a mean
  /// over those too that diverged or were stopped is that of nothing.
  let measured: [Ranking.Entry]
  /// What the runs were put together by; empty for runs and points.
  let answers: [String]

  init(_ entries: [Ranking.Entry], answers: [String] = []) {
    self.entries = entries.sorted { $0.run.listingOrder < $1.run.listingOrder }
    self.answers = answers
    measured = self.entries.filter { entry in
      entry.value != nil && (entries.count == 1 || entry.run.isWhole)
    }
  }

  /// - Parameter answers: of a run to the values that rows are made by.
  /// - Returns: the rows from the best to the worst, those of the newest data first.
  static func rows(
    of ranking: Ranking, _ grouping: ComparisonRequest.Grouping,
    answers: (ComparedRun, RunValue) -> String
  ) -> [ComparedRow] {
    let rows: [ComparedRow]
    switch grouping {
    case .runs: return ranking.entries.map { ComparedRow([$0]) }
    case .points:
      rows = grouped(ranking.entries) { PointIdentity($0.run) }
        .flatMap { PointIdentity.rows($0, ranking.data).map { ComparedRow($0) } }
    case .values(let values):
      rows = grouped(ranking.entries) { entry in
        [ranking.data.areSeveral ? ranking.data.label(of: entry.run) : ""]
          + values.map { answers(entry.run, $0) }
      }.map { entries in
        ComparedRow(entries, answers: values.map { answers(entries[0].run, $0) })
      }
    }
    let known = rows.filter(\.first.hasSettings)
    let sorted = Objective.sorted(
      known, maximize: ranking.maximize, behind: \.prunedEpochs
    ) { $0.objective?.mean }
    return ranking.data.sorted(sorted) { $0.first } + rows.filter { !$0.first.hasSettings }
  }

  private static func grouped<Key: Hashable>(
    _ entries: [Ranking.Entry], by key: (Ranking.Entry) -> Key
  ) -> [[Ranking.Entry]] {
    var places: [Key: Int] = [:]
    var groups: [[Ranking.Entry]] = []
    for entry in entries {
      let key = key(entry)
      if let place = places[key] {
        groups[place].append(entry)
      } else {
        places[key] = groups.count
        groups.append([entry])
      }
    }
    return groups
  }

  /// Any of the runs, for what all of them share: one whose data is known where there is one.
  var first: ComparedRun {
    (measured.first ?? entries.first { $0.run.validationDigest != nil } ?? entries[0]).run
  }

  var objective: SampleSummary? { SampleSummary(measured.lazy.compactMap(\.value)) }

  /// The epochs of a row of a pruned run; `nil` of other rows.
  var prunedEpochs: Double? { measured.count == 1 ? measured[0].run.prunedEpochs : nil }

  /// True where the row may be called the best.
  var isSound: Bool { measured.contains { !$0.run.isDamaged && $0.run.status != .pruned } }

  /// A column at each run's own best evaluation, or in its newest test that has it; NaN where a run
  /// lacks it.
  func values(of column: HistoryColumn) -> [Double] {
    measured.map { entry in
      let values = entry.run.values
      return entry.best.flatMap { values.value(of: column, inRow: $0.row) }
        ?? values.tested(column) ?? .nan
    }
  }

  /// Values of the measured runs, in their order, with their seeds.
  func replicates(_ values: [Double]) -> ReplicateValues {
    ReplicateValues(
      zip(measured, values).map { entry, value in
        ReplicateValues.Entry(
          run: entry.run.place, seed: entry.run.seed, fold: entry.run.fold, value: value)
      })
  }

  /// Why there is no measured value in the row.
  var absence: Comparison.Absence {
    let statuses = entries.map(\.run.soundStatus)
    if statuses.contains(where: { $0 == .running || $0 == .waiting }) { return .stillRunning }
    let ends = Set(statuses.filter { $0 != .finished }.map(\.word))
    return ends.isEmpty ? .notRecorded : .ended(ends.sorted().joined(separator: ", "))
  }

  /// The values that the row is judged by, by what they are paired by.
  ///
  /// - Parameter grouped: the paths that rows of several points were put together by; `nil` where every row
  ///   is of one point.
  func pairedValues(grouped: Set<String>?) -> RowTests.Values {
    var values: RowTests.Values = [:]
    for entry in measured {
      guard let value = entry.value, value.isFinite else { continue }
      let settings = grouped.map { paths in
        entry.run.hyperparameters.filter {
          !paths.contains($0.path) && $0.path != TrialRecord.foldPath
        }
      }
      values[
        ReplicateKey(
          seed: entry.run.seed, fold: entry.run.fold, settings: settings ?? [])] = value
    }
    return values
  }

  /// The image that a column of ranked images is of, at the best evaluation of a single run.
  func image(of column: HistoryColumn) -> String? {
    guard measured.count == 1, let entry = measured.first, let row = entry.best?.row else {
      return nil
    }
    return entry.run.values.image(of: column, inRow: row)
  }

  var bestEpochs: [Double] { measured.compactMap { $0.best?.point.epoch } }

  /// Epochs done, of the runs that have a history.
  var epochs: [Double] {
    entries.compactMap { $0.run.evaluations?.epoch }
  }

  /// The epochs that were planned, where a run ended before: seeds of a point have the same plan.
  var plannedEpochs: Double? { entries.lazy.compactMap(\.run.earlyEnd?.plannedEpoch).first }

  /// Seconds of training and evaluation, of the runs that have a history.
  var seconds: [Double] { entries.compactMap { $0.run.evaluations?.seconds } }

  /// `finished`, or `2 finished, 1 failed`; `finished, damaged` for a run that ended well and was
  /// damaged later.
  var status: String {
    guard entries.count > 1 else {
      let word = first.statusWord
      return first.isDamaged && first.status != .damaged ? "\(word), damaged" : word
    }
    var counts: [(word: String, count: Int)] = []
    for entry in entries {
      let word = entry.run.isDamaged ? RunStatus.damaged.word : entry.run.statusWord
      if let index = counts.firstIndex(where: { $0.word == word }) {
        counts[index].count += 1
      } else {
        counts.append((word, 1))
      }
    }
    guard counts.count > 1 else { return counts[0].word }
    return counts.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
  }

  /// Which of several seeds the mean is without, and why; `nil` where it is of all.
  var missing: String? {
    let counted = Set(measured.map(\.run.place))
    let left = entries.map(\.run).filter { !counted.contains($0.place) }
    guard entries.count > 1, !left.isEmpty else { return nil }
    let names = left.map { "\($0.name) (\($0.soundStatus.word))" }.joined(separator: ", ")
    let sentence =
      left.count == 1
      ? "\(names) is not in the mean of its point" : "\(names) are not in the mean of their point"
    return sentence + (measured.isEmpty ? ", of which no seed has finished" : "")
  }
}
