/// A row of panels with the curves of one series.
struct CurveRow {
  let curves: [CurveGroup]
  let facets: CurveFacets
  let label: String
  let isLog: Bool
  let higherIsBetter: Bool
  let smoothing: Double
  let marksBest: Bool
  let namesLines: Bool

  func row(isFirst: Bool, isLast: Bool) -> Figure.Row {
    let (y, x) = (self.y, self.x)
    return Figure.Row(
      height: isFirst ? 230 : 130,
      facets.columns.enumerated().map { number, column in
        Panel(
          isFirst ? column.title : "",
          x: Axis(isLast && number == facets.columns.count / 2 ? "epoch" : "", x, ticks: ticks(x)),
          y: Axis(number == 0 ? label : "", y, hasGrid: true, isShown: number == 0),
          marks: marks(column, isLast: number == facets.columns.count - 1))
      })
  }

  // MARK: - Scales

  private var x: Scale {
    let epochs = curves.flatMap(\.values).map(\.x)
    guard let low = epochs.min(), let high = epochs.max() else { return .linear(0...1) }
    return low == high ? .linear(low - 0.5...high + 0.5) : .linear(low...high)
  }

  /// Round epochs, and the first one.
  private func ticks(_ x: Scale) -> [Tick] {
    let most = facets.columns.count > 2 ? 4 : facets.columns.count > 1 ? 6 : 10
    let all = x.ticks(atMost: most)
    let whole = all.filter { $0.value == $0.value.rounded() }
    let ticks =
      whole.count > 1
      ? whole.map { Tick($0.value, NumberText.axis($0.value, decimals: 0)) } : all
    let (first, last) = (x.domain.lowerBound, x.domain.upperBound)
    guard let start = ticks.first, start.value - first > (last - first) / 8,
      first == first.rounded()
    else { return ticks }
    return [Tick(first, NumberText.decimals(first, 0))] + ticks
  }

  private var values: [PlotPoint] { curves.flatMap(\.values) }

  /// From the second percentile of what follows the first twentieth of the epochs to the best value: the
  /// start of a training would press everything else flat.
  private var y: Scale {
    let shown = values.map(\.y)
    if isLog { return .log(over: shown) }
    return .linear(over: [range.lowerBound, range.upperBound])
  }

  private var range: ClosedRange<Double> {
    let all = values
    guard let start = all.map(\.x).min(), let end = all.map(\.x).max() else { return 0...1 }
    let settled = all.filter { $0.x >= start + (end - start) / 20 }.map(\.y).sorted()
    let sorted = settled.isEmpty ? all.map(\.y).sorted() : settled
    guard let least = sorted.first, let greatest = sorted.last else { return 0...1 }
    let rank = Double(sorted.count - 1)
    let low = higherIsBetter ? sorted[Int(rank * 0.02)] : least
    let high = higherIsBetter ? greatest : sorted[Int((rank * 0.98).rounded(.up))]
    return low...max(low, high)
  }

  /// How many values lie beyond the range.
  var cut: Int {
    guard !isLog else { return 0 }
    let domain = y.domain
    return values.count { !domain.contains($0.y) }
  }

  var withoutLogarithm: Int { isLog ? values.count { $0.y <= 0 } : 0 }

  // MARK: - Marks

  private func marks(_ column: CurveFacets.Column, isLast: Bool) -> [PlotMark] {
    var marks: [PlotMark] = []
    for member in column.members { marks += bands(curves[member.point], member.series) }
    for member in column.members {
      marks += lines(curves[member.point], member.series, isNamed: isLast && namesLines)
    }
    for member in column.members where marksBest {
      marks += bests(curves[member.point], member.series)
    }
    for member in column.members { marks += failures(curves[member.point], member.series) }
    return marks
  }

  private func bands(_ group: CurveGroup, _ series: Int) -> [PlotMark] {
    guard smoothing == 0, !group.band.isEmpty else { return [] }
    return [.band(BandMark(group.band, .series(series), key: group.key))]
  }

  private func lines(_ group: CurveGroup, _ series: Int, isNamed: Bool) -> [PlotMark] {
    guard !group.seeds.isEmpty else { return [] }
    let label = isNamed && facets.hasEndLabels ? facets.names[series] : nil
    // Smoothed whole, then thinned: else the curve would change with the number of points.
    let smooth = Smoothing.smoothed(group.mean.map(\.y), weight: smoothing)
    let drawn = zip(group.mean, smooth).map { PlotPoint($0.x, $1) }
    let keep = Set(group.seeds.count == 1 ? [group.seeds[0].best].compactMap { $0 } : [])
    var marks: [PlotMark] = [
      .line(
        LineMark(
          Thinning.thinned(drawn, keeping: keep), .series(series), endLabel: label, key: group.key,
          tip: group.point.label))
    ]
    if smoothing > 0 {
      marks.insert(
        .line(
          LineMark(Thinning.thinned(group.mean), .series(series, width: 1, opacity: 0.25))), at: 0)
    }
    for tail in group.tails {
      marks.append(
        .line(LineMark(Thinning.thinned(tail), .series(series, width: 1, opacity: 0.7))))
    }
    return marks + seams(group, series)
  }

  /// A small tick where a run went on after an interruption.
  private func seams(_ group: CurveGroup, _ series: Int) -> [PlotMark] {
    guard group.seeds.count == 1, let seed = group.seeds.first else { return [] }
    return seed.seams.compactMap { x in
      guard let y = seed.points.first(where: { $0.x == x })?.y else { return nil }
      return .text(
        TextMark("|", x, y, .muted, size: 9, anchor: .middle, offset: PlotPoint(0, 3)))
    }
  }

  private func bests(_ group: CurveGroup, _ series: Int) -> [PlotMark] {
    group.seeds.compactMap { seed in
      guard let best = seed.best, seed.points[best].y.isFinite else { return nil }
      let point = seed.points[best]
      return .point(
        PointMark(
          point.x, point.y, .of(series: series), .series(series), size: 3.6, isOpen: true,
          key: seed.run.id,
          tip: "\(seed.run.name), seed \(seed.run.trial.seed): "
            + "\(NumberText.significant(point.y, 4)) at epoch \(NumberText.significant(point.x, 4))"
        ))
    }
  }

  private func failures(_ group: CurveGroup, _ series: Int) -> [PlotMark] {
    group.failures.flatMap { seed -> [PlotMark] in
      guard let end = seed.points.last(where: { $0.y.isFinite }) else { return [] }
      let domain = y.domain
      let place = PlotPoint(end.x, min(max(end.y, domain.lowerBound), domain.upperBound))
      let words = "seed \(seed.run.trial.seed) \(seed.run.failureWord)"
      let isRight = x.fraction(of: end.x).map { $0 > 0.6 } ?? false
      return [
        .line(
          LineMark(seed.points, Stroke(.series(series), width: 1, dash: [2, 3], opacity: 0.8))),
        .point(PointMark(place.x, place.y, .cross, .warning, size: 4, tip: words)),
        .text(
          TextMark(
            words, place.x, place.y, .warning, size: 10, anchor: isRight ? .end : .start,
            offset: PlotPoint(isRight ? -8 : 8, isLog ? -4 : 12), hasPlate: true)),
      ]
    }
  }
}

extension CurveGroup {
  /// What a page's script joins lines, bands and rows of tables by: the runs of the point.
  var key: String { point.key }
}

extension ChartPoints.Point {
  var key: String { runs.map { String($0.id.prefix(8)) }.joined(separator: " ") }
}
