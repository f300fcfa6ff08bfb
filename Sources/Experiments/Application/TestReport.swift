internal import Measurements
internal import Tracking

/// What a run was found to be when it was judged once more, for people and for machines.
struct TestReport: Encodable {
  let run: String
  let test: TestRecord.Facts
  /// How many tests of the experiment have looked at the same data, this one among them.
  let looks: Int
  let values: [String: MeasuredJSON]

  private let history: MetricHistory
  /// What the run's own evaluation recorded in the same place; `nil` where it was of other data or
  /// other settings.
  private let recorded: MetricHistory.Row?
  private let recordedSeries: [SeriesDescription]

  private enum CodingKeys: String, CodingKey { case run, test, looks, values }

  /// - Parameter earlier: the other tests of the experiment.
  init(_ test: TestRecord, of run: RunRecord, after earlier: [TestRecord]) {
    (self.run, self.test, history) = (run.name, test.facts, test.history)
    let digests = test.facts.data.map(\.sha256)
    looks = 1 + earlier.count { $0.facts.data.map(\.sha256) == digests }
    let row = test.history.rows[0]
    values = MeasuredJSON.values(of: row, in: test.history)
    let isRepetition =
      test.facts.list == nil && test.facts.overrides.isEmpty && test.facts.members == nil
      && test.facts.pixelSize == nil
    recorded = isRepetition ? run.history?.row(atStep: row.step) : nil
    recordedSeries = run.history?.series ?? []
  }

  /// How many values of the run's own evaluation came out again to the last bit, of how many; `nil`
  /// where there is nothing to compare.
  private var agreement: (same: Int, all: Int)? {
    guard let recorded else { return nil }
    let before = Dictionary(
      zip(recordedSeries.map(\.name), recorded.values), uniquingKeysWith: { first, _ in first })
    let both = zip(history.series, history.rows[0].values).compactMap { series, values in
      before[series.name].map { $0 == values }
    }
    return both.isEmpty ? nil : (both.count { $0 }, both.count)
  }

  func text(style: Style) -> String {
    let tables = EvaluationTables(history, objective: nil, best: history.rows[0].point)
    return ([heading(style: style)] + tables.values(of: history.rows[0], style)).joined(
      separator: "\n\n")
  }

  /// What was judged by what.
  ///
  /// - Parameter swept: the paths of settings that a table beside it has.
  func heading(without swept: [String] = [], style: Style) -> String {
    var list = FactList()
    list.add(test.members == nil ? "run" : "runs", test.members?.names ?? run)
    list.add("weights", "\(test.checkpoint.name), \(test.checkpoint.evaluation)")
    list.add("data", dataText)
    if let pixel = test.pixelSize { list.add("pixels", "\(pixel) where their files do not say it") }
    let set = test.overrides.filter { text in !swept.contains { text.hasPrefix($0 + "=") } }
    if !set.isEmpty { list.add("set", set.joined(separator: "\n")) }
    if let (same, all) = agreement {
      list.add(
        "recorded",
        same == all
          ? "all \(all) values of the run's own evaluation came out again, bit for bit"
          : "\(all - same) of \(all) values differ from the run's own evaluation, as on another "
            + "machine or with other threads")
    }
    return list.text(style: style)
  }

  private var dataText: String {
    let samples = test.data.first.map { Units.count($0.samples, "sample") } ?? "no samples"
    guard let list = test.list else { return "the run's own validation data, \(samples)" }
    let seen =
      looks == 1
      ? "looked at for the first time in this experiment"
      : "looked at \(looks) times in this experiment: what was chosen by it is not measured by it"
    return "\(list), \(samples), \(seen)"
  }
}

extension [TestRecord.Facts.Member] {
  /// The mean of whose predictions was judged.
  var names: String { "the mean of " + map(\.run).joined(separator: ", ") }
}
