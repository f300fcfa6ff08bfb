internal import CKernels
internal import Groundwork

/// What one channel of images holds: moments and a histogram, before anything is done with the values.
/// NaN, which means that there is no data, is left out.
package struct ChannelValues: Sendable, Hashable {
  package private(set) var moments = Moments()
  package private(set) var histogram = ValueHistogram()

  init() {}

  init(moments: Moments, histogram: ValueHistogram) {
    (self.moments, self.histogram) = (moments, histogram)
  }

  package var deviation: Double {
    moments.count > 0 ? max(0, moments.variance).squareRoot() : .nan
  }

  /// The least and the greatest value; `nil` where there is none.
  package var extent: ClosedRange<Double>? {
    moments.count > 0 ? Double(moments.least)...Double(moments.greatest) : nil
  }

  /// The value below which that share of the values lies, to a bin of the histogram.
  package func quantile(_ share: Double) -> Double? {
    guard let extent else { return nil }
    var left = share * Double(moments.count)
    for (bin, count) in histogram.counts.enumerated() {
      let range = histogram.range(ofBin: bin)
      if Double(count) >= left, count > 0 {
        let value = range.lowerBound + histogram.width * left / Double(count)
        return min(max(value, extent.lowerBound), extent.upperBound)
      }
      left -= Double(count)
    }
    return extent.upperBound
  }

  mutating func add(_ other: ChannelValues) {
    moments.add(other.moments)
    histogram.add(other.histogram)
  }

  /// Those of each channel of an image.
  static func of(_ image: Raster) -> [ChannelValues] {
    let (area, channels) = (image.size.area, image.channels)
    return image.pixels.withUnsafeBytes { bytes -> [ChannelValues] in
      guard let start = bytes.baseAddress else { return [] }
      switch image.depth {
      case .bits8, .bits16:
        let levels = image.depth == .bits8 ? 256 : 65_536
        var counts = [UInt64](repeating: 0, count: channels * levels)
        if image.depth == .bits8 {
          ck_histogram(start.assumingMemoryBound(to: UInt8.self), area, Int32(channels), &counts)
        } else {
          ck_histogram_words(
            start.assumingMemoryBound(to: UInt16.self), area, Int32(channels), &counts)
        }
        return (0..<channels).map { channel in
          let own = counts[channel * levels..<(channel + 1) * levels]
          return ChannelValues(moments: Moments(counts: own), histogram: ValueHistogram(of: own))
        }
      case .real:
        let values = start.assumingMemoryBound(to: Float.self)
        var taken = Array(repeating: ck_moments(), count: channels)
        ck_take_moments(values, area, Int32(channels), &taken)
        return taken.indices.map { channel in
          real(values, area, channels, channel, Moments(taken[channel]))
        }
      }
    }
  }

  private static func real(
    _ values: UnsafePointer<Float>, _ area: Int, _ channels: Int, _ channel: Int, _ moments: Moments
  ) -> ChannelValues {
    guard moments.count > 0 else { return ChannelValues() }
    let bins = ValueHistogram(
      over: Double(moments.least)...Double(moments.greatest), least: -149)
    var counts = bins.counts
    ck_histogram_reals(
      values, area, Int32(channels), Int32(channel), bins.width, bins.first, &counts, counts.count)
    return ChannelValues(
      moments: moments,
      histogram: ValueHistogram(exponent: bins.exponent, first: bins.first, counts: counts))
  }
}
