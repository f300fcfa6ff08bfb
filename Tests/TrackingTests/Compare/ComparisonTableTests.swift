import Testing

@testable import Tracking

struct ComparisonTableTests {
  private let sweep = [
    SampleRuns.run(1, [("solver.base_lr", "1e-2"), ("losses", "dice")], meanIoU: [0.2, 0.4]),
    SampleRuns.run(2, [("solver.base_lr", "1e-3"), ("losses", "dice")], meanIoU: [0.7, 0.6]),
    SampleRuns.run(3, [("solver.base_lr", "1e-4"), ("losses", "dice")], status: .waiting),
  ]

  private func column(_ name: String, of table: ComparisonTable) -> [String]? {
    guard let index = table.columns.firstIndex(where: { $0.name == name }) else { return nil }
    return table.rows.map { $0.cells[index].text }
  }

  @Test("only the hyperparameters that differ have columns")
  func differingHyperparameters() {
    let table = ComparisonTable(sweep)
    #expect(
      table.columns.map(\.name) == [
        "trial", "id", "solver.base_lr", "validation.mean_iou", "validation.mean_dice",
        "validation.loss", "best_epoch", "epochs", "seconds", "status",
      ])
  }

  @Test("the best run comes first, and runs without values last")
  func order() {
    let table = ComparisonTable(sweep)
    #expect(column("trial", of: table) == ["2", "1", "3"])
    #expect(table.rows.map(\.isBest) == [true, false, false])
  }

  @Test("a run whose settings cannot be read comes last and changes nothing of the others")
  func unreadable() {
    let damaged = SampleRuns.run(
      0, of: "cells", id: "dddddddddddddddd", seed: 0,
      objective: Objective(metric: "", maximize: true), spec: "", status: .damaged,
      meanIoU: [0.9], begun: "2026-04-01T00:00:00Z", validation: "other", classNames: ["dog"],
      damage: ["spec.json: the file is gone"])
    let (whole, table) = (ComparisonTable(sweep), ComparisonTable([damaged] + sweep))
    #expect(table.columns == whole.columns)
    #expect(Array(table.rows.dropLast()) == whole.rows)
    #expect(table.warnings == whole.warnings)
    #expect(
      table.rows.last?.cells.prefix(4).map(\.text) == ["0", "dddddddd", "–", ""])
  }

  @Test("a metric that was set in two ways is warned of, and one that is not listed is not")
  func metricSettings() {
    let specs = [
      #"{"evaluation":{"metrics":[{"boundary_f1":{"tolerance":1}},{"hd95":{}}]}}"#,
      #"{"evaluation":{"metrics":[{"boundary_f1":{"tolerance":5}}]}}"#, #"{"evaluation":{}}"#,
    ]
    let runs = specs.enumerated().map { SampleRuns.run($0 + 1, spec: $1, meanIoU: [0.5]) }
    #expect(
      ComparisonTable(runs).warnings == [
        "boundary_f1 was measured with different settings (tolerance 1: 1 run; tolerance 5: 1 run), "
          + "so its values cannot be compared"
      ])
    #expect(ComparisonTable([runs[0], runs[2]]).warnings.isEmpty)
  }

  @Test(
    "long names of experiments give up their middle, and what matters stays", arguments: [80, 40])
  func longNames(width: Int) {
    let name = String(repeating: "n", count: 99)
    let runs = ["1", "2"].map { last in
      SampleRuns.run(1, of: name + last, [("solver.base_lr", "1e-\(last)")], meanIoU: [0.5])
    }
    let lines = TextTable(width: width).text(of: ComparisonTable(runs)).split(separator: "\n")
    #expect(lines.allSatisfy { TextWidth.of(String($0)) <= width })
    for title in ["experiment", "trial", "base_lr", "mean IoU"] {
      #expect(lines[0].contains(title))
    }
    #expect(lines[2].contains("…") && lines[2].contains("n1 "))
    #expect(lines[3].contains("…") && lines[3].contains("n2 "))
  }

  @Test("an objective to minimize comes first and sorts the other way")
  func minimized() {
    let lowest = Objective(metric: "training.loss", maximize: false)
    let runs = [
      SampleRuns.run(1, objective: lowest, meanIoU: [0.2]),
      SampleRuns.run(2, objective: lowest, meanIoU: [0.7]),
    ]
    let table = ComparisonTable(runs)
    #expect(table.columns.first { $0.kind == .objective }?.name == "training.loss")
    #expect(column("trial", of: table) == ["2", "1"])
    #expect(column("training.loss", of: table) == ["0.3000", "0.8000"])
  }

  @Test("every value is that of the best evaluation, not of the last")
  func atBestEvaluation() {
    let table = ComparisonTable(sweep)
    #expect(column("validation.mean_iou", of: table) == ["0.7000", "0.4000", ""])
    #expect(column("validation.loss", of: table) == ["0.8000", "1.1000", ""])
    #expect(column("best_epoch", of: table) == ["1", "2", ""])
    #expect(column("epochs", of: table) == ["2", "2", ""])
    #expect(column("seconds", of: table) == ["1 min 4 s", "1 min 4 s", ""])
  }

  @Test("a series that no run has takes no column")
  func absentSeries() {
    #expect(column("validation.pixel_accuracy", of: ComparisonTable(sweep)) == nil)
  }

  @Test("equal runs keep the order of their trials, whatever order they come in")
  func ties() {
    let runs = [3, 1, 2].map { SampleRuns.run($0, meanIoU: [0.5]) }
    #expect(column("trial", of: ComparisonTable(runs)) == ["1", "2", "3"])
  }

  @Test("a damaged run is flagged, explained, and never the best")
  func damaged() {
    let runs = [
      SampleRuns.run(1, meanIoU: [0.9], damage: ["progress.h5: cut short"]),
      SampleRuns.run(2, status: .failed(cause: "the loss is not finite"), meanIoU: [0.5]),
    ]
    let table = ComparisonTable(runs)
    #expect(column("status", of: table) == ["finished, damaged", "failed"])
    #expect(table.rows.map(\.isBest) == [false, true])
    #expect(
      table.notes.dropFirst() == [
        "cells/1 is damaged: progress.h5: cut short", "cells/2 failed: the loss is not finite",
      ])
    #expect(ComparisonTable.best(of: runs)?.number == 2)
  }

  @Test("runs of several experiments say which, and what one of them lacks is missing")
  func experiments() {
    let runs = [
      SampleRuns.run(1, of: "cells", [("losses", "dice")], meanIoU: [0.5]),
      SampleRuns.run(1, of: "roads", meanIoU: [0.6]),
    ]
    let table = ComparisonTable(runs)
    #expect(column("experiment", of: table) == ["roads", "cells"])
    #expect(column("losses", of: table) == ["–", "dice"])
  }

  @Test("no runs make a table without rows")
  func empty() {
    let table = ComparisonTable([])
    #expect(table.rows.isEmpty)
    #expect(ComparisonTable.best(of: []) == nil)
  }
}
