@testable import Datasets
@testable import Groundwork
@testable import Measurements
import Testing

@Suite struct StatisticsTests {
  private func statistics(_ images: [Raster]) -> PixelStatistics {
    var statistics = PixelStatistics(of: images[0])
    for image in images.dropFirst() { statistics.add(PixelStatistics(of: image)) }
    return statistics
  }

  /// One row of pixels.
  private func row(channels: Int, _ samples: [UInt8]) -> Raster {
    Raster(
      size: Size(height: 1, width: samples.count / channels), channels: channels, pixels: samples)
  }

  @Test func `mean and deviation are pooled over all pixels of all images`() throws {
    let images: [[UInt8]] = [[0, 10, 7, 255, 20, 7], [51, 30, 7], [1, 2, 7, 3, 4, 7, 5, 6, 7]]
    let statistics = statistics(images.map { row(channels: 3, $0) })
    for channel in 0..<3 {
      let values = images.flatMap { $0 }.enumerated().filter { $0.offset % 3 == channel }
        .map { Double($0.element) }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance =
        values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      #expect(abs(statistics.mean[channel] - mean) < 1e-12)
      if channel < 2 {
        #expect(abs(try #require(statistics.deviation[channel]) - variance.squareRoot()) < 1e-12)
      }
    }
    #expect(statistics.deviation[2] == nil, "a channel that never varies must not divide by zero")
    #expect(statistics.extent(0..<1) == 0...255 && statistics.extent(0..<3) == 0...255)
    #expect(statistics.extent(1..<3) == 2...30)
  }

  @Test func `memory that counted another image counts the next one alike`() {
    let images = [
      row(channels: 3, [0, 10, 7, 255, 20, 7]), row(channels: 3, [51, 30, 7]),
      row(channels: 1, [9, 9]),
      Raster(size: Size(height: 1, width: 1), channels: 1, depth: .bits16, pixels: [1, 2]),
    ]
    var statistics = PixelStatistics(channels: 0)
    for image in images + images.reversed() {
      statistics.replace(by: image)
      #expect(statistics == PixelStatistics(of: image) && !statistics.dependsOnOrder)
    }
  }

  @Test func `integers of all images are counted together, in any order`() {
    let images = [[0, 10, 7, 255, 20, 7], [51, 30, 7], [1, 2, 7]].map { row(channels: 3, $0) }
    for order in [images, images.reversed()] {
      let counted = CountedPixels()
      #expect(counted.statistics == nil)
      for image in order { counted.add(PixelStatistics(of: image)) }
      #expect(counted.statistics == statistics(images))
    }
  }

  @Test func `statistics of 16 bits are exact`() throws {
    // 10 of every 1,000 pixels are one higher: float sums of squares would lose it.
    let words = (0..<100_000).map { UInt16($0 % 1000 < 10 ? 65_001 : 65_000) }
    let statistics = statistics([Raster(words: words, width: 1000)])
    #expect(statistics.mean == [65_000.01])
    #expect(abs(try #require(statistics.deviation[0]) - (0.01 * 0.99).squareRoot()) < 1e-12)
    #expect(statistics.extent(0..<1) == 65_000...65_001)
  }

  @Test func `numbers far from zero keep their deviation, and blanks do not count`() throws {
    let images = (0..<3).map { image in
      Raster(reals: (0..<50).map { Float(1_000_000 + image + $0 % 2) } + [.nan], width: 51)
    }
    let statistics = statistics(images)
    #expect(abs(statistics.mean[0] - 1_000_001.5) < 1e-6)
    // Of 0, 1, 1, 2, 2, 3 in equal parts.
    #expect(abs(try #require(statistics.deviation[0]) - (11.0 / 12).squareRoot()) < 1e-9)
    #expect(statistics.extent(0..<1) == 1_000_000...1_000_003)
    let constant = PixelStatistics(of: Raster(reals: [0.1, 0.1, 0.1], width: 3))
    #expect(constant.deviation == [nil])
    let nothing = PixelStatistics(of: Raster(reals: [.nan, .nan], width: 2))
    #expect(nothing.mean == [0] && nothing.extent(0..<1) == nil)
  }

  @Test func `classes are counted without ignored pixels`() {
    var statistics = ClassStatistics(classes: 3)
    for labels in [[0, 0, 1, 255, 255], [2, 2, 2, 0]] {
      let planes = LabelPlanes(
        Size(height: 1, width: labels.count), labels.map { Label($0) }.ignoring255)
      statistics.add(ClassMasks().tally(planes, classes: 3))
    }
    #expect(statistics.pixels == [3, 1, 3])
    #expect(statistics.pixelsOfImagesWithClass == [7, 3, 4])
  }
}
