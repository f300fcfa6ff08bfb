internal import Measurements

extension ComparisonLayout.Context {
  private typealias Cell = Comparison.Cell

  /// How many values a row's means are of.
  func count() -> [ComparedColumn] {
    guard isOverSeeds else { return [] }
    var column = ComparedColumn(
      "n", header: "n", .progress, importance: Importance.count, of: rows
    ) { row in
      let (measured, all) = (row.measured.count, row.entries.count)
      return Cell(.integer(measured), text: measured == all ? "\(all)" : "\(measured)/\(all)")
    }
    column.isAsked = true
    return [column]
  }

  func progress() -> [ComparedColumn] {
    let time = TimeUnit(of: rows.flatMap(\.seconds))
    let columns = [
      ComparedColumn(
        "best_epoch", header: "best epoch", shortHeader: "best", .progress,
        importance: Importance.bestEpoch, of: rows
      ) { epochs($0, $0.bestEpochs) },
      ComparedColumn("epochs", .progress, importance: Importance.epochs, of: rows) {
        epochs($0, $0.epochs, of: $0.plannedEpochs)
      },
    ]
    var seconds = ComparedColumn(
      "seconds", header: "time (\(time.name))", shortHeader: time.name, .progress,
      importance: Importance.seconds, of: rows
    ) { row in
      guard let mean = SampleSummary(row.seconds)?.mean else { return .absent(row.absence) }
      return Cell(value(row, row.seconds), text: time.text(mean))
    }
    seconds.column.unit = "s"
    let status = ComparedColumn("status", .progress, .left, importance: Importance.status, of: rows)
    {
      .text($0.status)
    }
    return columns + (request.isWhole || request.holdsEverySeries ? plannedEpochs() : []) + [
      seconds, status,
    ]
  }

  /// Numbers of all runs of a row; a single one where the row is a run.
  private func value(_ row: ComparedRow, _ numbers: [Double]) -> Cell.Value {
    guard isOverSeeds else {
      return Int(exactly: numbers[0]).map { .integer($0) } ?? .number(numbers[0])
    }
    return .measured(
      ReplicateValues(
        zip(row.entries.filter { $0.run.evaluations != nil }, numbers).map { entry, number in
          .init(
            run: entry.run.place, seed: entry.run.seed, fold: entry.run.fold, value: number)
        }))
  }

  /// Epochs: over seeds their range, `7–9`; with those that were planned, where some run stopped early,
  /// `7–9 of 60`.
  private func epochs(
    _ row: ComparedRow, _ epochs: [Double], of planned: Double? = nil
  ) -> Cell {
    guard let low = epochs.min(), let high = epochs.max() else { return .absent(row.absence) }
    let least = EvaluationPoint.epochText(low)
    let range = low == high ? least : "\(least)–\(EvaluationPoint.epochText(high))"
    let text = planned.map { EarlyStopRecord.epochs(range, of: $0) } ?? range
    return Cell(value(row, epochs), text: text)
  }

  /// For programs, where a run stopped early; people read it beside the epochs that were done.
  private func plannedEpochs() -> [ComparedColumn] {
    guard rows.contains(where: { $0.plannedEpochs != nil }) else { return [] }
    return [
      ComparedColumn("planned_epochs", .progress, importance: Importance.facts, of: rows) { row in
        row.plannedEpochs.map {
          Cell(
            Int(exactly: $0).map { .integer($0) } ?? .number($0),
            text: EvaluationPoint.epochText($0))
        } ?? .notApplicable
      }
    ]
  }

  /// What the runs ran on and with, where the whole is asked for.
  func facts() -> [ComparedColumn] {
    let facts: [RunFact] = [
      .host, .processor, .threads, .device, .precision, .version, .build, .commit, .started,
    ]
    let numbers = request.facts.filter {
      request.isWhole || request.kept?.fits($0.name) ?? false
    }.map { column($0, isAsked: false) }
    return numbers
      + facts.filter { fact in
        request.isWhole || request.kept?.fits(fact.rawValue) ?? false
      }.compactMap { fact in
        guard let value = try? RunValue(fact.rawValue) else { return nil }
        return ComparedColumn(
          fact.rawValue, .fact, .left, importance: Importance.facts, of: rows
        ) { row in
          var texts: [String] = []
          for entry in row.entries {
            let answer = answers.answer(entry.run, value)
            if !answer.isMissing, !texts.contains(answer.text()) { texts.append(answer.text()) }
          }
          return texts.isEmpty ? .notRecorded : .text(texts.joined(separator: ", "))
        }
      }
  }
}

/// The unit that times of a column are written in.
private struct TimeUnit {
  let name: String
  private let seconds: Double

  init(of times: [Double]) {
    let median = times.median
    (name, seconds) = median >= 7200 ? ("h", 3600) : median >= 120 ? ("min", 60) : ("s", 1)
  }

  /// With one decimal below ten.
  func text(_ time: Double) -> String {
    let value = time / seconds
    return DecimalText.fixed(value, decimals: value < 9.95 ? 1 : 0)
  }
}
