@testable import Experiments
import Foundation
import Measurements
import Testing
import Tracking
import Trackers

@Suite struct ImportedRunsTests {
  private func run(_ id: String, _ parameters: [String: String] = [:]) -> TrackedRun {
    var run = TrackedRun(id: id, name: id, group: "ws/seg")
    run.parameters = parameters
    run.series["val/iou"] = TrackedSeries(points: [
      .init(step: 0, value: 0.25), .init(step: 2, value: 0.75), .init(step: 2, value: 0.5),
      .init(step: -1, value: 9),
    ])
    run.series["train_loss"] = TrackedSeries(points: [.init(step: 1, value: 3)])
    return run
  }

  private func contents(_ runs: [TrackedRun], _ arguments: String...) throws -> [RunContents] {
    let options = try ImportOptions.parse(arguments)
    return try ImportedRuns("Tool", from: "some/where/logs", options).contents(of: runs)
  }

  @Test("a history has a row for every step, and says what was left out")
  func history() throws {
    let imported = try contents([run("a")])
    let history = try #require(imported.first?.history)
    #expect(history.rows.map(\.step) == [0, 1, 2])
    #expect(history.rows.map(\.point.epoch) == [0, 1, 2])
    #expect(history.values(of: "validation.iou")?.map { $0.isNaN ? -1 : $0 } == [0.25, -1, 0.5])
    #expect(history.series.map(\.higherIsBetter) == [false, true])
    let said = imported[0].trial.origin?.leftOut ?? []
    #expect(said.contains("val/iou: 1 steps were written again; the last value counts"))
    #expect(said.contains("val/iou: 1 values of negative steps are left out"))
  }

  @Test("the epoch is what a run recorded as such; steps between whole numbers are made whole")
  func epochs() throws {
    var lightning = run("a")
    lightning.series["epoch"] = TrackedSeries(points: [.init(step: 1, value: 4)])
    #expect(
      try contents([lightning])[0].history?.rows.map(\.point.epoch) == [0, 4, 4])
    var halves = run("a")
    halves.series = [
      "loss": TrackedSeries(points: [0, 0.5, 1.25].map { .init(step: $0, value: 1) })
    ]
    let rows = try #require(try contents([halves])[0].history?.rows)
    #expect(rows.map(\.step) == [0, 50, 125] && rows.map(\.point.epoch) == [0, 0.5, 1.25])
  }

  @Test("what differs is what was swept, and runs that differ in the seed alone are one point")
  func parameters() throws {
    let runs = [
      run("a", ["lr": "0.1", "net/depth": "3", "seed": "1"]),
      run("b", ["lr": "0.1", "net/depth": "3", "seed": "2"]),
      run("c", ["lr": "0.2", "net/depth": "3", "seed": "1"]),
    ]
    let trials = try contents(runs).map(\.trial)
    #expect(trials.map(\.point) == [1, 1, 2] && trials.map(\.replicate) == [0, 1, 0])
    #expect(trials.map(\.seed) == [1, 2, 1] && trials.map(\.number) == [1, 2, 3])
    #expect(trials[2].hyperparameters == [Hyperparameter(path: "lr", text: "0.2")])
    #expect(trials[0].resolvedSpec == #"{"lr":0.1,"net":{"depth":3},"seed":1}"#)
    #expect(trials[0].settingsID == trials[1].settingsID)
    #expect(trials[0].settingsID != trials[2].settingsID)
  }

  @Test("a validation metric of which more is better judges, unless another is named")
  func objective() throws {
    let runs = [run("a")]
    #expect(
      try contents(runs)[0].trial.objective == Objective(metric: "validation.iou", maximize: true))
    #expect(try contents(runs)[0].result?.bestValue == 0.5)
    let named = try contents(runs, "--minimize", "training.loss")[0]
    #expect(named.trial.objective == Objective(metric: "training.loss", maximize: false))
    let error = #expect(throws: Failure.self) {
      _ = try self.contents(runs, "--maximize", "validation.iuo")
    }
    #expect(error?.message?.contains("did you mean 'validation.iou'?") == true)
  }

  @Test("metrics get the names that a person gives them")
  func renaming() throws {
    let imported = try contents([run("a")], "--series", "val/iou=validation.mean_iou")
    #expect(imported[0].history?.series.map(\.name).contains("validation.mean_iou") == true)
    #expect(throws: Failure.self) {
      _ = try self.contents([self.run("a")], "--series", "val/uoi=validation.mean_iou")
    }
  }

  @Test("runs become the experiment that they were filed under, or the one that is named")
  func experiments() throws {
    #expect(try contents([run("a")])[0].trial.experiment == "ws-seg")
    #expect(try contents([run("a")], "--as", "mine")[0].trial.experiment == "mine")
    var nameless = run("a")
    nameless.group = nil
    #expect(try contents([nameless])[0].trial.experiment == "logs")
    #expect(throws: (any Error).self) { _ = try ImportOptions.parse(["--as", "../x"]) }
  }

  @Test("a run that failed or was running says so")
  func status() throws {
    var (failed, running) = (run("a"), run("b"))
    (failed.status, running.status) = (.failed("KILLED"), .running)
    let results = try contents([failed, running]).map(\.result)
    #expect(results.map(\.?.outcome) == [.failed, .failed])
    #expect(results[0]?.cause == "Tool says KILLED")
    #expect(results[1]?.cause?.contains("was running") == true)
  }

  @Test("histograms of equal bins are taken as they are, others are spread without losing a value")
  func histograms() throws {
    var run = run("a")
    run.histograms["w"] = [
      TrackedHistogram(
        step: 1,
        bins: [.init(lower: 0, upper: 1, count: 3), .init(lower: 1, upper: 2, count: 5)])
    ]
    let equal = try #require(try contents([run])[0].history)
    let counts = equal.series.firstIndex { $0.name == "w.histogram" }
    #expect(equal.rows[1].values[try #require(counts)] == .numbers([3, 5]))
    #expect(equal.values(of: "w.lowest")?[1] == 0 && equal.values(of: "w.highest")?[1] == 2)
    run.histograms["w"]?.append(
      TrackedHistogram(
        step: 2,
        bins: [.init(lower: 0, upper: 1, count: 3), .init(lower: 1, upper: 8, count: 5)]))
    let spread = try #require(try contents([run])[0].history)
    let place = try #require(spread.series.firstIndex { $0.name == "w.histogram" })
    for (row, total) in [(1, 8.0), (2, 8.0)] {
      let sum = (0..<64).reduce(0.0) { $0 + spread.rows[row].values[place][$1] }
      #expect(abs(sum - total) < 1e-9)
    }
  }
}
