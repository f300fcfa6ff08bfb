internal import Measurements

/// Which point is best, how sure that is, and what to do next.
enum AnswerSection {
  static func section(_ source: ReportSource) -> ReportSection {
    let comparison = source.comparison
    guard let best = comparison.rows.first(where: \.isBest), let objective = best.objective,
      let summary = objective.summary
    else {
      return ReportSection(
        "answer", "Answer",
        .absent("no run has a value of \(comparison.objective.title) yet"))
    }
    return ReportSection(
      "answer", "Answer", showsTitle: false,
      .shown(
        """
        <div class="answer"><div class="value-side">
        \(value(best, summary, source))</div>
        <div>\(comparison.rows.count > 1 ? verdict(source) : alone(best, source))</div></div>

        """))
  }

  // MARK: - The number

  private static func value(
    _ best: Comparison.Row, _ summary: SampleSummary, _ source: ReportSource
  ) -> HTML {
    let (comparison, styles) = (source.comparison, source.styles)
    let count = comparison.rows.count
    let what = count == 1 ? "its value" : "best \(summary.count > 1 ? "mean " : "")of \(count) rows"
    let text = MeasuredNumber.text(summary.mean, error: summary.deviation)
    let parts = text.components(separatedBy: " ± ")
    let spread: HTML = parts.count > 1 ? "<span class=\"spread\"> ± \(parts[1])</span>" : .empty
    let label = best.label.isEmpty ? (best.runs.first?.shownName ?? "") : best.label
    return """
      <p class="eyebrow">\(what)</p>
      <p class="point">\(count > 1 ? styles.swatch(of: best.runs) : .empty)\(label)</p>
      <p class="value">\(parts[0])\(spread)</p>
      <p class="unit">\(unit(summary, source))</p>
      \(pairs(source))
      """
  }

  private static func unit(_ summary: SampleSummary, _ source: ReportSource) -> HTML {
    let objective = source.comparison.objective
    let of =
      summary.count > 1 ? ", mean ± std of \(summary.count) \(source.comparison.replicates)" : ""
    guard let interval = summary.interval(), summary.count > 2,
      let decimals = MeasuredNumber.decimals(error: summary.deviation ?? 0)
    else { return "\(objective.title) at the best epoch\(of)" }
    let low = DecimalText.fixed(interval.low, decimals: max(0, decimals))
    let high = DecimalText.fixed(interval.high, decimals: max(0, decimals))
    return "\(objective.title) at the best epoch\(of)<br>95 % interval of the mean \(low) … \(high)"
  }

  private static func pairs(_ source: ReportSource) -> HTML {
    guard let figure = RowFigures.pairs(source.comparison, source.styles) else { return .empty }
    return """
      <div class="pairs">\(.drawing(of: figure))</div>
      <p class="unit">\(figure.title); lines join equal \(source.comparison.replicates)</p>

      """
  }

  // MARK: - The words

  private static func verdict(_ source: ReportSource) -> HTML {
    let comparison = source.comparison
    let next = NextStep(source)
    guard let answer = comparison.answer else {
      return """
        <h2>No statement</h2>
        <p>There is nothing to test the best row against: one value a row says nothing of how much chance \
        there is in it.</p>
        \(next.element)
        """
    }
    return """
      <h2>\(headline(answer.verdict))</h2>
      <p>\(sentence(answer.sentence)).</p>
      \(closest(comparison))\(next.element)
      """
  }

  private static func headline(_ verdict: Verdict) -> String {
    switch verdict {
    case .settled: "Settled"
    case .likely: "Likely, but not settled"
    case .notToldApart: "Ahead, but not told apart"
    case .noStatement: "No statement"
    }
  }

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// The test of the row that comes next.
  private static func closest(_ comparison: Comparison) -> HTML {
    let place = comparison.baseline?.row ?? 0
    guard
      let (index, row) = comparison.rows.enumerated().first(where: {
        $0.offset != place && $0.element.test != nil
      }), let test = row.test
    else { return .empty }
    let half = test.interval.map { ($0.high - $0.low) / 2 }
    let difference = MeasuredNumber.text(abs(test.difference), error: half)
    let family = comparison.rows.count { $0.test != nil }
    let p =
      test.adjustedP.map { " Adjusted for \(family) comparisons, p is \(probability($0))." } ?? ""
    return """
      <p>To row \(index + 1), \(row.label), the difference is <span class="number">\(difference)</span>\
      \(half == nil ? "" : " (95 %)"), and \(test.agreeing) of \(test.pairs) \
      \(comparison.replicates) agree.\(p)</p>

      """
  }

  private static func probability(_ p: Double) -> String { MeasuredNumber.probability(p) }

  private static func alone(_ row: Comparison.Row, _ source: ReportSource) -> HTML {
    """
    <h2>One row, nothing to compare</h2>
    <p>It says how good this setting is, and not whether another one would be better. The value was chosen \
    over epochs on the images that it is measured on, and is optimistic.</p>
    \(NextStep(source).element)
    """
  }
}
