import Testing

@testable import Engine

@Suite struct StatisticsTests {
  @Test func `mean and deviation are pooled over all pixels of all images`() {
    var statistics = PixelStatistics(channels: 3)
    let images: [[UInt8]] = [[0, 10, 7, 255, 20, 7], [51, 30, 7], [1, 2, 7, 3, 4, 7, 5, 6, 7]]
    images.forEach { statistics.add($0) }
    for channel in 0..<3 {
      let values = images.flatMap { $0 }.enumerated().filter { $0.offset % 3 == channel }
        .map { Double($0.element) / 255 }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance =
        values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      #expect(abs(statistics.mean[channel] - mean) < 1e-14)
      if channel < 2 {
        #expect(abs(statistics.deviation[channel] - variance.squareRoot()) < 1e-14)
      }
    }
    #expect(statistics.deviation[2] == 1, "a channel that never varies must not divide by zero")
  }

  @Test func `classes are counted without ignored pixels`() {
    var statistics = ClassStatistics(classes: 3)
    statistics.add([0, 0, 1, 255, 255])
    statistics.add([2, 2, 2, 0])
    #expect(statistics.pixels == [3, 1, 3])
    #expect(statistics.pixelsOfImagesWithClass == [7, 3, 4])
  }
}
