import Measurements
import Testing
import Tracking

@testable import Experiments

@Suite("Curves of watch")
struct WatchChartTests {
  private func chart(_ lines: [[Double]], isBand: Bool = false, log: Bool = false) -> [String] {
    WatchChart(
      title: "loss", format: .fixed(2),
      curves: [
        .init(
          name: "", series: 0,
          lines: lines.map { $0.enumerated().map { (Double($0.offset), $0.element) } },
          isBand: isBand)
      ], isLogarithmic: log, width: 30, height: 6
    ).text(style: Style(isOn: false))
  }

  @Test("every line is as wide as the chart, and the axis has the lowest and the highest value")
  func layout() {
    let lines = chart([[1, 2, 4]])
    #expect(lines.count == 6)
    #expect(lines.allSatisfy { TextWidth.of($0) == 30 })
    #expect(lines[0].hasPrefix("loss  ● 4.00"))
    #expect(lines[1].hasPrefix("4.00┤"))
    #expect(lines[4].hasPrefix("1.00┤"))
    #expect(lines[5].contains("└ epoch 0") && lines[5].hasSuffix("2"))
  }

  @Test("a rising line begins below and ends above")
  func course() {
    let lines = chart([[0, 1]])
    let top = Array(lines[1])
    let bottom = Array(lines[4])
    let blank: Character = " "
    #expect([bottom[5], top[5]].map { $0 == blank } == [false, true])
    #expect([bottom[29], top[29]].map { $0 == blank } == [true, false])
  }

  @Test("values that are none are gaps and spoil no range; nothing at all is said in words")
  func gaps() {
    let lines = chart([[1, .nan, .infinity, 2]])
    #expect(lines[1].hasPrefix("2.00┤"))
    #expect(chart([[.nan]])[1].hasPrefix("no values yet"))
    #expect(chart([])[1].hasPrefix("no values yet"))
    #expect(chart([[0, -1, 8]], log: true)[1].hasPrefix("8.00┤"))
    #expect(chart([[3]]).allSatisfy { TextWidth.of($0) == 30 })
  }

  @Test("the mean of several lines is over those that have a value at an epoch")
  func means() {
    let means = WatchChart.means(of: [[(1, 2), (2, .nan)], [(1, 4), (2, 5), (3, 7)]])
    #expect(means.map(\.x) == [1, 2, 3])
    #expect(means.map(\.y) == [3, 5, 7])
    #expect(chart([[1, 2], [3, 4]], isBand: true)[1].hasPrefix("4.00┤"))
  }

  @Test("smoothing begins with the first value and passes over gaps")
  func smoothing() {
    let points: [(x: Double, y: Double)] = [(1, 4), (2, .nan), (3, 8)]
    let smooth = WatchChart.smoothed(points, by: 0.5).map(\.y)
    #expect(smooth[0] == 4)
    #expect(smooth[1].isNaN)
    let expected: Double = 20.0 / 3
    #expect(abs(smooth[2] - expected) < 1e-12)
    #expect(WatchChart.smoothed(points, by: 0).map(\.y)[2] == 8)
  }
}
