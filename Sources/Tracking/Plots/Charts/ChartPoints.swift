internal import Measurements

/// The points of a sweep with their seeds, in the order of the plan, and what tells them apart: what most
/// charts begin with.
struct ChartPoints {
  let input: ChartInput
  let points: [Point]
  /// The settings that differ, those of the sweep first.
  let parameters: [ChartParameter]

  struct Point {
    /// From 0, in the order of the plan.
    let index: Int
    let row: ComparedRow
    /// What its seeds share and others have not: `cross_entropy, base_lr 1e-2`.
    let label: String

    var runs: [RunRecord] { row.entries.compactMap(\.record) }
    /// The runs whose values count: finished ones where there are several.
    var measured: [RunRecord] { row.measured.compactMap(\.record) }
  }

  init(_ input: ChartInput) {
    self.input = input
    let rows = ComparedRow.rows(of: Ranking(input.runs), .points) { _, _ in "" }.sorted {
      $0.first.listingOrder < $1.first.listingOrder
    }
    let parameters = ChartParameter.all(of: rows.map(\.first), input.complete)
    self.parameters = parameters
    points = rows.enumerated().map { index, row in
      Point(index: index, row: row, label: Self.label(row.first, index, parameters))
    }
  }

  private static func label(
    _ run: ComparedRun, _ index: Int, _ parameters: [ChartParameter]
  ) -> String {
    let parts = parameters.map { $0.label(of: index) }.filter { !$0.isEmpty }
    return parts.isEmpty ? run.experiment : parts.joined(separator: ", ")
  }

  /// What tells the point from others but for some parameters, which are said elsewhere.
  func label(of point: Point, without: [ChartParameter]) -> String {
    let rest = parameters.filter { parameter in !without.contains { $0.path == parameter.path } }
    let parts = rest.map { $0.label(of: point.index) }.filter { !$0.isEmpty }
    return parts.isEmpty ? point.runs[0].experiment : parts.joined(separator: ", ")
  }

  /// The value of each run that counts, as far as it is finite.
  func values(of point: Point) -> [Double] {
    point.measured.map { input.value.number(of: $0) }.filter(\.isFinite)
  }

  func statistics(of point: Point) -> SampleSummary? { SampleSummary(values(of: point)) }

  /// How many decimals the values deserve: those that give the median deviation over seeds one
  /// significant digit, from 1 to 6; without deviations what the series is written with, less one.
  var decimals: Int {
    let deviations = points.compactMap { statistics(of: $0)?.deviation }.filter { $0 > 0 }.sorted()
    guard !deviations.isEmpty else {
      if case .fixed(let places)? = input.value.column?.series.format { return max(1, places - 1) }
      return 3
    }
    return min(6, max(1, SignificantPlace.decimals(of: deviations[deviations.count / 2])))
  }

  /// The full grid of parameters with ordered levels, where every combination has a value.
  var grid: ChartGrid? { ChartGrid(self) }

  /// `3 seeds a point`, `1 to 3 seeds a point`.
  var seedsText: String {
    let counts = points.map(\.runs.count)
    guard let least = counts.min(), let most = counts.max() else { return "no runs" }
    let seeds = most == 1 ? "seed" : "seeds"
    return least == most ? "\(most) \(seeds) a point" : "\(least) to \(most) seeds a point"
  }
}

/// Where the first digit of a number stands.
enum SignificantPlace {
  /// The decimals that show one significant digit.
  static func decimals(of value: Double) -> Int {
    var (decimals, scaled) = (0, value)
    while scaled < 0.95, decimals < 6 {
      scaled *= 10
      decimals += 1
    }
    return decimals
  }
}

/// Every combination of the levels of parameters, with the mean over seeds of each.
struct ChartGrid {
  let parameters: [ChartParameter]
  /// The last parameter runs fastest; the point of each cell.
  let cells: [ChartPoints.Point]
  let means: [Double]

  /// - Returns: `nil` where a combination has no point, several, or one without a value.
  fileprivate init?(_ points: ChartPoints) {
    let parameters = points.parameters
    guard !parameters.isEmpty, parameters.count <= 6 else { return nil }
    let count = parameters.reduce(1) { $0 * $1.levels.count }
    guard count == points.points.count, count > 1 else { return nil }
    var cells: [ChartPoints.Point?] = Array(repeating: nil, count: count)
    for point in points.points {
      var place = 0
      for parameter in parameters {
        guard let level = parameter.level(of: point.index) else { return nil }
        place = place * parameter.levels.count + level
      }
      guard cells[place] == nil else { return nil }
      cells[place] = point
    }
    let found = cells.compactMap { $0 }
    let means = found.compactMap { points.statistics(of: $0)?.mean }
    guard found.count == count, means.count == count else { return nil }
    (self.parameters, self.cells, self.means) = (parameters, found, means)
  }
}
