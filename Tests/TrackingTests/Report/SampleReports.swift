import Foundation

@testable import Tracking

/// Reports of records made by hand.
enum SampleReports {
  /// Points of a sweep over three losses and three rates, each with three seeds.
  static func sweep(seeds: Int = 3, epochs: Int = 12) -> [RunRecord] {
    var number = 0
    var runs: [RunRecord] = []
    for (place, loss) in ["cross_entropy", "dice", "lovasz"].enumerated() {
      for (level, rate) in ["1e-2", "1e-3", "1e-4"].enumerated() {
        for seed in 0..<seeds {
          number += 1
          let top = 0.6 - 0.03 * Double(place) - 0.05 * Double(level)
          runs.append(
            run(
              number, [("losses", loss), ("solver.base_lr", rate)], seed: UInt64(seed),
              point: 3 * place + level, values: course(epochs, to: top, seed: number)))
        }
      }
    }
    return runs
  }

  static func run(
    _ number: Int, of experiment: String = "cells", _ hyperparameters: [(String, String)],
    seed: UInt64, point: Int, values: [Double], classNames: [String] = ["ground", "disc", "box"],
    status: RunStatus = .finished
  ) -> RunRecord {
    let digits = String(number, radix: 16)
    return SampleRuns.run(
      number, of: experiment,
      id: String(repeating: "0", count: 4 - digits.count) + digits + "aa0000000000",
      hyperparameters, seed: seed, point: point, status: status, meanIoU: values,
      begun: "2026-03-01T00:00:00Z", validation: "5eed", classNames: classNames)
  }

  /// Rises to a value and trembles about it, by a rule that knows no chance.
  static func course(_ epochs: Int, to top: Double, seed: Int) -> [Double] {
    (1...epochs).map { epoch in
      let share = 1 - exp(-4 * Double(epoch) / Double(epochs))
      return top * share + 0.004 * sin(Double(7 * epoch + 13 * seed)) + 0.002 * Double(seed % 3)
    }
  }

  static func source(
    _ runs: [RunRecord], predictions: ReportPredictions? = nil, warnings: [String] = []
  ) throws -> ReportSource {
    ReportSource(
      runs, comparison: Comparison(runs), charts: try ChartInput(runs),
      stamp: ReportStamp(runs, query: ["cells"], program: "experiments 1"),
      predictions: predictions,
      commands: .init(
        make: "experiments report cells -o report.html",
        check: "experiments report --check report.html", results: ""), warnings: warnings)
  }

  static func page(
    _ runs: [RunRecord], _ kind: ReportPage.Kind = .file, predictions: ReportPredictions? = nil
  ) throws -> String {
    ReportPage(Report(try source(runs, predictions: predictions)), kind).text
  }

  /// An image of one pixel, which is enough for a page.
  static let pixel = ReportImage(
    .png,
    Array(
      Data(
        base64Encoded:
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
      ) ?? Data()), width: 1, height: 1)

  static func predictions(named name: String, classes: [String]) -> ReportPredictions {
    var predictions = ReportPredictions(
      run: "cells/1", epoch: "3",
      images: [
        ReportPrediction(
          name: name, wrong: 0.25, image: pixel, truth: pixel, prediction: pixel, errors: pixel)
      ], recorded: 2, classes: classes.map { .init($0, PlotColour(0xCB5A1A)) })
    predictions.course = PredictionCourse(
      steps: ["1", "3"].map { epoch in
        .init(epoch: epoch, predictions: [.init(name: name, image: pixel, wrong: 0.25)])
      })
    return predictions
  }
}
