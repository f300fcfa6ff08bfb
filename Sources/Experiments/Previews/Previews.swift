internal import Datasets
import Foundation
internal import Groundwork
import Tracking
internal import Training

/// Overlays of what a run predicts: photograph, truth and prediction side by side for the first
/// validation images. Each run has a folder of its own for them, named for its id.
struct Previews {
  let store: FolderStore
  let run: RunRecord
  /// Where the data lies now; `nil`: where it lay when the record was made.
  var places: DataPlaces?
  var count = 4

  var folder: String { "\(store.root)/\(run.experiment)/previews/\(run.id)" }

  /// - Returns: the files that were written.
  /// - Throws: also where the data is not what the run was validated on: the overlays would not be
  ///   of this run.
  func write(threads: Int) throws -> [String] {
    try run.requireTrainedHere(to: "show previews")
    let trial = try Trial(run.trial, places: places)
    guard let input = run.attempts.last?.input?.trainedInput else {
      throw Failure(.damagedStore, "its record does not say how it is shown images")
    }
    let data = try JudgedData.load(
      .validation(seed: trial.record.seed), trial.dataConfiguration(results: store.root),
      input: input, cacheBytes: 0)
    try requireSameData(data)
    let checkpoint = try store.checkpoint(try checkpointName(), of: run)
    let validation = data.dataset
    let predictor = try Predictor(
      trial.trainingConfiguration(threads: threads), extent: validation.extent,
      channels: validation.channels, classes: input.classes.count,
      normalizer: validation.normalizer
    ) { checkpoint.values($0, $1) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try (0..<min(count, validation.imageCount)).map { index in
      let (image, labels) = try validation.wholeImage(index)
      let overlay = Overlay.render(
        image: image, predicted: try predictor.predict(image: index, of: validation),
        truth: labels, palette: trial.spec.data.palette, task: trial.spec.task)
      let file = "\(folder)/\(index + 1).png"
      try ImageFile.write(overlay, to: file)
      return file
    }
  }

  /// The last where the best is not kept.
  private func checkpointName() throws -> String {
    guard let checkpoint = run.checkpoint(nil) else {
      throw Failure(.failed, "it keeps no checkpoint")
    }
    return checkpoint.name
  }

  private func requireSameData(_ data: JudgedData) throws {
    let present = data.fingerprints.first { $0.name == "validation" }
    let recorded = run.attempts.last?.data.first { $0.name == "validation" }
    guard recorded?.sha256 == present?.sha256 else {
      throw Failure(.badInput, "the validation data is not what the run was validated on")
    }
  }
}
