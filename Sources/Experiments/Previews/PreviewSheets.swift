internal import Datasets
internal import Foundation
internal import Groundwork
internal import Training

/// Contact sheets of a trial's first training samples, as they are and augmented.
struct PreviewSheets {
  let trial: Trial
  /// The folder of the records, where scenes that the program draws are kept.
  let results: String

  /// - Parameters:
  ///   - epochs: from 0 on.
  ///   - report: told a line for each file, as soon as it is written.
  func write(
    _ count: Int, epochs: Range<Int>, to folder: String, report: (String) -> Void
  ) throws {
    let data = try SegmentationData.load(
      trial.dataConfiguration(results: results), seed: trial.record.seed, cacheBytes: 0)
    let preview = try AugmentationPreview(
      data, augmentations: trial.spec.augmentation.steps.map(\.augmentation),
      seed: trial.record.seed, task: trial.spec.task,
      palette: trial.spec.data.palette)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (index, name) in preview.names.prefix(count).enumerated() {
      let file = "\(folder)/\(index + 1).png"
      try ImageFile.write(try preview.sheet(sample: index, epochs: epochs), to: file)
      let shown =
        epochs.count == 1
        ? "epoch \(epochs.upperBound)" : "epochs \(epochs.lowerBound + 1)…\(epochs.upperBound)"
      report("\(file)  \(name), \(shown)")
    }
  }
}
