internal import Datasets
internal import Groundwork
internal import Tracking

/// How the time of a step grows with the batch, with the area of the images and with the channels
/// of the network: in proportion, if nothing is wrong.
struct BenchScale: Encodable, Sendable {
  let rows: [Row]

  struct Row: Encodable, Sendable {
    /// "batch", "area", "channels".
    let varies: String
    /// "4", "256×256", "32".
    let value: String
    /// Seconds of a step.
    let median: Double
    /// FLOPs, against those of the axis's first row.
    let work: Double
    /// Seconds for the same work, against the axis's first row: 1 where cost is linear.
    let cost: Double
  }

  /// - Parameters:
  ///   - measure: seconds and FLOPs of a step, for overrides.
  init(
    batch: Int, size: Size, channels: Int?,
    measure: ([String]) throws -> (seconds: Double, flops: Int)
  ) rethrows {
    var rows: [Row] = []
    func axis(_ name: String, _ points: [(value: String, overrides: [String])]) throws {
      var first: (seconds: Double, flops: Int)?
      for point in points {
        let measured = try measure(point.overrides)
        let reference = first ?? measured
        first = reference
        let work = Double(measured.flops) / Double(reference.flops)
        rows.append(
          Row(
            varies: name, value: point.value, median: measured.seconds, work: work,
            cost: measured.seconds / reference.seconds / work))
      }
    }
    try axis(
      "batch",
      [1, 2, 4].map { ("\(batch * $0)", ["training.batch_size=\(batch * $0)"]) })
    try axis(
      "area",
      [(1, 1), (1, 2), (2, 2)].map { height, width in
        let (h, w) = (size.height * height, size.width * width)
        return ("\(h)×\(w)", ["data.size=[\(h), \(w)]"])
      })
    if let channels {
      try axis(
        "channels",
        [1, 2, 3].map { ("\(channels * $0)", ["template.base_channels=\(channels * $0)"]) })
    }
    self.rows = rows
  }

  func text(style: Style) -> String {
    var table = TableLayout([
      ("varies", .left), ("value", .right), ("step", .right), ("work", .right),
      ("time for the same work", .right),
    ])
    for row in rows {
      table.add([
        row.varies, row.value, "\(Units.decimals(row.median, 4)) s",
        "× \(Units.decimals(row.work, 2))", "× \(Units.decimals(row.cost, 3))",
      ])
    }
    return table.text(style: style)
  }
}
