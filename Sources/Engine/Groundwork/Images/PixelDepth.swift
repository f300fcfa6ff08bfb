package import CKernels

/// What the samples of an image are. A wider depth holds every value of a narrower one.
package enum PixelDepth: Int, Sendable, Hashable, Comparable {
  /// Integers of 0…255.
  case bits8 = 1
  /// Integers of 0…65535.
  case bits16 = 2
  /// Numbers of single precision.
  case real = 4

  package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

  /// That a sample takes.
  package var bytes: Int { rawValue }

  /// As messages say it.
  package var description: String {
    switch self {
    case .bits8: "8-bit"
    case .bits16: "16-bit"
    case .real: "floating-point"
    }
  }

  package var kernel: ck_depth {
    switch self {
    case .bits8: ck_bytes
    case .bits16: ck_words
    case .real: ck_reals
    }
  }
}

extension Raster {
  /// `[H, W, C]`; any but those of 16 bits are none of its values.
  package var words: [UInt16] { samples(of: .bits16) }

  /// `[H, W, C]`; NaN where there is no data.
  package var reals: [Float] { samples(of: .real) }

  private func samples<Sample>(of depth: PixelDepth) -> [Sample] {
    precondition(self.depth == depth, "the samples are \(self.depth.description)")
    return pixels.withUnsafeBytes { Array($0.bindMemory(to: Sample.self)) }
  }

  /// - Parameter type: that of the samples of this depth.
  package mutating func withSamples<Sample, Result, Failure: Error>(
    of type: Sample.Type, _ body: (UnsafeMutablePointer<Sample>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try pixels.withUnsafeMutableBufferPointer { (bytes) throws(Failure) in
      guard let start = bytes.baseAddress else { preconditionFailure("an image has samples") }
      // Memory of arrays is aligned for every number.
      return try body(UnsafeMutableRawPointer(start).assumingMemoryBound(to: type))
    }
  }

  /// The same values as samples of another depth, in memory that is used again.
  ///
  /// - Precondition: the depth is wider.
  package func widen(to depth: PixelDepth, into wider: inout Raster) {
    wider.reshape(size, channels: channels, depth: depth)
    ck_widen_samples(
      pixels, self.depth.kernel, &wider.pixels, depth.kernel, size.area * channels)
  }
}
