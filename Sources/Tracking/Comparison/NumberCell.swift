internal import Measurements

/// How the cells of a column over seeds are written: all with the same number of decimals, so that their
/// points stand under each other.
struct NumberCell {
  private let decimals: Int?
  private let format: ValueFormat
  private let spread: Comparison.Spread
  /// Values so large or so small that decimals would hide them.
  private let isScientific: Bool

  init(_ cells: [Comparison.Cell], _ format: ValueFormat, _ spread: Comparison.Spread) {
    (self.format, self.spread) = (format, spread)
    let summaries = cells.compactMap { cell in
      if case .measured(let replicates) = cell.value { replicates.summary } else { nil }
    }
    let means = summaries.map { abs($0.mean) }.filter { $0.isFinite && $0 > 0 }
    isScientific = means.max().map { $0 < 1e-3 } ?? false
    // Two decimals at least, so that means that differ look different.
    decimals = MeasuredNumber.columnDecimals(
      errors: summaries.filter { $0.mean.magnitude < 1e6 }.compactMap(\.deviation),
      upTo: Self.limit(format)
    ).map { max($0, min(2, Self.limit(format))) }
  }

  /// A mean needs a digit less than a single value.
  private static func limit(_ format: ValueFormat) -> Int {
    if case .fixed(let places) = format { max(1, places - 1) } else { 1 }
  }

  /// `0.567 ± 0.007`; one or two values have no ±, which would say more than they can.
  func text(_ replicates: ReplicateValues) -> String {
    guard let summary = replicates.summary else { return "" }
    guard summary.count > 2, let deviation = summary.deviation else { return value(summary.mean) }
    let isLarge = abs(summary.mean) >= 1e6 || isScientific
    func written(_ number: Double) -> String {
      isLarge ? Self.scientific(number) : value(number)
    }
    let interval: Interval?
    switch spread {
    case .deviation: interval = nil
    case .t: interval = summary.interval()
    case .bca: interval = Self.bootstrap(replicates.values)
    }
    if spread != .deviation {
      guard let interval else { return written(summary.mean) }
      return "\(written(summary.mean)) [\(written(interval.low)), \(written(interval.high))]"
    }
    return written(summary.mean) + " ± " + (deviation == 0 ? "0" : written(deviation))
  }

  /// From ten values on, where it covers what it says.
  static let leastForBootstrap = 10

  static func bootstrap(_ values: [Double]) -> Interval? {
    let values = values.filter { !$0.isNaN }
    return values.count >= leastForBootstrap ? BootstrapInterval(values)?.interval : nil
  }

  private func value(_ number: Double) -> String {
    guard number.isFinite else { return format.text(number) }
    if isScientific || abs(number) >= 1e6 { return Self.scientific(number) }
    return decimals.map { Self.text(number, $0) } ?? Self.withMinus(format.text(number))
  }

  /// `8.7e11`, with two significant digits.
  private static func scientific(_ number: Double) -> String {
    withMinus(DecimalText.scientific(number, digits: 2))
  }

  /// With so many decimals and the sign for minus that is as wide as a digit.
  static func text(_ number: Double, _ decimals: Int) -> String {
    withMinus(DecimalText.fixed(number, decimals: decimals))
  }

  private static func withMinus(_ text: String) -> String {
    text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }
}

extension Comparison {
  /// Writes the texts of the cells that are over seeds, column by column.
  mutating func writeNumbers() {
    for place in columns.indices where columns[place].isOverSeeds {
      let cells = rows.map { $0.cells[place] }
      let numbers = NumberCell(cells, columns[place].format ?? .fixed(4), spread)
      for row in rows.indices {
        if case .measured(let replicates) = rows[row].cells[place].value {
          rows[row].cells[place].text = numbers.text(replicates)
        }
      }
    }
  }
}
