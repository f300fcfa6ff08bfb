import CKernels

/// Random numbers of a sampler: draw j of a stream depends on (seed, purpose, index, item) and on j
/// alone, so that a suggestion never depends on how many draws were made before.
///
/// Philox4x32-10 with the seed as key and the counter (block, item, index, purpose); a block gives two
/// words of 64 bits.
package struct SamplingStream: Sendable {
  private let seed: UInt64
  private let purpose: Purpose
  private let (index, item): (UInt32, UInt32)

  /// What draws are for; streams of different purposes are independent.
  package enum Purpose: UInt32, Sendable {
    case random = 1
    case gridShuffle, digitalShift, owen, latinPermutation, kernelChoice, kernelDraw, latinJitter
    case populationDraw, acquisitionStart
    case haltonShift = 15
  }

  package init(seed: UInt64, _ purpose: Purpose, index: Int, item: Int) {
    (self.seed, self.purpose) = (seed, purpose)
    (self.index, self.item) = (UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: item))
  }

  /// 64 random bits.
  package func word(_ draw: Int) -> UInt64 {
    let words = ck_philox(
      seed, UInt32(truncatingIfNeeded: draw / 2), item, index, purpose.rawValue
    ).word
    return draw % 2 == 0
      ? UInt64(words.0) << 32 | UInt64(words.1) : UInt64(words.2) << 32 | UInt64(words.3)
  }

  /// In [0, 1), 53 bits.
  package func uniform(_ draw: Int) -> Double { Double(word(draw) >> 11) * 0x1p-53 }

  /// In (0, 1), symmetric about ½; neither end is ever met.
  package func openUniform(_ draw: Int) -> Double { (Double(word(draw) >> 12) + 0.5) * 0x1p-52 }

  /// An integer in 0 ..< bound; the bias is below bound / 2⁶⁴.
  package func below(_ bound: Int, _ draw: Int) -> Int {
    Int(word(draw).multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number of N(0, 1), by the quantile of one draw.
  package func normal(_ draw: Int) -> Double {
    NormalDistribution.quantile(openUniform(draw))
  }

  /// The numbers 0 ..< count in an order of the stream (Fisher & Yates, from the last place down; one
  /// draw for each exchange).
  package func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for (draw, place) in stride(from: count - 1, to: 0, by: -1).enumerated() {
      order.swapAt(place, below(place + 1, draw))
    }
    return order
  }

  /// The first 32 bits of a block, for scrambling.
  static func word(
    seed: UInt64, _ purpose: Purpose, block: UInt32, item: UInt32, index: UInt32
  ) -> UInt32 {
    ck_philox(seed, block, item, index, purpose.rawValue).word.0
  }
}
