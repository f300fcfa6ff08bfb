internal import Datasets
internal import Groundwork
internal import Learning
internal import Tasks

/// Predicts training images and makes labels of the predictions.
struct LabelMaker {
  private let rules: RelabelRules
  private let given: Dataset
  private let predictor: any BatchPredictor
  private let task: any SegmentationTask

  /// - Parameter given: the samples with the labels that the files have.
  init(
    _ rules: RelabelRules, _ given: Dataset, predictor: any BatchPredictor,
    task: any SegmentationTask
  ) {
    (self.rules, self.given, self.predictor, self.task) = (rules, given, predictor, task)
  }

  /// - Parameter progress: called with the number of images that are done; returns whether to go on.
  /// - Returns: the labels of every sample, `[H, W]`; `nil` where it said to stop.
  func labels(_ progress: (Int) throws -> Control) throws -> [StoredLabels]? {
    let shape = predictor.logitsLayout.shape
    let loader = Loader(evaluating: given, batchSize: shape.batch)
    var labels: [StoredLabels] = []
    while labels.count < given.count {
      let batch = try loader.next()
      let logits = predictor.predict(batch.images).decoded(by: task)
      let probabilities = task.probabilities(
        of: logits, predictor.logitsLayout, threads: predictor.threads)
      let count = shape.channels * shape.area
      for position in 0..<batch.count {
        let own = Array(probabilities[position * count..<(position + 1) * count])
        labels.append(try self.labels(of: labels.count, own))
      }
      guard try progress(labels.count) == .proceed else { return nil }
    }
    return labels
  }

  /// - Parameter probabilities: `[K, H, W]`.
  private func labels(of index: Int, _ probabilities: [Float]) throws -> StoredLabels {
    let predicted = ImageProbabilities(
      values: probabilities, size: given.size, classesExclude: true,
      image: rules.postprocessing.reads == .image ? try given.image(index) : nil,
      threads: predictor.threads)
    let known = RelabelRules.Known(
      labels: try given.labels(index), boxes: try given.boxes(of: index))
    var labels = rules.labels(predicted, of: known)
    if let patch = given.samples[index].patch { Self.ignoreBeyond(patch, &labels) }
    return StoredLabels(labels, values: given.reading.labelValues(classes: given.classes))
  }

  /// What a patch shows beyond its image is not labelled.
  private static func ignoreBeyond(_ patch: Patch, _ labels: inout [Label]) {
    for row in 0..<patch.size.height {
      for column in 0..<patch.size.width
      where !patch.rows.contains(patch.top + row) || !patch.columns.contains(patch.left + column) {
        labels[row * patch.size.width + column] = Labels.ignoreIndex
      }
    }
  }
}
