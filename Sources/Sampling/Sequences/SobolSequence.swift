/// The Sobol sequence in Gray-code order, scrambled by a seed: N points cover every part of the unit
/// cube about equally, and more points can follow.
package enum SobolSequence {
  package static let maximumDimensions = JoeKuo.rows.count + 1

  /// The direction numbers of each dimension: bit j of the Gray code turns on `directions[d][j]`.
  package static let directions: [[UInt32]] =
    [(0..<32).map { 1 << (31 - $0) }] + JoeKuo.rows.map(directions)

  private static func directions(
    degree: Int, coefficients: UInt32, numbers: [UInt32]
  ) -> [UInt32] {
    var directions = numbers.enumerated().map { $1 << UInt32(31 - $0) }
    for bit in degree..<32 {
      var direction = directions[bit - degree]
      direction ^= direction >> UInt32(degree)
      for q in 1..<max(1, degree) where coefficients >> UInt32(degree - 1 - q) & 1 == 1 {
        direction ^= directions[bit - q]
      }
      directions.append(direction)
    }
    return directions
  }

  /// Coordinate `dimension` of point `index`, not scrambled, as a binary fraction of 32 bits.
  package static func bits(_ index: Int, dimension: Int) -> UInt32 {
    let index = UInt32(truncatingIfNeeded: index)
    var gray = index ^ (index >> 1)
    var bits: UInt32 = 0
    while gray != 0 {
      bits ^= directions[dimension][gray.trailingZeroBitCount]
      gray &= gray - 1
    }
    return bits
  }

  /// The same scrambled as Owen (1995) does: each bit is flipped or not depending on all before it,
  /// which keeps the sequence's evenness and loses its structure.
  package static func owen(_ bits: UInt32, seed: UInt64, dimension: Int) -> UInt32 {
    var scrambled = bits
    for bit in 0..<UInt32(32) {
      let prefix = bit == 0 ? 0 : bits >> (32 - bit)
      let word = SamplingStream.word(
        seed: seed, .owen, block: prefix, item: UInt32(dimension), index: bit)
      scrambled ^= (word >> 31) << (31 - bit)
    }
    return scrambled
  }

  /// The same with one random word added bit by bit.
  package static func shifted(_ bits: UInt32, seed: UInt64, dimension: Int) -> UInt32 {
    bits
      ^ SamplingStream.word(
        seed: seed, .digitalShift, block: 0, item: UInt32(dimension), index: 0)
  }

  /// Point `index` of the scrambled sequence, in the unit cube.
  package static func point(_ index: Int, dimensions: Int, seed: UInt64) -> [Double] {
    (0..<dimensions).map { dimension in
      let plain = bits(index, dimension: dimension)
      return Double(owen(plain, seed: seed, dimension: dimension)) * 0x1p-32
    }
  }
}
