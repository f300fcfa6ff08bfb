import Testing

@testable import Tracking

struct ValidationDataTests {
  private let runs = [
    SampleRuns.run(
      1, seed: 1, meanIoU: [0.9], begun: "2026-03-01T00:00:00Z", validation: "aaaaaaaa1"),
    SampleRuns.run(
      2, seed: 2, meanIoU: [0.5], begun: "2026-03-02T00:00:00Z", validation: "bbbbbbbb2"),
    SampleRuns.run(
      3, seed: 3, meanIoU: [0.6], begun: "2026-03-03T00:00:00Z", validation: "bbbbbbbb2"),
  ]

  private func column(_ name: String, of table: Comparison) -> [String]? {
    guard let index = table.columns.firstIndex(where: { $0.name == name }) else { return nil }
    return table.rows.map { $0.cells[index].text }
  }

  @Test("runs of different data are not averaged, stand in groups, and are warned of")
  func groups() {
    let table = Comparison(runs)
    #expect(column("trials", of: table) == ["2, 3", "1"])
    #expect(column("data", of: table) == ["bbbbbbbb", "aaaaaaaa"])
    #expect(table.rows.map(\.isBest) == [true, true])
    #expect(
      table.warnings == [
        "these runs were validated on different data (bbbbbbbb: 2 runs; aaaaaaaa: 1 run), so their "
          + "values cannot be compared; each is ranked among those with the same data"
      ])
    #expect(table.formatted(as: .text).hasPrefix("warning: these runs"))
    #expect(table.formatted(as: .markdown).hasPrefix("> **Warning:** these runs"))
  }

  @Test("the best of runs of different data is refused, with a name for each data")
  func noBest() {
    let error = #expect(throws: SelectorError.self) {
      try Selector("@best:cells").select(from: runs)
    }
    #expect(
      error?.description == """
        the runs of cells were validated on different data, so none is the best of all; name the \
        best of those that were validated alike:
          cells/3 (data bbbbbbbb)
          cells/1 (data aaaaaaaa)
        """)
    #expect(error?.isNothingMatched == false)
  }

  @Test("runs of equal data have no column and no warning, nor have runs of which none is known")
  func equal() {
    for some in [Array(runs.dropFirst()), [runs[1], SampleRuns.run(4, meanIoU: [0.1])]] {
      let table = Comparison(some)
      #expect(column("data", of: table) == nil)
      #expect(table.warnings.isEmpty)
    }
  }

  @Test("another list of classes is no less different than other images")
  func classes() {
    let runs = [["cell", "wall"], ["wall", "cell"]].enumerated().map { index, names in
      SampleRuns.run(index + 1, meanIoU: [0.5], validation: "aaaaaaaa", classNames: names)
    }
    let table = Comparison(each: runs)
    #expect(Set(column("classes", of: table) ?? []) == ["cell, wall", "wall, cell"])
    #expect(table.warnings.first?.contains("with different class lists") == true)
  }

  private func fold(_ number: Int, digest: String, seed: UInt64 = 7, experiment: String = "cells")
    -> RunRecord
  {
    SampleRuns.run(
      number, of: experiment, [("data.validation.fold", "\(number)")], seed: seed, point: 0,
      spec: #"{"data":{"train":"t.txt","validation":{"fold":\#(number),"folds":2}},"seed":7}"#,
      meanIoU: [0.5], validation: digest)
  }

  private func areSeveral(_ runs: [RunRecord]) -> Bool {
    ValidationData(runs.map(ComparedRun.init)).areSeveral
  }

  @Test("the folds of one list are one data, unless a fold changed")
  func folds() {
    let folds = [fold(1, digest: "a"), fold(2, digest: "b")]
    #expect(!areSeveral(folds))
    #expect(Comparison(folds).rows.count == 1)
    var changed = fold(1, digest: "c", seed: 7)
    changed.number = 3
    #expect(areSeveral(folds + [changed]))
  }

  @Test("equal folds of two experiments are one data, others are not")
  func foldsOfExperiments() {
    let folds = [fold(1, digest: "a"), fold(2, digest: "b")]
    #expect(
      !areSeveral(folds + [fold(1, digest: "a", experiment: "roads")]))
    #expect(
      areSeveral(folds + [fold(1, digest: "d", seed: 9, experiment: "roads")]))
  }
}
