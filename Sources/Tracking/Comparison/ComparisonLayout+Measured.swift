internal import Measurements

extension ComparisonLayout.Context {
  private typealias Cell = Comparison.Cell

  /// The column that rows are judged by, and the other measured ones.
  func measured() throws(QueryError) -> (first: [ComparedColumn], others: [ComparedColumn]) {
    let series = ComparedSeries(rows, ranking.objective)
    var columns: [ComparedColumn] = []
    func add(_ more: [ComparedColumn]) {
      for column in more where !columns.contains(where: { $0.column.name == column.column.name }) {
        columns.append(column)
      }
    }
    if let judge = request.judge { add([try judged(judge)]) }
    let kind: Comparison.Kind = request.judge == nil ? .objective : .metric
    for value in request.columns {
      let found = value.isPlain ? series.recorded.columns(named: value.name) : []
      if value.isPlain, let fact = fact(named: value.name) {
        add([column(fact, isAsked: true)])
      } else if found.isEmpty {
        add([try asked(value)])
      } else {
        add(
          found.map { column in
            let isObjective = column.name == series.objective.name && request.judge == nil
            return self.column(
              column, isObjective ? .objective : .metric, Importance.asked, isAsked: true)
          })
      }
    }
    if request.columns.isEmpty {
      add([column(series.objective, kind, .max)])
      add(series.asked.map { column($0, .metric, Importance.asked) })
      for (place, principal) in series.principal.enumerated() {
        add([column(principal, .metric, max(Importance.seconds + 1, Importance.principal - place))])
      }
    }
    let isWhole = request.isWhole || request.holdsEverySeries
    if isWhole || request.kept != nil {
      for other in series.recorded.columns
      where isWhole || request.kept?.fits(other.name) ?? false {
        add([column(other, .metric, Importance.seconds + 1)] + images(of: other))
      }
    }
    guard request.columns.isEmpty else {
      // Those that were named have the order that they were named in.
      let hasObjective = columns.contains { $0.column.kind == .objective }
      return ((hasObjective ? [] : [column(series.objective, .objective, .max)]) + columns, [])
    }
    return (
      columns.filter { $0.column.kind == .objective },
      columns.filter { $0.column.kind != .objective }
    )
  }

  /// A series at each run's best evaluation.
  private func column(
    _ column: HistoryColumn, _ kind: Comparison.Kind, _ importance: Int, isAsked: Bool = false
  ) -> ComparedColumn {
    var compared = ComparedColumn(
      column.name, header: column.header, kind, isOverSeeds: isOverSeeds,
      importance: kind == .objective ? .max : importance, of: rows
    ) { row in cell(row, row.values(of: column), column.series.format) }
    compared.isAsked = isAsked
    compared.column.statistic = "value"
    compared.column.at = "best(\(ranking.objective.metric))"
    compared.column.unit = column.series.unit
    compared.column.higherIsBetter = column.direction(ranking.objective)
    compared.column.format = column.series.format
    return compared
  }

  private func cell(_ row: ComparedRow, _ values: [Double], _ format: ValueFormat) -> Cell {
    guard values.contains(where: { !$0.isNaN }) else { return .absent(row.absence) }
    return isOverSeeds
      ? Cell(.measured(row.replicates(values)), text: "") : .value(values[0], format)
  }

  private func judged(_ value: RunValue) throws(QueryError) -> ComparedColumn {
    var column = try asked(value)
    column.column.kind = .objective
    column.column.importance = .max
    column.column.higherIsBetter = ranking.maximize
    return column
  }

  /// Any value of the runs.
  private func asked(_ value: RunValue) throws(QueryError) -> ComparedColumn {
    try answers.names.check(value)
    let series = answers.names.column(named: value.name)
    let answered = rows.map { row in row.entries.map { answers.answer($0.run, value) } }
    let isNumeric =
      answered.joined().allSatisfy { $0.number != nil || $0.isMissing }
      && answered.joined().contains { $0.number != nil }
    let kind: Comparison.Kind = series != nil || !value.isPlain ? .metric : .fact
    var column = ComparedColumn(
      value.description, header: header(value, series), kind, isNumeric ? .right : .left,
      isOverSeeds: isNumeric && isOverSeeds, importance: Importance.asked,
      cells: zip(rows, answered).map { row, all in
        guard isNumeric else { return Self.texts(row, all) }
        let counted = Set(row.measured.map(\.run.place))
        let values = zip(row.entries, all).filter { counted.contains($0.0.run.place) }
          .map { $0.1.number ?? .nan }
        if row.measured.isEmpty, series == nil, let number = all.first?.number, !isOverSeeds {
          return .value(number, .significant(6))
        }
        return cell(row, values, series?.series.format ?? .significant(6))
      })
    column.isAsked = true
    column.column.path = series?.name ?? value.name
    column.column.unit = series?.series.unit
    column.column.higherIsBetter = series?.direction(ranking.objective)
    column.column.format = series?.series.format ?? .significant(6)
    (column.column.statistic, column.column.at) = Self.statistic(value)
    return column
  }

  private func header(_ value: RunValue, _ series: HistoryColumn?) -> String {
    guard let series, value.isPlain else { return value.description }
    return series.header
  }

  private static func statistic(_ value: RunValue) -> (String?, String?) {
    switch value.statistic {
    case .max: ("max", nil)
    case .min: ("min", nil)
    case .mean(let last): ("mean", last.map { "last \($0)" })
    case .at(.best(nil)): ("value", value.isPlain ? nil : "best")
    case .at(.best(let series?)): ("value", "best(\(series))")
    case .at(.highest(let series)): ("value", "max(\(series))")
    case .at(.lowest(let series)): ("value", "min(\(series))")
    case .at(.first): ("value", "first")
    case .at(.last): ("value", "last")
    case .at(.epoch(let epoch)): ("value", "epoch \(EvaluationPoint.epochText(epoch))")
    case .at(.step(let step)): ("value", "step \(step)")
    }
  }

  /// The different texts of a row's runs.
  private static func texts(_ row: ComparedRow, _ answers: [QueryValue]) -> Cell {
    var texts: [String] = []
    for answer in answers where !answer.isMissing && !texts.contains(answer.text()) {
      texts.append(answer.text())
    }
    return texts.isEmpty ? .absent(row.absence) : .text(texts.joined(separator: ", "))
  }

  /// The names of the images that a column of ranked images is of, where rows are single runs.
  private func images(of column: HistoryColumn) -> [ComparedColumn] {
    guard rows.contains(where: { $0.image(of: column) != nil }) else { return [] }
    return [
      ComparedColumn(
        "\(column.name).name", .metric, .left, importance: Importance.facts, of: rows
      ) { row in row.image(of: column).map { .text($0) } ?? .notRecorded }
    ]
  }
}
