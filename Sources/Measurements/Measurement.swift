/// The values of one evaluation together with what they are.
package struct Measurement: Sendable, Hashable {
  package var series: SeriesDescription
  package var values: MeasuredValues

  package init(_ series: SeriesDescription, _ values: MeasuredValues) {
    self.series = series
    self.values = values
  }

  package init(_ series: SeriesDescription, _ value: Double) {
    self.init(series, .number(value))
  }
}

extension [Measurement] {
  /// The measurement of the series of that name.
  package subscript(_ name: String) -> Measurement? { first { $0.series.name == name } }

  /// A single number by the name of its series, or of an element of one: NaN where it means nothing,
  /// `nil` where nothing is called so.
  package func value(of name: String) -> Double? {
    if let value = self[name]?.values.number { return value }
    for measurement in self {
      if let place = measurement.series.element(named: name) { return measurement.values[place] }
    }
    return nil
  }
}
