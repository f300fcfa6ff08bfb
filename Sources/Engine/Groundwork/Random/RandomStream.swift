package import CKernels
internal import Foundation

/// Random numbers that are a function of (seed, purpose, epoch, sample) and of the position in the
/// stream alone: the same whatever else was drawn, on any thread, after any interruption.
///
/// Philox4x32-10 (Salmon, Moraes, Dror & Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3",
/// SC 2011). Key = seed; counter = (block, purpose, sample, epoch); word k of a stream is lane
/// k mod 4 of block k div 4.
package struct RandomStream: Sendable {
  private let seed: UInt64
  private let purpose: UInt32
  private let name: Purpose
  private let sample: UInt32
  private let epoch: UInt32
  private var position = 0
  private var block: ck_philox_block

  package init(seed: UInt64, purpose: Purpose, epoch: Int = 0, sample: Int = 0) {
    self.seed = seed
    self.purpose = purpose.code
    name = purpose
    self.sample = UInt32(truncatingIfNeeded: sample)
    self.epoch = UInt32(truncatingIfNeeded: epoch)
    block = ck_philox(seed, 0, self.purpose, self.sample, self.epoch)
  }

  /// What a stream is for; equal names are equal streams.
  package struct Purpose: Sendable, Hashable {
    package let code: UInt32
    /// The code of what stands before `#k` in a name, and k.
    private let stem: UInt32
    private let occurrence: Int?

    package init(code: UInt32) { (self.code, stem, occurrence) = (code, code, nil) }

    /// FNV-1a, 32 bits, of the name's UTF-8.
    package init(_ name: String) {
      let parts = name.split(separator: "#", omittingEmptySubsequences: false)
      if parts.count == 2, let occurrence = Int(parts[1]), String(occurrence) == parts[1] {
        self.init(stem: Self.code(parts[0].utf8), occurrence: occurrence)
      } else {
        self.init(code: Self.code(name.utf8))
      }
    }

    private init(stem: UInt32, occurrence: Int?) {
      (self.stem, self.occurrence) = (stem, occurrence)
      guard let occurrence else {
        code = stem
        return
      }
      code = Self.digits(of: occurrence, after: Self.code(CollectionOfOne(35), after: stem))
    }

    /// `noise.clahe#1` of `noise#1`.
    package func part(_ part: String) -> Purpose {
      let dotted = Self.code(CollectionOfOne(46), after: stem)
      return Purpose(stem: Self.code(part.utf8, after: dotted), occurrence: occurrence)
    }

    private static func code(
      _ bytes: some Sequence<UInt8>, after start: UInt32 = 2_166_136_261
    ) -> UInt32 {
      bytes.reduce(start) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }

    /// Without a string, as it is called for every sample.
    private static func digits(of number: Int, after start: UInt32) -> UInt32 {
      let leading = number < 10 ? start : digits(of: number / 10, after: start)
      return code(CollectionOfOne(UInt8(48 + number % 10)), after: leading)
    }

    package static let shuffle = Purpose(code: 0x5348_4655)
    package static let split = Purpose(code: 0x5350_4C54)
    package static let draw = Purpose("draw")

    /// A purpose of its own for each further time, 0 for the first; FNV-1a of the number's bytes
    /// behind what was hashed.
    package func occurring(_ occurrence: Int) -> Purpose { numbered(occurrence, after: code) }

    /// A purpose of its own for each image of a sample but the first.
    package func ofImage(_ image: Int) -> Purpose {
      numbered(image, after: Self.code("image".utf8, after: code))
    }

    /// A purpose of its own for each slice of an image but the first.
    package func ofSlice(_ slice: Int) -> Purpose {
      numbered(slice, after: Self.code("slice".utf8, after: code))
    }

    private func numbered(_ number: Int, after start: UInt32) -> Purpose {
      guard number > 0 else { return self }
      var code = start
      for shift in stride(from: 0, to: 32, by: 8) {
        code = (code ^ UInt32(truncatingIfNeeded: number >> shift) & 255) &* 16_777_619
      }
      return Purpose(code: code)
    }
  }

  /// The stream of a part of what this one is for, from its beginning: `noise.clahe#0` of
  /// `noise#0`.
  package func part(_ part: String) -> RandomStream {
    var stream = self
    stream.become(name.part(part))
    return stream
  }

  /// The stream of one of several images, from its beginning; the first image's is this one.
  package func ofImage(_ image: Int) -> RandomStream {
    guard image > 0 else { return self }
    var stream = self
    stream.become(name.ofImage(image))
    return stream
  }

  /// The stream of one of several slices, from its beginning; the first slice's is this one.
  package func ofSlice(_ slice: Int) -> RandomStream {
    guard slice > 0 else { return self }
    var stream = self
    stream.become(name.ofSlice(slice))
    return stream
  }

  private mutating func become(_ purpose: Purpose) {
    self = RandomStream(seed: seed, purpose: purpose, epochBits: epoch, sampleBits: sample)
  }

  private init(seed: UInt64, purpose: Purpose, epochBits: UInt32, sampleBits: UInt32) {
    self.seed = seed
    self.purpose = purpose.code
    name = purpose
    (sample, epoch) = (sampleBits, epochBits)
    block = ck_philox(seed, 0, purpose.code, sampleBits, epochBits)
  }

  /// The next 32 random bits.
  package mutating func word() -> UInt32 {
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
  package mutating func wideWord() -> UInt64 { UInt64(word()) << 32 | UInt64(word()) }

  /// In [0, 1), 24 bits.
  package mutating func uniform() -> Float { Float(word() >> 8) * 0x1p-24 }

  /// In [lower, upper).
  package mutating func uniform(_ lower: Float, _ upper: Float) -> Float {
    lower + (upper - lower) * uniform()
  }

  /// True with the given probability.
  package mutating func chance(_ probability: Double) -> Bool { Double(uniform()) < probability }

  /// An integer in 0 ..< bound; the bias is below bound / 2³².
  package mutating func below(_ bound: Int) -> Int { Int((UInt64(word()) &* UInt64(bound)) >> 32) }

  /// Two independent numbers of N(0, 1) (Box & Muller 1958), of two words.
  package mutating func normals() -> (Double, Double) {
    let first = (Double(word()) + 1) * 0x1p-32
    let angle = 2 * .pi * Double(word()) * 0x1p-32
    let radius = (-2 * log(first)).squareRoot()
    return (radius * cos(angle), radius * sin(angle))
  }

  /// In the range, uniform.
  package mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * Double(uniform())
  }

  /// In [−limit, limit), uniform.
  package mutating func either(_ limit: Double) -> Double { uniform(in: -limit...limit) }

  /// The key of blocks from the next whole one on, `count` of which are used up by that.
  ///
  /// - Parameter slice: whose blocks they are, where slices share all other draws.
  package mutating func blocks(_ count: Int, ofSlice slice: Int = 0) -> ck_stream {
    let first = (position + 3) >> 2
    position = (first + count) << 2
    // The block that is read next is made when its first word is asked for.
    return ck_stream(
      seed: seed, block: UInt32(truncatingIfNeeded: first),
      purpose: Purpose(code: purpose).ofSlice(slice).code, sample: sample, epoch: epoch)
  }
}
