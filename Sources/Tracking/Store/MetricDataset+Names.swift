internal import Measurements

extension MetricDataset {
  /// - Throws: ``StoreError/unusable(path:reason:)`` where two datasets would have one place, or a
  ///   row has not the shape that the series promise.
  static func checkNames(_ history: MetricHistory) throws(StoreError) {
    let reserved: Set = [
      stepName, epochName, attemptName, seriesNamesName, AxisScales.group, tensors, imageNames,
    ]
    var taken: Set<[String]> = []
    for series in history.series {
      let path = SeriesDescription.parts(of: series.name)
      guard path.allSatisfy(isName), !reserved.contains(path[0]), taken.insert(path).inserted else {
        throw unusable("the name of the series '\(series.name)' is taken, or is no name")
      }
      let words = series.aliases + series.axes.map(\.name)
      guard words.allSatisfy({ isName($0) && !$0.contains(" ") }) else {
        throw unusable("the series '\(series.name)' has an alias or an axis that is no name")
      }
    }
    for path in taken {
      for length in 1..<path.count where taken.contains(Array(path.prefix(length))) {
        throw unusable(
          "the series '\(path.prefix(length).joined(separator: "."))' cannot hold another, "
            + "'\(path.joined(separator: "."))'")
      }
    }
    try checkShapes(history)
  }

  private static func checkShapes(_ history: MetricHistory) throws(StoreError) {
    for row in history.rows {
      guard row.values.count == history.series.count,
        row.tensorDigests.count == history.tensorNames.count
      else { throw unusable("the evaluation at \(row.point) has not a value of every series") }
      for (series, values) in zip(history.series, row.values) where !values.fit(series) {
        throw unusable("the values of '\(series.name)' at \(row.point) do not fill its axes")
      }
    }
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && !text.contains("/") && !text.contains("\0")
  }

  private static func unusable(_ reason: String) -> StoreError {
    .unusable(path: RunFolder.metrics, reason: reason)
  }
}

extension MeasuredValues {
  /// Tells whether they are as many as the axes of the series hold.
  fileprivate func fit(_ series: SeriesDescription) -> Bool {
    switch self {
    case .number: series.isScalar
    case .numbers(let values): !series.isScalar && values.count == series.count
    case .counts(let counts): !series.isScalar && counts.count == series.count
    case .images(let images): series.ranksImages && images.count <= series.count
    }
  }
}
