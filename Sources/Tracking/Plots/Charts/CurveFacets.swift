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

  static let mostColumns = 4
  /// More names than this do not fit at the ends of lines.
  static let mostEndLabels = 10

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
    guard let facet else {
      columns = [Column(title: "", members: numbered)]
      return
    }
    columns = facet.levels.indices.compactMap { level in
      let members = numbered.filter { facet.level(of: $0.point) == level }
      return members.isEmpty ? nil : Column(title: facet.label(ofLevel: level), members: members)
    }
  }

  /// Wide enough for the names at the ends of the lines.
  var width: Double {
    let panels = columns.count > 2 ? 780.0 : columns.count > 1 ? 640 : 580
    let widest = names.map { TextExtent.width($0, size: PanelMargins.nameSize, isBold: true) }.max()
    return panels + (hasEndLabels ? widest ?? 0 : 0)
  }

  var hasEndLabels: Bool { names.count > 1 && names.count <= Self.mostEndLabels }

  var legend: [Figure.LegendEntry] {
    guard names.count > Self.mostEndLabels else { return [] }
    return names.enumerated().map { .init($1, .line(.series($0))) }
  }
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
