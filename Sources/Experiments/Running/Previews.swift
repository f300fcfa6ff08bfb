import Engine
import Foundation
import Tracking

/// Pictures of what the best run of an experiment predicts: photograph, truth and prediction side by
/// side for the first validation images.
struct Previews {
  let store: FolderStore
  let run: RunRecord
  var count = 4

  /// - Returns: the files that were written.
  func write(to folder: String, threads: Int) throws -> [String] {
    let trial = try Trial(run.trial)
    let data = try SegmentationData.load(
      trial.dataConfiguration(results: store.root), seed: trial.record.seed)
    let checkpoint = try store.checkpoint("best", of: run)
    let validation = data.validation
    let predictor = try Predictor(
      trial.trainingConfiguration(threads: threads), size: validation.size,
      channels: validation.channels, classes: data.classes.count,
      normalizer: validation.normalizer
    ) { checkpoint.values($0, $1) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try (0..<min(count, validation.count)).map { index in
      let picture = Overlay.render(
        image: try validation.image(index),
        predicted: predictor.predict(try validation.sample(index)),
        truth: try validation.labels(index), classes: data.classes,
        labelling: data.labelling)
      let file = "\(folder)/\(index + 1).png"
      try ImageFile.write(picture, to: file)
      return file
    }
  }
}
