/// A hash that is the same in every process, for telling things apart, not for safety: FNV-1a (Fowler,
/// Noll and Vo 1991) over words of 64 bits, mixed at the end.
struct StableHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func combine(_ word: UInt64) {
    state = (state ^ word) &* 0x0000_0100_0000_01B3
    state ^= state >> 29
  }

  mutating func combine(_ text: String) {
    var text = text
    text.withUTF8 { combine(UnsafeRawBufferPointer($0)) }
  }

  mutating func combine(_ bytes: UnsafeRawBufferPointer) {
    combine(UInt64(bytes.count))
    let words = bytes.count / 8
    for index in 0..<words {
      combine(bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
    }
    for byte in bytes[(8 * words)...] { combine(UInt64(byte)) }
  }

  /// Finishing steps of MurmurHash3 (Appleby 2011), so that every bit depends on every other.
  var value: UInt64 {
    var bits = state
    bits = (bits ^ (bits >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    bits = (bits ^ (bits >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return bits ^ (bits >> 33)
  }
}
