package import Datasets
package import Execution
package import Groundwork
internal import Learning
internal import Networks

/// A trained network that labels images as its evaluation does.
package final class Predictor {
  private let predictor: any BatchPredictor
  private let images: HostBuffer
  private let normalizer: Normalizer
  private let predictions: PredictionMap
  private let configuration: TrainingConfiguration

  /// - Parameters:
  ///   - extent: that of the samples that will be given.
  ///   - normalizer: the normalizer of the training data.
  ///   - values: gives the trained values of each parameter and running statistic.
  /// - Throws: ``TrainingError`` where a tensor is missing or of another size.
  package init(
    _ configuration: TrainingConfiguration, extent: SpatialExtent, channels: Int, classes: Int,
    normalizer: Normalizer, values: (StateTensor.Role, String) throws -> [Float]?
  ) throws {
    self.configuration = configuration
    self.normalizer = normalizer
    // For a few images it is not worth measuring what is fastest.
    let device = try configuration.computation.makeDevice(measures: false)
    let seen = NetworkInput(channels: channels, extent: extent)
    let planned = try configuration.predictor(
      of: seen, classes: classes, batch: 1, device: device)
    let state = try configuration.trainedState(
      of: seen, classes: classes, on: device, values: values)
    planned.allocate(state, in: device.allocate(bytes: planned.arenaBytes))
    predictor = planned
    images = HostBuffer(bytes: predictor.input.bytes)
    predictions = configuration.task.predictions(
      logits: predictor.logitsLayout, truth: configuration.task.truth(classes: classes),
      threads: predictor.threads)
  }

  /// What the task decodes of a sample, `[P, H, W]`.
  package func predict(_ sample: Sample) -> [Label] {
    normalizer.apply(to: sample, into: images.floats)
    return decoded(predictor.predict(images.floats), into: predictions) { sample.raster }
  }

  /// - Parameter image: gives the image as people see it.
  private func decoded<Failure: Error>(
    _ predicted: PredictedBatch, into predictions: PredictionMap,
    image: () throws(Failure) -> Raster
  ) throws(Failure) -> [Label] {
    let (task, steps) = (configuration.task, configuration.evaluation.postprocessing)
    let logits = predicted.decoded(by: task)
    predictions.update(logits)
    let refinement = BatchRefinement(steps, task: task, threads: predictor.threads)
    try refinement?.apply(logits, predictions.layout, to: predictions, images: 1) {
      _ throws(Failure) in
      try image()
    }
    steps.apply(to: predictions, images: 1)
    return Array(predictions.classes)
  }

  /// What the task decodes of a whole image of a data set, `[P, H, W]`. Where the image is cut into
  /// patches, they are put together.
  ///
  /// - Throws: ``DataError`` where the files had to be read again and have changed.
  package func predict(image index: Int, of dataset: Dataset) throws(DataError) -> [Label] {
    let images = dataset.wholeImages
    let image = images[index]
    guard image.samples.count > 1 || image.size != dataset.size else {
      return predict(try dataset.sample(image.samples.lowerBound))
    }
    let stitcher = PatchStitcher(
      predictor.headLayouts, averagesLogits: configuration.readsSingleLogits,
      planes: dataset.truth.planes, depth: dataset.extent.depth, threads: predictor.threads)
    stitcher.begin(image.size)
    let shown = dataset.imagesShown(of: images)
    for sample in image.samples {
      normalizer.apply(to: try dataset.sample(sample), into: self.images.floats)
      let labels = try dataset.judgedLabels(sample)
      stitcher.add(
        predictor.predict(self.images.floats), labels: labels, position: 0,
        dataset.patch(of: sample), slice: index - shown[sample].lowerBound)
    }
    let whole = configuration.task.predictions(
      logits: stitcher.headLayouts(image.size)[0].layout, truth: dataset.truth,
      threads: predictor.threads)
    return try decoded(stitcher.finish().batch, into: whole) { () throws(DataError) in
      try dataset.wholeImage(index).raster
    }
  }
}
