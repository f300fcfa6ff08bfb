import Measurements
import Tracking

/// Runs of a small sweep, as its records would say.
enum WatchSamples {
  static let series = [
    SeriesDescription(
      "training.loss", title: "training loss", higherIsBetter: false, about: "The loss."),
    SeriesDescription(
      "validation.loss", title: "validation loss", higherIsBetter: false, about: "The loss."),
    SeriesDescription(
      "validation.mean_iou", title: "mean IoU", higherIsBetter: true, about: "Mean IoU.",
      isPrincipal: true),
    SeriesDescription(
      "validation.class.iou", title: "IoU", higherIsBetter: true, about: "IoU of each class.",
      axes: [.classes(["sky", "Gebäude"])], summary: "validation.mean_iou"),
    SeriesDescription(
      "training.seconds", title: "training time", unit: "s", about: "Wall time.", isWallTime: true),
  ]

  /// - Parameter values: of the objective, an evaluation each.
  static func history(_ values: [Double]) -> MetricHistory {
    var history = MetricHistory(series: series, tensorNames: [])
    for (index, value) in values.enumerated() {
      history.rows.append(
        MetricHistory.Row(
          EvaluationPoint(step: 8 * (index + 1), epoch: Double(index + 1)),
          values: [
            .number(1 - value), .number(1.1 - value), .number(value), .numbers([value, .nan]),
            .number(2),
          ], tensorDigests: [], attempt: 1))
    }
    return history
  }

  static func run(
    _ number: Int, point: Int, rate: String = "0.01", status: RunStatus = .finished,
    values: [Double] = [0.25, 0.5, 0.75]
  ) -> RunRecord {
    let trial = TrialRecord(
      experiment: "sweep", number: number,
      hyperparameters: [
        Hyperparameter(path: "solver.base_lr", text: rate),
        Hyperparameter(path: "losses", text: "cross_entropy + dice"),
      ], seed: UInt64(number), replicate: 0, point: point,
      objective: Objective(metric: "validation.mean_iou", maximize: true), writtenSpec: "",
      specName: "sweep.yaml", overrides: [], resolvedSpec: #"{"training":{"epochs":4}}"#)
    let digits = String(number)
    return RunRecord(
      id: String(repeating: "0", count: 16 - digits.count) + digits, experiment: "sweep",
      number: number, trial: trial, status: status,
      history: values.isEmpty ? nil : history(values), checkpoints: [], attempts: [], result: nil,
      damage: [])
  }

  /// Two points of two seeds; one run goes on, one waits.
  static var sweep: [RunRecord] {
    [
      run(1, point: 0), run(2, point: 0, values: [0.25, 0.5, 0.25]),
      run(3, point: 1, rate: "0.1", status: .running, values: [0.5, 0.9]),
      run(4, point: 1, rate: "0.1", status: .waiting, values: []),
    ]
  }
}
