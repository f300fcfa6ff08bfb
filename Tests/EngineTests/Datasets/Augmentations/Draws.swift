@testable import Datasets
@testable import Groundwork

/// What 10,000 samples draw, and whether that is distributed as declared: how often something
/// happens within four standard deviations, uniform numbers by the test of Kolmogorov and Smirnov
/// (p = 1e-4), normal ones by their moments.
struct Draws {
  static let count = 10_000

  static func make<Kind: Augmentation>(
    _ type: Kind.Type, _ written: [String: FieldValue] = [:]
  ) throws -> Kind {
    try type.init(.sample(type.fields, written))
  }

  static func all<Value>(
    of name: String, _ draw: (inout RandomStream) throws -> Value?
  ) rethrows -> [Value] {
    try (0..<count).compactMap { sample in
      var random = RandomStream(seed: 11, purpose: .init("\(name)#0"), sample: sample)
      return try draw(&random)
    }
  }

  /// What becomes of a sample, so many times.
  static func samples<Value>(
    _ augmentation: any Augmentation, of sample: Sample, _ look: (Sample) -> Value?
  ) -> [Value] {
    all(of: type(of: augmentation).name) { random in
      var changed = sample
      augmentation.apply(to: &changed, random: &random)
      return look(changed)
    }
  }

  static func isChance(_ found: Int, _ probability: Double, of count: Int = count) -> Bool {
    let count = Double(count)
    let deviation = (count * probability * (1 - probability)).squareRoot()
    return abs(Double(found) - count * probability) <= 4 * deviation
  }

  /// - Parameter tolerance: how far numbers may lie outside of the range by rounding.
  static func isUniform(
    _ values: [Double], _ range: ClosedRange<Double>, tolerance: Double = 0
  ) -> Bool {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last,
      first >= range.lowerBound - tolerance, last <= range.upperBound + tolerance
    else { return false }
    let count = Double(sorted.count)
    let distance = sorted.enumerated().map { index, value in
      let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      return max(share - Double(index) / count, Double(index + 1) / count - share)
    }
    return (distance.max() ?? 0) < 2.23 / count.squareRoot()
  }

  static func isEven<Value: Hashable>(_ values: [Value], _ kinds: [Value]) -> Bool {
    Set(values).isSubset(of: kinds)
      && kinds.allSatisfy { kind in
        isChance(values.count { $0 == kind }, 1 / Double(kinds.count), of: values.count)
      }
  }

  /// Of mean 0 and variance 1.
  static func isNormal(_ values: [Double]) -> Bool {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + $1 * $1 } / count
    // Φ(1) − Φ(−1)
    return abs(mean) < 4 / count.squareRoot() && abs(variance - 1) < 4 * (2 / count).squareRoot()
      && isChance(values.count { abs($0) < 1 }, 0.6827, of: values.count)
  }
}
