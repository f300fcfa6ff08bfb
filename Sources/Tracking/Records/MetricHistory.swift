package import Measurements

/// What the evaluations of a run measured: a table with a column for each series and a row for each
/// evaluation.
package struct MetricHistory: Sendable, Equatable {
  /// What is measured in every evaluation, no two of one name.
  package var series: [SeriesDescription]
  /// Names of the tensors whose digests are kept.
  package var tensorNames: [String]
  package var rows: [Row]

  /// One evaluation.
  package struct Row: Sendable, Equatable {
    package var point: EvaluationPoint
    /// In the order of ``MetricHistory/series``.
    package var values: [MeasuredValues]
    /// Digest of the bits of each tensor.
    package var tensorDigests: [UInt64]
    /// The attempt that computed it, from 1.
    package var attempt: Int

    package init(
      _ point: EvaluationPoint, values: [MeasuredValues], tensorDigests: [UInt64], attempt: Int
    ) {
      self.point = point
      self.values = values
      self.tensorDigests = tensorDigests
      self.attempt = attempt
    }

    package var step: Int { point.step }
  }

  package init(series: [SeriesDescription], tensorNames: [String], rows: [Row] = []) {
    self.series = series
    self.tensorNames = tensorNames
    self.rows = rows
  }
}

extension MetricHistory {
  /// The classes of the data; empty where nothing is measured by class.
  package var classNames: [String] { series.classNames }

  /// The evaluation after that step.
  package func row(atStep step: Int) -> Row? { rows.first { $0.step == step } }

  /// The history as it was after that step.
  package func cut(toStep step: Int) -> MetricHistory {
    var history = self
    history.rows.removeAll { $0.step > step }
    return history
  }

  /// Adds an evaluation. A series that the history has and the evaluation lacks has no value in it; one
  /// that the history lacks is not kept.
  package mutating func append(
    _ measurements: [Measurement], at point: EvaluationPoint, tensorDigests: [UInt64], attempt: Int
  ) {
    let measured = Dictionary(measurements.map { ($0.series.name, $0) }) { first, _ in first }
    let values = series.map { series in
      guard let found = measured[series.name], found.series.axes == series.axes else {
        return series.missingValues
      }
      return found.values
    }
    rows.append(Row(point, values: values, tensorDigests: tensorDigests, attempt: attempt))
  }

  /// Wall time of one evaluation and of the training before it, in seconds.
  package func seconds(of row: Row) -> Double {
    Self.seconds(of: row, times)
  }

  /// The same over all evaluations.
  package var seconds: Double {
    let times = times
    return rows.reduce(0) { $0 + Self.seconds(of: $1, times) }
  }

  /// The series that are times.
  private var times: [Int] { series.indices.filter { series[$0].isWallTime } }

  private static func seconds(of row: Row, _ times: [Int]) -> Double {
    times.reduce(0) { $0 + row.values[$1][0] }
  }
}

extension SeriesDescription {
  /// Stands for an evaluation that did not measure the series.
  fileprivate var missingValues: MeasuredValues {
    isScalar ? .number(.nan) : .numbers(Array(repeating: .nan, count: count))
  }
}
