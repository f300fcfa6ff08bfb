@testable import Datasets
@testable import Experiments
import Testing

@Suite("Plots in characters")
struct TextPlotTests {
  private func plot(_ points: [(Double, Double)], mark: Double? = nil) -> String {
    TextPlot(
      points: points.map { (x: $0.0, y: $0.1) }, mark: mark, columns: 11, rows: 3,
      xText: { "\(Int($0))" }, yText: { "\(Int($0))" }
    ).text()
  }

  @Test("ends of the axes are labelled, gaps are bridged, and the mark is pointed at")
  func line() {
    #expect(
      plot([(0, 10), (10, 0)], mark: 5) == """
        10 │•••  ┊
           │   •••••
         0 │     ┊  •••
           └─────┴─────
            0    5   10
        """)
  }

  @Test("a flat curve lies at the bottom; a single point is no curve")
  func degenerate() {
    #expect(plot([(0, 4), (10, 4)]).contains("4 │•••••••••••"))
    #expect(plot([(0, 4)]).isEmpty)
    #expect(plot([]).isEmpty)
  }
}
