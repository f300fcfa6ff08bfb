import Measurements
import Tracking

/// The values of one evaluation as JSON: a number; an object by label where there is one axis with
/// names; a list of images; nested lists in the order of the axes, the first outermost.
struct MeasuredJSON: Encodable {
  let series: SeriesDescription
  let values: MeasuredValues

  /// What an evaluation measured, by the name of the series.
  static func values(
    of row: MetricHistory.Row, in history: MetricHistory
  ) -> [String: MeasuredJSON] {
    let values = zip(history.series, row.values).map { series, values in
      (series.name, MeasuredJSON(series: series, values: values))
    }
    return Dictionary(values, uniquingKeysWith: { first, _ in first })
  }

  func encode(to encoder: any Encoder) throws {
    switch values {
    case .number(let value):
      var container = encoder.singleValueContainer()
      try container.encode(JSONOutput.number(value))
    case .images(let images):
      var container = encoder.singleValueContainer()
      try container.encode(images)
    case .numbers(let numbers):
      try encode(numbers.map(JSONOutput.number), to: encoder)
    case .counts(let counts):
      try encode(counts, to: encoder)
    }
  }

  private func encode<Value: Encodable>(_ flat: [Value], to encoder: any Encoder) throws {
    guard series.axes.count == 1, flat.count == series.count else {
      try Nested(values: flat[...], lengths: series.axes.map(\.labels.count)[...])
        .encode(to: encoder)
      return
    }
    var container = encoder.singleValueContainer()
    try container.encode(
      Dictionary(zip(series.axes[0].labels, flat), uniquingKeysWith: { first, _ in first }))
  }

  /// A part of a flat array, as lists within lists.
  private struct Nested<Value: Encodable>: Encodable {
    let values: ArraySlice<Value>
    let lengths: ArraySlice<Int>

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      guard lengths.count > 1, let length = lengths.first, length > 0 else {
        for value in values { try container.encode(value) }
        return
      }
      let stride = values.count / length
      for place in 0..<length {
        let start = values.startIndex + place * stride
        try container.encode(
          Nested(values: values[start..<start + stride], lengths: lengths.dropFirst()))
      }
    }
  }
}
