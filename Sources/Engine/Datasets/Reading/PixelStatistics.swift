internal import CKernels
package import Groundwork

/// What samples occur in the images of a data set, channel by channel. Integers are counted, so that
/// mean and deviation are exact whatever the order; other numbers are added up in double precision,
/// image by image in the order of the lists.
package struct PixelStatistics: Sendable, Hashable {
  package let channels: Int
  package let depth: PixelDepth
  /// How often each integer occurs, `[C, 256]` or `[C, 65536]`; empty for other numbers.
  private var counts: [UInt64]
  /// The moments of numbers that are not integers, `[C]`; empty for integers.
  private var moments: [Moments]

  init(channels: Int, depth: PixelDepth = .bits8) {
    self.channels = channels
    self.depth = depth
    counts = Array(repeating: 0, count: channels * Self.levels(of: depth))
    moments = Array(repeating: Moments(), count: depth == .real ? channels : 0)
  }

  /// The statistics of one image.
  init(of raster: Raster) {
    self.init(channels: raster.channels, depth: raster.depth)
    take(raster)
  }

  /// Becomes the statistics of one image, in the memory that it has where that is enough.
  mutating func replace(by raster: Raster) {
    guard channels == raster.channels, depth == raster.depth else {
      self = PixelStatistics(of: raster)
      return
    }
    counts.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    take(raster)
  }

  /// False where images give the same in whatever order they are added.
  var dependsOnOrder: Bool { depth == .real }

  /// - Precondition: nothing is counted yet.
  private mutating func take(_ raster: Raster) {
    let (area, channels) = (raster.size.area, Int32(channels))
    raster.pixels.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      switch depth {
      case .bits8:
        ck_histogram(start.assumingMemoryBound(to: UInt8.self), area, channels, &counts)
      case .bits16:
        ck_histogram_words(start.assumingMemoryBound(to: UInt16.self), area, channels, &counts)
      case .real:
        var taken = Array(repeating: ck_moments(), count: moments.count)
        ck_take_moments(start.assumingMemoryBound(to: Float.self), area, channels, &taken)
        moments = taken.map(Moments.init)
      }
    }
  }

  /// - Precondition: `other` is of the same channels. If it is of another depth it is not added:
  ///   a data set of several depths is not used.
  package mutating func add(_ other: PixelStatistics) {
    guard depth == other.depth else { return }
    for index in counts.indices { counts[index] += other.counts[index] }
    for index in moments.indices { moments[index].add(other.moments[index]) }
  }

  /// The statistics of the channels of each image. All slices of an image are counted together.
  func pooled(_ stack: ImageStack) -> PixelStatistics {
    var pooled = PixelStatistics(channels: stack.images.reduce(0, +), depth: depth)
    let levels = Self.levels(of: depth)
    var target = 0
    for (image, channels) in stack.images.enumerated() {
      for (index, channel) in stack.range(ofImage: image).enumerated() {
        let place = target + index % channels
        for value in 0..<levels {
          pooled.counts[place * levels + value] += counts[channel * levels + value]
        }
        if depth == .real { pooled.moments[place].add(moments[channel]) }
      }
      target += channels
    }
    return pooled
  }

  private static func levels(of depth: PixelDepth) -> Int {
    switch depth {
    case .bits8: 256
    case .bits16: 65_536
    case .real: 0
    }
  }
}

extension PixelStatistics {
  /// For each channel, pooled over all pixels.
  package var mean: [Double] { (0..<channels).map(mean) }

  /// For each channel, divided by the number of pixels; `nil` for one that never varies.
  package var deviation: [Double?] {
    (0..<channels).map { channel in
      let variance = variance(channel)
      return variance > (depth == .bits8 ? 1e-6 : 0) ? variance.squareRoot() : nil
    }
  }

  /// The least and the greatest sample of some channels; `nil` where there is none.
  package func extent(_ channels: Range<Int>) -> ClosedRange<Double>? {
    var extents: [ClosedRange<Double>] = []
    for channel in channels {
      if depth == .real {
        let moments = moments[channel]
        if moments.count > 0 { extents.append(Double(moments.least)...Double(moments.greatest)) }
      } else {
        let counts = levels(channel)
        guard let first = counts.firstIndex(where: { $0 > 0 }),
          let last = counts.lastIndex(where: { $0 > 0 })
        else { continue }
        extents.append(
          Double(first - counts.startIndex)...Double(last - counts.startIndex))
      }
    }
    guard let least = extents.map(\.lowerBound).min(), let most = extents.map(\.upperBound).max()
    else { return nil }
    return least...most
  }

  private func levels(_ channel: Int) -> ArraySlice<UInt64> {
    let levels = Self.levels(of: depth)
    return counts[channel * levels..<(channel + 1) * levels]
  }

  private func mean(_ channel: Int) -> Double {
    if depth == .real { return moments[channel].mean }
    let (pixels, sum, _) = sums(channel)
    return Self.double(sum) / Double(max(1, pixels))
  }

  private func variance(_ channel: Int) -> Double {
    if depth == .real { return moments[channel].variance }
    let (pixels, sum, squares) = sums(channel)
    let count = Double(max(1, pixels))
    if depth == .bits8 {
      let mean = Self.double(sum) / count
      return Self.double(squares) / count - mean * mean
    }
    // n² times it, which is a whole number.
    let whole = UInt128(pixels) * squares - sum * sum
    return Double(whole) / count / count
  }

  /// Pixels, their sum and that of their squares.
  private func sums(_ channel: Int) -> (pixels: UInt64, sum: UInt128, squares: UInt128) {
    var (pixels, sum, squares): (UInt64, UInt128, UInt128) = (0, 0, 0)
    for (count, value) in zip(levels(channel), UInt64(0)...) where count > 0 {
      pixels += count
      sum += UInt128(count) * UInt128(value)
      squares += UInt128(count) * UInt128(value * value)
    }
    return (pixels, sum, squares)
  }

  private static func double(_ value: UInt128) -> Double {
    UInt64(exactly: value).map { Double($0) } ?? Double(value)
  }
}
