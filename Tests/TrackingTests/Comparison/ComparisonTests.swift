import Testing

@testable import Tracking

struct ComparisonTests {
  private let sweep = [
    SampleRuns.run(1, [("solver.base_lr", "1e-2"), ("losses", "dice")], meanIoU: [0.2, 0.4]),
    SampleRuns.run(2, [("solver.base_lr", "1e-3"), ("losses", "dice")], meanIoU: [0.7, 0.6]),
    SampleRuns.run(3, [("solver.base_lr", "1e-4"), ("losses", "dice")], status: .waiting),
  ]

  private func column(_ name: String, of table: Comparison) -> [String]? {
    guard let index = table.columns.firstIndex(where: { $0.name == name }) else { return nil }
    return table.rows.map { $0.cells[index].text }
  }

  @Test("only the hyperparameters that differ have columns")
  func differingHyperparameters() {
    let table = Comparison(sweep)
    #expect(
      table.columns.map(\.name) == [
        "row", "trial", "id", "solver.base_lr", "validation.mean_iou", "validation.mean_dice",
        "validation.loss", "best_epoch", "epochs", "seconds", "status", "flags",
      ])
  }

  @Test("the best run comes first, and runs without values last")
  func order() {
    let table = Comparison(sweep)
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
    let (whole, table) = (Comparison(sweep), Comparison([damaged] + sweep))
    #expect(table.columns == whole.columns)
    #expect(table.rows.dropLast().map(\.cells) == whole.rows.map(\.cells))
    #expect(table.warnings == whole.warnings)
    #expect(
      table.rows.last?.cells.prefix(5).map(\.text) == ["4", "0", "dddddddd", "—", "damaged"])
  }

  @Test("a metric that was set in two ways is warned of, and one that is not listed is not")
  func metricSettings() {
    let specs = [
      #"{"evaluation":{"metrics":[{"boundary_f1":{"tolerance":1}},{"hd95":{}}]}}"#,
      #"{"evaluation":{"metrics":[{"boundary_f1":{"tolerance":5}}]}}"#, #"{"evaluation":{}}"#,
    ]
    let runs = specs.enumerated().map { SampleRuns.run($0 + 1, spec: $1, meanIoU: [0.5]) }
    #expect(
      Comparison(runs).notes.filter { $0.contains("was measured") } == [
        "boundary_f1 was measured with different settings (tolerance 1: 1 run; tolerance 5: 1 run), "
          + "so its values cannot be compared"
      ])
    #expect(!Comparison([runs[0], runs[2]]).notes.contains { $0.contains("was measured") })
    let judged = Objective(metric: "validation.boundary_f1", maximize: true)
    let ranked = specs.enumerated().map {
      SampleRuns.run($0 + 1, objective: judged, spec: $1, meanIoU: [0.5])
    }
    #expect(Comparison(ranked).warnings.first?.contains("boundary_f1 was measured") == true)
  }

  @Test(
    "long names of experiments give up their middle, and what matters stays", arguments: [80, 40])
  func longNames(width: Int) {
    let name = String(repeating: "n", count: 99)
    let runs = ["1", "2"].map { last in
      SampleRuns.run(1, of: name + last, [("solver.base_lr", "1e-\(last)")], meanIoU: [0.5])
    }
    var table = Comparison(runs)
    table.notes = []
    let lines = TextTable(width: width).text(of: table).split(separator: "\n")
    // The title has words that are longer than the terminal is wide.
    #expect(lines.allSatisfy { TextWidth.of(String($0)) <= width || !$0.contains(" ") })
    let text = lines.joined(separator: "\n")
    for word in ["base_lr", "mean IoU", "1e-1", "1e-2", "…", "n1", "n2"] {
      #expect(text.contains(word), "\(word) in \(text)")
    }
  }

  @Test("an objective to minimize comes first and sorts the other way")
  func minimized() {
    let lowest = Objective(metric: "training.loss", maximize: false)
    let runs = [
      SampleRuns.run(1, objective: lowest, meanIoU: [0.2]),
      SampleRuns.run(2, objective: lowest, meanIoU: [0.7]),
    ]
    let table = Comparison(runs)
    #expect(table.columns.first { $0.kind == .objective }?.name == "training.loss")
    #expect(column("trial", of: table) == ["2", "1"])
    #expect(column("training.loss", of: table) == ["0.3000", "0.8000"])
  }

  @Test("every value is that of the best evaluation, not of the last")
  func atBestEvaluation() {
    let table = Comparison(sweep)
    #expect(column("validation.mean_iou", of: table) == ["0.7000", "0.4000", "…"])
    #expect(column("validation.loss", of: table) == ["0.8000", "1.1000", "…"])
    #expect(column("best_epoch", of: table) == ["1", "2", "…"])
    #expect(column("epochs", of: table) == ["2", "2", "…"])
    #expect(column("seconds", of: table) == ["64", "64", "…"])
  }

  @Test("a series that no run has takes no column")
  func absentSeries() {
    #expect(column("validation.pixel_accuracy", of: Comparison(sweep)) == nil)
  }

  @Test("equal runs keep the order of their trials, whatever order they come in")
  func ties() {
    let runs = [3, 1, 2].map { SampleRuns.run($0, meanIoU: [0.5]) }
    #expect(column("trial", of: Comparison(runs)) == ["1", "2", "3"])
  }

  @Test("a damaged run is flagged, explained, and never the best")
  func damaged() {
    let runs = [
      SampleRuns.run(1, meanIoU: [0.9], damage: ["progress.h5: cut short"]),
      SampleRuns.run(2, status: .failed(cause: "the loss is not finite"), meanIoU: [0.5]),
    ]
    let table = Comparison(runs)
    #expect(column("status", of: table) == ["finished, damaged", "failed"])
    #expect(table.rows.map(\.isBest) == [false, true])
    #expect(
      table.notes.suffix(2) == [
        "cells/1 is damaged: progress.h5: cut short", "cells/2 failed: the loss is not finite",
      ])
    #expect(Comparison.best(of: runs)?.number == 2)
  }

  @Test("runs of several experiments say which, and what one of them lacks is missing")
  func experiments() {
    let runs = [
      SampleRuns.run(1, of: "cells", [("losses", "dice")], meanIoU: [0.5]),
      SampleRuns.run(1, of: "roads", meanIoU: [0.6]),
    ]
    let table = Comparison(runs)
    #expect(column("experiment", of: table) == ["roads", "cells"])
    #expect(column("losses", of: table) == ["—", "dice"])
  }

  @Test("pruned runs rank behind all others that have a value, those that came further first")
  func pruned() {
    let runs = [
      SampleRuns.run(1, [("losses", "a")], status: .pruned, meanIoU: [0.9]),
      SampleRuns.run(2, [("losses", "b")], status: .pruned, meanIoU: [0.2, 0.3]),
      SampleRuns.run(3, [("losses", "c")], meanIoU: [0.1, 0.2, 0.4]),
      SampleRuns.run(4, [("losses", "d")], status: .pruned, meanIoU: [0.2, 0.5]),
      SampleRuns.run(5, [("losses", "e")], status: .failed(cause: "it stopped")),
    ]
    let table = Comparison(runs)
    #expect(column("trial", of: table) == ["3", "4", "2", "1", "5"])
    #expect(column("status", of: table)?.prefix(2) == ["finished", "pruned"])
    #expect(Comparison.best(of: runs)?.number == 3)
    #expect(Comparison.best(of: [runs[0]]) == nil)
    #expect(
      table.notes.contains(
        "3 runs were pruned before the planned end, and rank behind those that were not"))
  }

  @Test("no runs make a table without rows")
  func empty() {
    let table = Comparison([])
    #expect(table.rows.isEmpty)
    #expect(Comparison.best(of: []) == nil)
  }
}
