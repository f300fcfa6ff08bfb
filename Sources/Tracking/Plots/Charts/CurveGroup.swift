internal import Measurements

/// The curves of the seeds of one point, and what they have in common.
struct CurveGroup {
  let point: ChartPoints.Point
  /// Those that have values and have not failed.
  let seeds: [Seed]
  /// Those that failed, up to where they came.
  let failures: [Seed]
  /// At each place along x that some seed has.
  let steps: [Step]

  struct Seed {
    let run: RunRecord
    let points: [PlotPoint]
    /// Where the run's best evaluation by the objective is among the points.
    let best: Int?
    /// Where attempts went on after an interruption.
    let seams: [Double]
  }

  struct Step {
    let x: Double
    let mean: Double
    let least: Double
    let greatest: Double
    let deviation: Double
    let count: Int
    /// True where every seed has a value.
    let isWhole: Bool
  }

  /// Up to how many seeds the band is their range, and above them a deviation.
  static let rangeLimit = 5

  init(_ point: ChartPoints.Point, _ column: HistoryColumn, _ objective: Objective) {
    self.point = point
    let all = point.runs.compactMap { Self.seed($0, column, objective) }
    failures = all.filter { $0.run.hasFailed }
    seeds = all.filter { !$0.run.hasFailed }
    steps = Self.steps(seeds)
  }

  /// True where some seeds go on when others have ended.
  var isUneven: Bool { seeds.count > 1 && steps.contains { !$0.isWhole } }

  private static func seed(
    _ run: RunRecord, _ column: HistoryColumn, _ objective: Objective
  ) -> Seed? {
    guard let history = run.history, let values = history.values(of: column),
      values.contains(where: \.isFinite)
    else { return nil }
    let seams = zip(history.rows, history.rows.dropFirst()).filter { $0.attempt != $1.attempt }
      .map { $0.0.point.epoch }
    return Seed(
      run: run, points: zip(history.rows, values).map { PlotPoint($0.point.epoch, $1) },
      best: history.best(of: objective)?.row, seams: seams)
  }

  private static func steps(_ seeds: [Seed]) -> [Step] {
    var byX: [Double: [Double]] = [:]
    for point in seeds.flatMap(\.points) where point.y.isFinite {
      byX[point.x, default: []].append(point.y)
    }
    return byX.keys.sorted().map { x in
      let statistics = SampleSummary(byX[x] ?? [])
      let values = byX[x] ?? []
      return Step(
        x: x, mean: statistics?.mean ?? .nan, least: values.min() ?? .nan,
        greatest: values.max() ?? .nan, deviation: statistics?.deviation ?? 0,
        count: values.count, isWhole: values.count == seeds.count)
    }
  }

  /// A mean over those that are left would climb by itself: it is drawn where all seeds have a value.
  var mean: [PlotPoint] {
    guard seeds.count > 1 else { return seeds.first?.points ?? [] }
    return steps.map { PlotPoint($0.x, $0.isWhole ? $0.mean : .nan) }
  }

  var band: [BandMark.Extent] {
    guard seeds.count > 1 else { return [] }
    return steps.map { step in
      guard step.isWhole else { return BandMark.Extent(step.x, .nan, .nan) }
      return seeds.count > Self.rangeLimit
        ? BandMark.Extent(step.x, step.mean - step.deviation, step.mean + step.deviation)
        : BandMark.Extent(step.x, step.least, step.greatest)
    }
  }

  /// The curves of single seeds where not all have a value, each joined to the last place where all had.
  var tails: [[PlotPoint]] {
    guard isUneven else { return [] }
    let whole = Set(steps.filter(\.isWhole).map(\.x))
    return seeds.compactMap { seed in
      let outside = seed.points.indices.filter { !whole.contains(seed.points[$0].x) }
      guard let first = outside.first else { return nil }
      return seed.points.indices.filter { $0 >= first - 1 }.map { index in
        whole.contains(seed.points[index].x) && index != first - 1
          ? PlotPoint(seed.points[index].x, .nan) : seed.points[index]
      }
    }
  }

  /// Every value that is drawn as it was measured.
  var values: [PlotPoint] { (seeds + failures).flatMap(\.points).filter(\.y.isFinite) }
}

extension RunRecord {
  var hasFailed: Bool {
    if case .failed = status { true } else { false }
  }

  /// `diverged` and the like: the first words of a cause.
  var failureWord: String {
    guard case .failed(let cause) = status else { return "" }
    let isNumeric = ["not a number", "not finite", "diverge", "infinite"].contains {
      cause.lowercased().contains($0)
    }
    return isNumeric ? "diverged" : "failed"
  }
}
