/// How points are spread over panels and colours: the most important parameter in columns, the next one
/// in colours.
struct CurveFacets {
  struct Column {
    let title: String
    /// Which points are in it, and the number of the series of each.
    let members: [(point: Int, series: Int)]
  }

  let columns: [Column]
  /// What the columns are values of; empty where there is one.
  let columnName: String
  /// Of each series.
  let names: [String]
  /// Those that have colours and names: all, or of many the best.
  let highlighted: Set<Int>

  static let mostColumns = 4
  /// More names than this do not fit at the ends of lines.
  static let mostEndLabels = 10
  /// Of more series so many of the best stand out.
  static let mostHighlighted = 5

  init(_ points: ChartPoints) {
    let ordered = points.parametersByImportance
    let facet =
      points.parameters.count > 1
      ? ordered.first { $0.levels.count <= Self.mostColumns && $0.level(of: 0) != nil } : nil
    columnName = facet?.name ?? ""
    var names: [String] = []
    func series(_ point: ChartPoints.Point) -> Int {
      let name = points.label(of: point, without: facet.map { [$0] } ?? [])
      if let known = names.firstIndex(of: name) { return known }
      names.append(name)
      return names.count - 1
    }
    let numbered = points.points.map { (point: $0.index, series: series($0)) }
    self.names = names
    highlighted = Self.highlighted(points, numbered, names.count)
    guard let facet else {
      columns = [Column(title: "", members: numbered)]
      return
    }
    columns = facet.levels.indices.compactMap { level in
      let members = numbered.filter { facet.level(of: $0.point) == level }
      return members.isEmpty ? nil : Column(title: facet.label(ofLevel: level), members: members)
    }
  }

  private static func highlighted(
    _ points: ChartPoints, _ numbered: [(point: Int, series: Int)], _ count: Int
  ) -> Set<Int> {
    guard count > mostEndLabels else { return Set(0..<count) }
    var best: [Int: Double] = [:]
    for (point, series) in numbered {
      guard let value = points.points[point].row.objective?.mean else { continue }
      if let known = best[series], !points.input.objective.prefers(value, to: known) { continue }
      best[series] = value
    }
    let sorted = best.sorted { one, other in
      one.value == other.value
        ? one.key < other.key : points.input.objective.prefers(one.value, to: other.value)
    }
    return Set(sorted.prefix(mostHighlighted).map(\.key))
  }

  /// The series that stand out are numbered anew, so that their colours differ.
  func colour(of series: Int) -> Int? {
    guard highlighted.contains(series) else { return nil }
    return names.count > Self.mostEndLabels
      ? highlighted.sorted().firstIndex(of: series) : series
  }

  /// Wide enough for the names at the ends of the lines.
  var width: Double {
    let panels = columns.count > 2 ? 780.0 : columns.count > 1 ? 640 : 580
    let widest = highlighted.map {
      TextExtent.width(names[$0], size: PanelMargins.nameSize, isBold: true)
    }.max()
    return panels + (hasEndLabels ? widest ?? 0 : 0)
  }

  var hasEndLabels: Bool { names.count > 1 }

  /// How many series are drawn without a name.
  var unnamed: Int { names.count - highlighted.count }
}

extension ChartPoints {
  /// By how much of the variance each explains where the grid is full, else in the order of the spec.
  var parametersByImportance: [ChartParameter] {
    guard let shares = grid?.mainShares else { return parameters }
    return zip(parameters, shares).enumerated().sorted { left, right in
      left.element.1 == right.element.1
        ? left.offset < right.offset : left.element.1 > right.element.1
    }.map(\.element.0)
  }
}
