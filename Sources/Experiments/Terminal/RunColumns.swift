import Measurements
import Tracking

/// Values of runs that somebody asked for, a column each.
struct RunColumns {
  private let values: [RunValue]
  private let formats: [ValueFormat?]
  /// By run, then column.
  private let answers: [[QueryValue]]

  /// - Throws: `QueryError` for a value that no run has.
  init(_ values: [RunValue], of runs: [RunRecord]) throws {
    let names = RunNames(runs)
    if !runs.isEmpty { for value in values { try names.check(value) } }
    self.values = values
    formats = values.map { names.column(named: $0.name)?.series.format }
    answers = runs.map { run in
      let answers = RunAnswers(run)
      return values.map(answers.value)
    }
  }

  var headers: [String] { values.map(\.description) }

  /// True where every value there is is a number.
  var areNumeric: [Bool] {
    values.indices.map { column in
      answers.allSatisfy { $0[column].isMissing || $0[column].number != nil }
    }
  }

  func texts(ofRun run: Int) -> [String] {
    zip(zip(values, answers[run]), formats).map { column, format in
      if RunFact(named: column.0.name) == .seconds, let seconds = column.1.number {
        return Units.duration(seconds)
      }
      return column.1.text(format)
    }
  }

  /// The values by how they are written.
  func json(ofRun run: Int) -> [String: QueryJSON] {
    Dictionary(zip(headers, answers[run].map(QueryJSON.init))) { first, _ in first }
  }
}

/// A value for programs: `null` where there is none.
struct QueryJSON: Encodable {
  let value: QueryValue

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .number(let number) where number.isFinite: try container.encode(number)
    case .number, .missing: try container.encodeNil()
    case .text(let text): try container.encode(text)
    case .list(let elements): try container.encode(elements.map(QueryJSON.init))
    }
  }
}
