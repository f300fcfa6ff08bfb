internal import Foundation

extension Scale {
  /// Ticks at 1, 2 or 5 times a power of ten, or at every name.
  ///
  /// - Parameter count: about how many there is room for.
  package func ticks(atMost count: Int) -> [Tick] {
    switch self {
    case .linear(let range): Self.linearTicks(range, count)
    case .log(let range): Self.logTicks(range, count)
    case .band(let names): names.enumerated().map { Tick(Double($0), $1) }
    }
  }

  private static func linearTicks(_ range: ClosedRange<Double>, _ count: Int) -> [Tick] {
    let extent = range.upperBound - range.lowerBound
    guard extent > 0, extent.isFinite else { return [] }
    let step = roundStep(extent / Double(max(1, count)))
    let slack = step * 1e-9
    let first = ((range.lowerBound - slack) / step).rounded(.up)
    let last = ((range.upperBound + slack) / step).rounded(.down)
    guard abs(first) < 1e15, abs(last) < 1e15, first <= last else { return [] }
    let decimals = max(0, -Int(floor(log10(step) + 1e-9)))
    return (Int(first)...Int(last)).map { index in
      let value = Double(index) * step
      return Tick(value, NumberText.axis(value, decimals: decimals))
    }
  }

  /// The least of 1, 2 and 5 times a power of ten that is not below the value.
  static func roundStep(_ value: Double) -> Double {
    let power = pow(10, floor(log10(value)))
    for factor in [1.0, 2, 5, 10] where factor * power >= value * (1 - 1e-9) {
      return factor * power
    }
    return 10 * power
  }

  private static func logTicks(_ range: ClosedRange<Double>, _ count: Int) -> [Tick] {
    guard range.lowerBound > 0, range.upperBound.isFinite else { return [] }
    let (low, high) = (log10(range.lowerBound), log10(range.upperBound))
    let exponents = Int(floor(low))...max(Int(floor(low)), Int(ceil(high)))
    func ticks(_ factors: [Double], every stride: Int) -> [Tick] {
      var ticks: [Tick] = []
      for exponent in exponents where (exponent - exponents.lowerBound) % stride == 0 {
        for factor in factors {
          let value = factor * pow(10, Double(exponent))
          let isInside =
            value >= range.lowerBound * (1 - 1e-9) && value <= range.upperBound * (1 + 1e-9)
          if isInside { ticks.append(Tick(value, NumberText.power(value))) }
        }
      }
      return ticks
    }
    for factors in [[1, 2, 5], [1, 5], [1.0]] {
      let found = ticks(factors, every: 1)
      if (2...max(3, count)).contains(found.count) { return found }
    }
    if high - low < 1 { return linearTicks(range, count) }
    let stride = max(1, Int((high - low) / Double(max(1, count))) + 1)
    return ticks([1], every: stride)
  }
}
