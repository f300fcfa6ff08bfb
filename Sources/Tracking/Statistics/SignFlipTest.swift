/// The exact test of paired differences that assumes nothing but symmetry: how often random signs would
/// make their sum as large (Fisher, 1935).
///
/// With n pairs the smallest two-sided p is 2 / 2ⁿ, so that below six pairs it cannot reach 0.05. Above
/// sixteen pairs a fixed sample of the signs stands for all.
package struct SignFlipTest: Sendable, Hashable {
  static let largestExact = 16
  static let draws = 100_000

  /// Two-sided.
  package let p: Double
  /// For differences above zero alone.
  package let pGreater: Double

  /// - Returns: `nil` where there is no difference.
  package init?(_ differences: [Double]) {
    guard !differences.isEmpty else { return nil }
    let observed = differences.reduce(0, +)
    // Sums of the same numbers in another order may differ in their last bits.
    let nearness = 1e-12 * max(1, differences.map { abs($0) }.reduce(0, +))
    var (all, asFar, asHigh) = (0, 0, 0)
    Self.forEachSum(differences) { sum in
      all += 1
      if abs(sum) >= abs(observed) - nearness { asFar += 1 }
      if sum >= observed - nearness { asHigh += 1 }
    }
    // A sample counts what was observed as one of its draws, so that p is never zero.
    let seen = differences.count > Self.largestExact ? 1 : 0
    p = Double(asFar + seen) / Double(all + seen)
    pGreater = Double(asHigh + seen) / Double(all + seen)
  }

  static func smallestP(pairs: Int) -> Double { pairs < 1 ? 1 : min(1, 2 / exp2(pairs)) }

  private static func exp2(_ power: Int) -> Double {
    Double(sign: .plus, exponent: power, significand: 1)
  }

  private static func forEachSum(_ differences: [Double], _ body: (Double) -> Void) {
    if differences.count <= largestExact {
      for signs in 0..<(1 << differences.count) {
        var sum = 0.0
        for (place, difference) in differences.enumerated() {
          sum += signs >> place & 1 == 0 ? difference : -difference
        }
        body(sum)
      }
      return
    }
    var stream = FixedStream(key: 0x5167_4E00 + UInt64(differences.count))
    for _ in 0..<draws {
      var (sum, bits, left) = (0.0, UInt64(0), 0)
      for difference in differences {
        if left == 0 { (bits, left) = (stream.next(), 64) }
        sum += bits & 1 == 0 ? difference : -difference
        (bits, left) = (bits >> 1, left - 1)
      }
      body(sum)
    }
  }
}
