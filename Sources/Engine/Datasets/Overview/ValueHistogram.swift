/// How often values occur, in at most 64 bins of one width. The width is a power of two and the bins
/// begin at multiples of it, so that histograms of images join without moving a value, in any order, to
/// the same counts.
package struct ValueHistogram: Sendable, Hashable {
  /// The width of a bin is 2 to the power of this.
  package private(set) var exponent: Int
  /// The first bin begins at this times the width.
  package private(set) var first: Int
  package private(set) var counts: [UInt64]

  package static let maximumBins = 64
  /// Of numbers of single precision none is narrower.
  private static let leastExponent = -149

  /// No value.
  init() { (exponent, first, counts) = (Self.leastExponent, 0, []) }

  init(exponent: Int, first: Int, counts: [UInt64]) {
    (self.exponent, self.first, self.counts) = (exponent, first, counts)
  }

  /// Bins for the values of an extent, the narrowest that are few enough.
  ///
  /// - Parameter least: the exponent of the narrowest bins: 0 for integers.
  init(over extent: ClosedRange<Double>, least: Int) {
    var exponent = least
    while !Self.fits(extent, exponent) { exponent += 1 }
    self.exponent = exponent
    first = Self.bin(extent.lowerBound, exponent)
    counts = Array(repeating: 0, count: Self.bin(extent.upperBound, exponent) - first + 1)
  }

  /// Those of integers from 0 on, which occur so often each.
  init(of levels: ArraySlice<UInt64>) {
    guard let low = levels.firstIndex(where: { $0 > 0 }),
      let high = levels.lastIndex(where: { $0 > 0 })
    else {
      self.init()
      return
    }
    let start = levels.startIndex
    self.init(over: Double(low - start)...Double(high - start), least: 0)
    for place in low...high {
      counts[((place - start) >> exponent) - first] += levels[place]
    }
  }

  package var width: Double { Self.width(exponent) }

  /// The values of a bin, the second of which is the next one's.
  package func range(ofBin bin: Int) -> ClosedRange<Double> {
    let start = Double(first + bin) * width
    return start...start + width
  }

  package mutating func add(_ other: ValueHistogram) {
    guard !other.counts.isEmpty else { return }
    guard !counts.isEmpty else {
      self = other
      return
    }
    var other = other
    let common = max(exponent, other.exponent)
    coarsen(to: common)
    other.coarsen(to: common)
    while max(end, other.end) - min(first, other.first) > Self.maximumBins {
      coarsen(to: exponent + 1)
      other.coarsen(to: other.exponent + 1)
    }
    let start = min(first, other.first)
    var joined = Array(repeating: UInt64(0), count: max(end, other.end) - start)
    for (place, count) in counts.enumerated() { joined[first - start + place] += count }
    for (place, count) in other.counts.enumerated() {
      joined[other.first - start + place] += count
    }
    (first, counts) = (start, joined)
  }

  private var end: Int { first + counts.count }

  private mutating func coarsen(to target: Int) {
    guard target > exponent, !counts.isEmpty else { return }
    while exponent < target {
      let start = first >> 1
      var joined = Array(repeating: UInt64(0), count: ((end - 1) >> 1) - start + 1)
      for (place, count) in counts.enumerated() { joined[((first + place) >> 1) - start] += count }
      (exponent, first, counts) = (exponent + 1, start, joined)
    }
  }

  private static func fits(_ extent: ClosedRange<Double>, _ exponent: Int) -> Bool {
    let width = width(exponent)
    // Bins are numbered by integers that doubles hold exactly.
    guard max(abs(extent.lowerBound), abs(extent.upperBound)) / width < 0x1p52 else { return false }
    return bin(extent.upperBound, exponent) - bin(extent.lowerBound, exponent) < maximumBins
  }

  private static func bin(_ value: Double, _ exponent: Int) -> Int {
    Int((value / width(exponent)).rounded(.down))
  }

  private static func width(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }
}
