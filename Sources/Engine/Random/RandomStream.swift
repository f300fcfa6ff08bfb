internal import CKernels

/// Random numbers that are a function of (seed, purpose, epoch, sample) and of the position in the
/// stream alone: the same whatever else was drawn, on any thread, after any interruption.
///
/// Philox4x32-10 (Salmon, Moraes, Dror & Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3",
/// SC 2011). Key = seed; counter = (block, purpose, sample, epoch); word k of a stream is lane
/// k mod 4 of block k div 4.
public struct RandomStream: Sendable {
  private let seed: UInt64
  private let purpose: UInt32
  private let sample: UInt32
  private let epoch: UInt32
  private var position = 0
  private var block: ck_philox_block

  public init(seed: UInt64, purpose: Purpose, epoch: Int = 0, sample: Int = 0) {
    self.seed = seed
    self.purpose = purpose.code
    self.sample = UInt32(truncatingIfNeeded: sample)
    self.epoch = UInt32(truncatingIfNeeded: epoch)
    block = ck_philox(seed, 0, self.purpose, self.sample, self.epoch)
  }

  /// What a stream is for; equal names are equal streams.
  public struct Purpose: Sendable, Hashable {
    public let code: UInt32
    public init(code: UInt32) { self.code = code }
    /// FNV-1a, 32 bits, of the name's UTF-8.
    public init(_ name: String) {
      code = name.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
    public static let shuffle = Purpose(code: 0x5348_4655)
    public static let split = Purpose(code: 0x5350_4C54)
    public static let draw = Purpose("draw")

    /// A purpose of its own for each further time, 0 for the first; FNV-1a of the number's bytes
    /// behind what was hashed.
    func occurring(_ occurrence: Int) -> Purpose {
      guard occurrence > 0 else { return self }
      var code = code
      for shift in stride(from: 0, to: 32, by: 8) {
        code = (code ^ UInt32(truncatingIfNeeded: occurrence >> shift) & 255) &* 16_777_619
      }
      return Purpose(code: code)
    }
  }

  /// The next 32 random bits.
  public mutating func word() -> UInt32 {
    let lane = position & 3
    if lane == 0, position > 0 {
      block = ck_philox(seed, UInt32(truncatingIfNeeded: position >> 2), purpose, sample, epoch)
    }
    position += 1
    return switch lane {
    case 0: block.word.0
    case 1: block.word.1
    case 2: block.word.2
    default: block.word.3
    }
  }

  /// The next 64 random bits: two words, the higher first.
  public mutating func wideWord() -> UInt64 { UInt64(word()) << 32 | UInt64(word()) }

  /// In [0, 1), 24 bits.
  public mutating func uniform() -> Float { Float(word() >> 8) * 0x1p-24 }

  /// In [lower, upper).
  public mutating func uniform(_ lower: Float, _ upper: Float) -> Float {
    lower + (upper - lower) * uniform()
  }

  /// True with the given probability.
  public mutating func chance(_ probability: Double) -> Bool { Double(uniform()) < probability }

  /// An integer in 0 ..< bound; the bias is below bound / 2³².
  public mutating func below(_ bound: Int) -> Int { Int((UInt64(word()) &* UInt64(bound)) >> 32) }
}
