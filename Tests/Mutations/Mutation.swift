/// A few changes of a file, which follow from a seed.
package struct Mutation {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package func changed(_ bytes: [UInt8]) -> [UInt8] {
    var (random, bytes) = (self, bytes)
    for _ in 0...random.below(4) where !bytes.isEmpty {
      let place = random.below(bytes.count)
      switch random.below(8) {
      case 0: bytes[place] ^= 1 << UInt8(random.below(8))
      case 1: bytes[place] = UInt8(random.below(256))
      case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF][random.below(6)]
      case 3:
        let number = [0, 1, .max, .max / 2, 1 << 31, 1 << 32, UInt64(bytes.count)][random.below(7)]
        for offset in 0..<min(1 << random.below(4), bytes.count - place) {
          bytes[place + offset] = UInt8(truncatingIfNeeded: number >> UInt64(8 * offset))
        }
      case 4: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(16)))
      case 5:
        let length = min(1 + random.below(64), bytes.count - place)
        bytes.insert(contentsOf: bytes[place..<(place + length)], at: random.below(bytes.count))
      case 6:
        let length = min(1 + random.below(16), bytes.count - place)
        let other = random.below(bytes.count - length + 1)
        bytes.replaceSubrange(
          place..<(place + length), with: Array(bytes[other..<(other + length)]))
      default: bytes.removeLast(random.below(min(bytes.count, 64)))
      }
    }
    return bytes
  }

  /// SplitMix64 (Steele, Lea and Flood, 2014).
  private mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ mixed >> 31) % UInt64(limit))
  }
}
