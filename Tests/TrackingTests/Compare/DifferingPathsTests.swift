import Testing

@testable import Tracking

struct DifferingPathsTests {
  private func paths(_ runs: [RunRecord]) -> [String] {
    DifferingPaths.of(ComparedRow.rows(of: Ranking(runs), each: true))
  }

  @Test("swept paths come in the order of the spec, without those that are the same everywhere")
  func swept() {
    let runs = [
      SampleRuns.run(1, [("solver.base_lr", "1"), ("losses", "dice"), ("data.size", "8")]),
      SampleRuns.run(2, [("solver.base_lr", "2"), ("losses", "dice"), ("data.size", "9")]),
    ]
    #expect(paths(runs) == ["solver.base_lr", "data.size"])
  }

  @Test("one number written in two ways is no difference")
  func spelling() {
    let runs = ["1e-2", "0.01"].enumerated().map { SampleRuns.run($0 + 1, [("rate", $1)]) }
    #expect(paths(runs).isEmpty)
  }

  @Test("values that follow from swept ones take no columns")
  func derived() {
    let runs = [
      SampleRuns.run(1, [("solver.type", "SGD")], spec: #"{"solver":{"type":"SGD","momentum":1}}"#),
      SampleRuns.run(2, [("solver.type", "ADAM")], spec: #"{"solver":{"type":"ADAM","beta1":1}}"#),
    ]
    #expect(paths(runs) == ["solver.type"])
  }

  @Test("an edit of the spec shows where nothing else tells two rows apart")
  func edited() {
    let runs = [1, 9].map { SampleRuns.run($0, spec: #"{"training":{"epochs":\#($0)}}"#) }
    #expect(paths(runs) == ["training.epochs"])
  }

  @Test("a path that only one experiment sweeps is shown for the other as well")
  func sweptElsewhere() {
    let runs = [
      SampleRuns.run(
        1, of: "cells", [("solver.base_lr", "1e-2")], spec: #"{"solver":{"base_lr":0.01}}"#),
      SampleRuns.run(1, of: "roads", spec: #"{"solver":{"base_lr":0.5}}"#),
    ]
    let table = ComparisonTable(runs)
    let column = table.columns.firstIndex { $0.name == "solver.base_lr" }
    #expect(column.map { column in table.rows.map { $0.cells[column].text } } == ["1e-2", "0.5"])
  }
}
