import Measurements
import Testing

@testable import Tracking

struct LearningCurvesTests {
  private func run(
    _ number: Int, _ meanIoU: [Double], status: RunStatus = .finished
  ) -> RunRecord {
    SampleRuns.run(
      number, seed: UInt64(number), point: 0, status: status, meanIoU: meanIoU)
  }

  private func group(_ runs: [RunRecord]) throws -> CurveGroup {
    let input = try ChartInput(runs)
    let column = try #require(input.value.column)
    return CurveGroup(ChartPoints(input).points[0], column, input.objective)
  }

  @Test("the mean is drawn where all seeds have a value, beyond it each seed is a line of its own")
  func lengths() throws {
    let group = try group([run(1, [0.1, 0.2, 0.3]), run(2, [0.3, 0.4, 0.5, 0.9])])
    #expect(group.mean.map(\.x) == [1, 2, 3, 4])
    for (value, expected) in zip(group.mean.map(\.y), [0.2, 0.3, 0.4]) {
      #expect(abs(value - expected) < 1e-12)
    }
    #expect(group.mean[3].y.isNaN, "a mean over those that are left would climb by itself")
    #expect(group.tails == [[PlotPoint(3, 0.5), PlotPoint(4, 0.9)]])
    #expect(group.band[0] == BandMark.Extent(1, 0.1, 0.3))
    #expect(group.isUneven)
  }

  @Test("a failed seed has no part in the mean, and a cross where it ended")
  func failures() throws {
    let runs = [
      run(1, [0.2, 0.3]), run(2, [0.4, 0.5]),
      run(3, [0.9], status: .failed(cause: "the loss is not a number")),
    ]
    let group = try group(runs)
    #expect(group.seeds.count == 2 && group.failures.count == 1)
    #expect(abs(group.mean[0].y - 0.3) < 1e-12)
    let figure = LearningCurves().figure(of: try ChartInput(runs))
    let crosses = figure.panels.flatMap(\.marks).filter { mark in
      if case .point(let point) = mark { point.shape == .cross } else { false }
    }
    #expect(!crosses.isEmpty)
    let words = figure.panels.flatMap(\.marks).compactMap { mark in
      if case .text(let text) = mark { text.text } else { nil }
    }
    #expect(words.contains("seed 3 diverged"))
  }

  @Test("above five seeds the band is the deviation, and the caption says which it is")
  func bands() throws {
    let few = LearningCurves().figure(
      of: try ChartInput((1...5).map { run($0, [0.1 * Double($0)]) }))
    let many = LearningCurves().figure(
      of: try ChartInput((1...6).map { run($0, [0.1 * Double($0)]) }))
    #expect(few.caption.contains("smallest to largest"))
    #expect(many.caption.contains("standard deviation"))
  }

  @Test("the axis begins at the second percentile after the start, and what is cut is counted")
  func range() throws {
    let values = [-5.0] + (0..<60).map { 0.4 + 0.001 * Double($0) }
    let figure = LearningCurves().figure(of: try ChartInput([run(1, values)]))
    let domain = figure.panels[0].y.scale.domain
    #expect(domain.lowerBound > 0.3 && domain.upperBound < 0.6)
    #expect(figure.caption.contains("lie"))
  }

  @Test("marks stand at the best evaluation of each run, on the curve as it was measured")
  func bests() throws {
    var input = try ChartInput([run(1, [0.1, 0.6, 0.3])])
    input.smoothing = 0.9
    let marks = LearningCurves().figure(of: input).panels[0].marks
    let points = marks.compactMap { mark -> PlotPoint? in
      if case .point(let point) = mark { PlotPoint(point.x, point.y) } else { nil }
    }
    #expect(points == [PlotPoint(2, 0.6)])
  }

  @Test("the parameter that matters most stands in columns, the other in colours")
  func facets() throws {
    let facets = CurveFacets(ChartPoints(try ChartSamples.input(ChartSamples.grid)))
    #expect(facets.columns.map(\.title) == ["base_lr 0.001", "base_lr 0.01"])
    #expect(facets.names == ["cross_entropy", "dice"])
  }

  @Test("of many series the best have colours and names, the others are grey lines")
  func many() throws {
    let runs = (1...12).map { number in
      SampleRuns.run(
        number, [("solver.base_lr", "0.\(number + 10)")], meanIoU: [0.01 * Double(number), 0.2])
    }
    let facets = CurveFacets(ChartPoints(try ChartInput(runs)))
    #expect(facets.highlighted.count == 5 && facets.unnamed == 7)
    #expect(Set(facets.highlighted.compactMap(facets.colour)) == Set(0..<5))
    let figure = LearningCurves().figure(of: try ChartInput(runs))
    #expect(figure.caption.contains("The best 5 are coloured, 7 others grey."))
  }

  @Test("names that would lie on each other give way, the best stays")
  func yielding() throws {
    let marks: [PlotMark] = [
      .text(TextMark("first", 0.5, 0.5, yields: true)),
      .text(TextMark("second", 0.5, 0.5, yields: true)),
      .text(TextMark("always", 0.5, 0.5)),
    ]
    let figure = Figure(
      title: "t", description: "d",
      rows: [
        Figure.Row(
          height: 100,
          [Panel(x: Axis("", .linear(0...1)), y: Axis("", .linear(0...1)), marks: marks)])
      ], table: FigureTable(columns: [], rows: []))
    let text = SVGWriter(.fragment).text(of: figure)
    #expect(text.contains(">first<") && text.contains(">always<") && !text.contains(">second<"))
  }
}
