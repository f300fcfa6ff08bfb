import Testing

@testable import Tracking

struct ParameterImportanceTests {
  @Test("on a full grid the shares are those of the analysis of variance")
  func grid() throws {
    // As an independent program has them: loss, rate, width and how loss and rate act together.
    let values = [
      [[0.47, 0.485, 0.49], [0.45, 0.465, 0.47]], [[0.44, 0.455, 0.46], [0.42, 0.435, 0.44]],
      [[0.535, 0.55, 0.555], [0.49, 0.505, 0.51]],
    ]
    var runs: [RunRecord] = []
    for (loss, byRate) in values.enumerated() {
      for (rate, byWidth) in byRate.enumerated() {
        for (width, value) in byWidth.enumerated() {
          runs.append(
            SampleRuns.run(
              runs.count + 1,
              [
                ("losses.kind", ["ce", "dice", "lovasz"][loss]),
                ("solver.base_lr", ["0.001", "0.01"][rate]),
                ("template.width", ["16", "32", "64"][width]),
              ], meanIoU: [value]))
        }
      }
    }
    let grid = try #require(ChartPoints(try ChartInput(runs)).grid)
    let bars = try #require(grid.bars)
    #expect(bars.map(\.name) == ["kind", "base_lr", "width", "kind with base_lr"])
    for (bar, expected) in zip(bars, [0.79074161549, 0.13651393481, 0.04912612187, 0.02361832782]) {
      #expect(abs(bar.share - expected) < 1e-9)
    }
  }

  @Test("what no parameter explains is not ranked: the chart says so and names another")
  func noise() throws {
    let values = [0.51, 0.32, 0.47, 0.38, 0.55, 0.31, 0.44, 0.52, 0.36, 0.49]
    let runs = values.enumerated().map { index, value in
      SampleRuns.run(
        index + 1,
        [
          ("solver.base_lr", "\(0.1 + Double(index))"),
          ("solver.momentum", "0.\(index * 7 % 10 + 1)"),
        ],
        meanIoU: [value])
    }
    let figure = ParameterImportance().figure(of: try ChartInput(runs))
    #expect(figure.absence?.contains("too few trials to rank parameters (R²") == true)
    #expect(figure.absence?.contains("experiments plot slices") == true)
  }

  @Test("runs that do not differ, and points of one mean, are told so")
  func nothing() throws {
    let one = ParameterImportance().figure(of: try ChartInput([SampleRuns.run(1, meanIoU: [0.5])]))
    #expect(one.absence?.contains("do not differ") == true)
    let equal = (1...2).map { SampleRuns.run($0, [("solver.base_lr", "0.\($0)")], meanIoU: [0.5]) }
    let same = ParameterImportance().figure(of: try ChartInput(equal))
    #expect(same.absence?.contains("same mean") == true)
  }
}
