/// The Halton sequence: coordinate d of point i is i written backwards in the d-th prime.
package enum HaltonSequence {
  static let primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53]

  package static let maximumDimensions = primes.count

  package static func coordinate(_ index: Int, dimension: Int) -> Double {
    let base = primes[dimension]
    var (rest, reversed, power) = (index, 0, 1)
    while rest > 0 {
      reversed = reversed * base + rest % base
      power *= base
      rest /= base
    }
    return Double(reversed) / Double(power)
  }

  /// Point `index`, each dimension moved around by a distance of the seed, so that the first points
  /// are not in a corner.
  package static func point(_ index: Int, dimensions: Int, seed: UInt64) -> [Double] {
    (0..<dimensions).map { dimension in
      let shift = SamplingStream(seed: seed, .haltonShift, index: 0, item: dimension).uniform(0)
      let sum = coordinate(index, dimension: dimension) + shift
      return sum >= 1 ? sum - 1 : sum
    }
  }
}
