internal import Measurements

/// The values of every class of two points of a sweep: the baseline or else the first one, and the best of the
/// others.
struct ClassSource {
  let names: [String]
  let title: String
  let baselineLabel: String
  let changedLabel: String
  let decimals = 3
  private let baseline: [[Double]]
  private let pairs: [[Double]]

  struct Row {
    let place: Int
    /// The mean over seeds of the first point; NaN where the class does not occur.
    let baseline: Double
    /// Of each seed that both points have.
    let differences: [Double]

    var change: Double { SampleSummary(differences)?.mean ?? .nan }
    /// True where there are several seeds and all change in one direction.
    var isUnanimous: Bool {
      differences.count > 1
        && (differences.allSatisfy { $0 > 0 } || differences.allSatisfy { $0 < 0 })
    }
  }

  var hasDifferences: Bool { pairs.contains { !$0.isEmpty } }

  init?(_ input: ChartInput) {
    guard let series = Self.series(input) else { return nil }
    let points = ChartPoints(input)
    let measured = points.points.filter { !$0.row.measured.isEmpty }
    let baselines = measured.filter { point in
      point.runs.contains { input.baseline.contains($0.place) }
    }
    // Whoever names a baseline gets that one or none.
    guard input.baseline.isEmpty || baselines.count == 1 else { return nil }
    let named = baselines.first
    let best = measured.filter { $0.index != named?.index || measured.count == 1 }.max {
      left, right in
      let (one, other) = (left.row.objective?.mean ?? .nan, right.row.objective?.mean ?? .nan)
      return one == other
        ? left.index > right.index : input.objective.prefers(other, to: one)
    }
    guard let best else { return nil }
    // A single point is shown alone.
    let first = named ?? measured.first { $0.index != best.index } ?? best
    let labels = series.axes[0].labels
    func values(_ point: ChartPoints.Point, _ place: Int) -> [(seed: UInt64, value: Double)] {
      zip(point.measured, point.row.values(of: HistoryColumn(series, place: place))).map {
        ($0.trial.seed, $1)
      }
    }
    names = labels
    title = series.title
    baselineLabel = first.label
    changedLabel = best.label
    baseline = labels.indices.map { values(first, $0).map(\.value) }
    pairs = labels.indices.map { place in
      guard first.index != best.index else { return [] }
      let before = Dictionary(values(first, place).map { ($0.seed, $0.value) }) { one, _ in one }
      return values(best, place).compactMap { seed, value in
        before[seed].map { value - $0 }
      }.filter(\.isFinite)
    }
  }

  /// That of the metric where it is one of classes, else IoU, else any.
  private static func series(_ input: ChartInput) -> SeriesDescription? {
    let known = input.runs.lazy.compactMap(\.history).flatMap(\.series).filter {
      $0.axes.count == 1 && $0.axes[0].name == SeriesAxis.classes([]).name
        && $0.higherIsBetter != nil
    }
    return known.first {
      $0.summary == input.value.column?.name || $0.name == input.value.column?.series.name
    }
      ?? known.first { $0.name == "validation.class.iou" } ?? known.first
  }

  /// All classes from the one that gains most to the one that loses most, or by value where nothing is
  /// compared; of many those at both ends.
  func rows(atMost limit: Int, worst: Int, best: Int) -> [Row] {
    let rows = names.indices.map { place in
      Row(
        place: place, baseline: SampleSummary(baseline[place])?.mean ?? .nan,
        differences: pairs[place])
    }
    func order(_ row: Row) -> Double {
      let value = hasDifferences ? row.change : -row.baseline
      return value.isFinite ? value : -.infinity
    }
    let sorted = rows.sorted { (order($1), $0.place) < (order($0), $1.place) }
    guard sorted.count > limit else { return sorted }
    return Array(sorted.prefix(best) + sorted.suffix(worst))
  }
}
