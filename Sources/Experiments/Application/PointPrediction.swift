import Foundation
internal import Datasets
internal import Groundwork
internal import Tracking
internal import Training

/// Applies a trained run, or several together, to files of points: a PLY of each, whose points have a class and
/// its color. A file that cannot be read is told of and left out; the others go on.
struct PointPrediction {
  let runs: TrainedRuns
  let settings: PointSettings
  let files: PointFiles
  let folder: PredictionFolder
  let threads: Int
  /// What is set otherwise than the spec of the first run has it.
  let overrides: [String]

  /// - Parameter progress: told how many files of how many are done; says whether to go on.
  func run(progress: (_ done: Int, _ all: Int) -> Control) throws -> Prediction.Outcome {
    try folder.prepare(for: content)
    var outcome = Prediction.Outcome()
    let pending = files.files.filter { !folder.holds(["\($0.name).ply"], madeOf: [$0.path]) }
    outcome.skipped = files.files.count - pending.count
    guard !pending.isEmpty else { return outcome }
    let start = ProcessInfo.processInfo.systemUptime
    let predictor = try PointsPredictor(runs.networks(threads: threads), settings)
    // Labels are what is asked for.
    var columns = settings.columns
    columns.label = nil
    let (classes, palette) = (runs.first.input.classes, runs.first.trial.spec.data.palette)
    for file in pending where !outcome.isInterrupted {
      do throws(ImageError) {
        let cloud = try PointCloud(file.path, columns)
        let labels = try predictor.predict(cloud)
        let bytes = LabelledPoints.ply(cloud, labels: labels, classes: classes, palette: palette)
        try write(bytes, named: file.name)
        outcome.predicted += 1
      } catch {
        outcome.failures.append(
          DataProblem("points \(error.file ?? file.path): \(error.reason)"))
      }
      if progress(outcome.predicted + outcome.failures.count, pending.count) == .stop {
        outcome.isInterrupted = true
      }
    }
    outcome.seconds = ProcessInfo.processInfo.systemUptime - start
    return outcome
  }

  private func write(_ bytes: [UInt8], named name: String) throws(ImageError) {
    let path = "\(folder.path)/\(name).ply"
    try? FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try FileBytes.write(bytes, to: path)
  }

  private var content: PredictionFolder.Content {
    let (first, palette) = (runs.first, runs.first.trial.spec.data.palette)
    return PredictionFolder.Content(
      runs: runs.members, outputs: [], maskFormat: nil, style: nil,
      classes: PredictionFolder.Content.colours(of: first.input.classes, palette),
      tiles: [1, settings.count], stride: [], window: "", overrides: overrides,
      program: Program.version)
  }
}
