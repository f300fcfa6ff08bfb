import Testing

@testable import Experiments

@Suite("Sparklines")
struct SparklineTests {
  @Test("values become blocks between the lowest and the highest, gaps stay empty")
  func blocks() {
    #expect(Sparkline.text([0, 7], width: 10) == "▁█")
    #expect(Sparkline.text([0, .nan, 7], width: 10) == "▁ █")
    #expect(Sparkline.text([3, 3, 3], width: 10) == "▁▁▁")
    #expect(Sparkline.text([7, 14], width: 10, floor: 0) == "▅█")
    #expect(Sparkline.text([], width: 10).isEmpty)
    #expect(Sparkline.text([.nan, .infinity], width: 10) == "  ")
  }

  @Test("where there are more values than characters, the mean or the highest stands for several")
  func buckets() {
    let values = [0.0, 0, 0, 10, 20, 20]
    #expect(Sparkline.text(values, width: 3).count == 3)
    #expect(Sparkline.text(values, width: 2, bucket: .mean) == "▁█")
    #expect(Sparkline.text([0, 0, 0, 8, 0, 4], width: 2, bucket: .maximum) == "▁█")
    #expect(Sparkline.text([0, 8, 0, 4], width: 2, bucket: .maximum) == "█▁")
  }
}
