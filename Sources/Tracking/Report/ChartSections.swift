/// The sections that are figures and nothing else.
enum ChartSections {
  /// Pixels that a figure has over the whole column, and over half of it.
  private static let (whole, half) = (1030.0, 500.0)

  static func curves(_ source: ReportSource) -> ReportSection {
    let figure = LearningCurves().figure(of: source.charts)
    return ReportSection(
      "learning", "Learning",
      figure.absence.map { .absent(Self.reason($0)) }
        ?? .shown(ReportFigure("curves", figure.wide(whole), abilities: " data-curves").element))
  }

  static func hyperparameters(_ source: ReportSource) -> ReportSection {
    guard source.comparison.rows.count > 1 else {
      return ReportSection("hyperparameters", "Hyperparameters", .needless)
    }
    let input = source.charts
    let maps = [
      ("map", GridHeatMap().figure(of: input)),
      ("importance", ParameterImportance().figure(of: input)),
    ]
    let slices = ("slices", ParameterSlices().figure(of: input))
    var parts = pair(maps.first?.1.absence == nil ? maps : [slices, maps[1]])
    let parallel = ParallelCoordinates().figure(of: input)
    if parallel.absence == nil {
      parts += ReportFigure("parallel", parallel.wide(whole), abilities: " data-brush").element
    }
    return ReportSection(
      "hyperparameters", "Hyperparameters",
      parts.isEmpty ? .absent("nothing differs between these runs but the seed") : .shown(parts))
  }

  static func classes(_ source: ReportSource) -> ReportSection {
    let bars = ClassBars().figure(of: source.charts)
    let confusion = ConfusionChart().figure(of: source.charts)
    let classes = source.runs.lazy.compactMap { $0.history?.classNames.count }.first ?? 0
    // Names and values of many classes need the whole width.
    let parts =
      classes > 12
      ? pair([("class-bars", bars)]) + pair([("confusion", confusion)])
      : pair([("class-bars", bars), ("confusion", confusion)], left: 590)
    return ReportSection(
      "classes", "Classes",
      parts.isEmpty ? .absent("no value of single classes is recorded") : .shown(parts))
  }

  static func cost(_ source: ReportSource) -> ReportSection {
    let figures = [
      ("cost", CostScatter().figure(of: source.charts)),
      ("timeline", SweepTimeline().figure(of: source.charts)),
      ("weights", WeightRidges().figure(of: source.charts)),
    ]
    var parts = figures.map { pair([$0]) }.joined("")
    parts += failures(source.runs)
    return ReportSection(
      "health", "Cost and health",
      parts.isEmpty ? .absent("no time is recorded") : .shown(parts))
  }

  /// Why runs have no place in the figures.
  private static func failures(_ runs: [RunRecord]) -> HTML {
    let lost = runs.compactMap { run -> HTML? in
      if case .failed(let cause) = run.status { return "<li><b>\(run.name)</b>: \(cause)</li>\n" }
      guard run.isDamaged else { return nil }
      return "<li><b>\(run.name)</b> is damaged: \(run.damage.joined(separator: "; "))</li>\n"
    }
    guard !lost.isEmpty else { return .empty }
    return "<h3>What failed</h3>\n<ul class=\"small\">\n\(lost)</ul>\n"
  }

  /// Figures side by side; those that have nothing to show are left out with their reason.
  ///
  /// - Parameter left: pixels of the first of two.
  private static func pair(_ figures: [(String, Figure)], left: Double = half) -> HTML {
    let shown = figures.filter { $0.1.absence == nil }
    let absent = figures.compactMap(\.1.absence).map { "<p class=\"absent\">\($0)</p>\n" as HTML }
    guard shown.count > 1 else {
      let alone = shown.map { ReportFigure($0.0, $0.1.wide(whole)).element }
      return alone.joined("") + absent.joined("")
    }
    let widths = [left, 2 * half - left]
    let elements = zip(shown, widths).map { ReportFigure($0.0, $0.1.wide($1)).element }
    let uneven: HTML = left == half ? .empty : " wider"
    return "<div class=\"two\(uneven)\">\n\(elements)</div>\n\(absent)"
  }

  /// A sentence as a part of another.
  private static func reason(_ sentence: String) -> String {
    let text = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}

extension Figure {
  /// The same over so many pixels: letters keep their size.
  fileprivate func wide(_ width: Double) -> Figure {
    var figure = self
    figure.width = width
    return figure
  }
}
