@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct ValueHistogramTests {
  private func channels(_ values: [Float]) throws -> ChannelValues {
    let bytes = values.withUnsafeBytes { Array($0) }
    return try #require(
      ChannelValues.of(
        Raster(
          size: Size(height: 1, width: values.count), channels: 1, depth: .real, pixels: bytes)
      ).first)
  }

  @Test func `bytes lie in bins of four values, counted exactly`() throws {
    let pixels = (0..<512).map { UInt8($0 % 256) }
    let found = try #require(
      ChannelValues.of(Raster(size: Size(height: 16, width: 32), channels: 1, pixels: pixels)).first
    )
    #expect(found.histogram.width == 4)
    #expect(found.histogram.counts == Array(repeating: 8, count: 64))
    #expect(found.moments.mean == 127.5)
    #expect(found.extent == 0...255)
    #expect(abs(found.deviation - 73.90027) < 1e-4)
  }

  @Test func `few values have bins of their own`() throws {
    let pixels: [UInt8] = [3, 3, 5, 9]
    let found = try #require(
      ChannelValues.of(Raster(size: Size(height: 1, width: 4), channels: 1, pixels: pixels)).first)
    #expect(found.histogram.width == 1)
    #expect(found.histogram.range(ofBin: 0).lowerBound == 3)
    #expect(found.histogram.counts == [2, 0, 1, 0, 0, 0, 1])
  }

  @Test func `joined in any order the counts are the same, and none is lost`() throws {
    let parts: [[Float]] = [
      [-3.25, 0, 0.5], [1e-3, 2e-3], [700, -900.5, 3], [0.125, 0.25, 1e6], [-1e-7],
    ]
    let values = try parts.map { try channels($0).histogram }
    var forward = ValueHistogram()
    for part in values { forward.add(part) }
    var backward = ValueHistogram()
    for part in values.reversed() { backward.add(part) }
    #expect(forward == backward)
    #expect(forward.counts.reduce(0, +) == 12)
    #expect(forward.counts.count <= ValueHistogram.maximumBins)
    // Each value lies in the bin that says so.
    for value in parts.flatMap({ $0 }).map(Double.init) {
      let bin = Int((value / forward.width).rounded(.down)) - forward.first
      #expect(forward.counts[bin] > 0)
    }
  }

  @Test func `what is not a number is left out`() throws {
    let found = try channels([1, .nan, 3])
    #expect(found.moments.count == 2)
    #expect(found.histogram.counts.reduce(0, +) == 2)
  }

  @Test func `quantiles are right to a bin`() throws {
    let pixels = (0..<1000).map { UInt8($0 % 200) }
    let found = try #require(
      ChannelValues.of(Raster(size: Size(height: 20, width: 50), channels: 1, pixels: pixels)).first
    )
    let median = try #require(found.quantile(0.5))
    #expect(abs(median - 100) <= found.histogram.width)
    #expect(found.quantile(1) == 199)
  }
}
