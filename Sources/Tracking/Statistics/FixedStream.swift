/// Random numbers that are the same in every program and every year: a table or report that needs many
/// draws comes out the same, byte for byte.
///
/// The n-th number is a function of the stream's key and n alone: the finalizer of SplitMix64 (Steele,
/// Lea and Flood, 2014) over a Weyl sequence.
struct FixedStream {
  private let key: UInt64
  private var counter: UInt64 = 0

  init(key: UInt64) { self.key = Self.mixed(key &+ 0x9E37_79B9_7F4A_7C15) }

  mutating func next() -> UInt64 {
    counter &+= 1
    return Self.mixed(key &+ counter &* 0x9E37_79B9_7F4A_7C15)
  }

  /// A whole number from 0 to below the bound, each as likely as any other to one part in 2⁶⁴.
  mutating func next(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
