internal import Execution
internal import Groundwork
internal import Learning
internal import Tasks

/// Compares what is predicted with the labels, for images of one size.
final class EvaluationJudge {
  /// The layout of the logits, N × K × H × W.
  let layout: TensorLayout
  let losses: LossSum
  private let task: any SegmentationTask
  private let predictions: PredictionMap
  private let memory: MetricMemory
  private let postprocessing: [any Postprocessing]
  /// `nil` where nothing looks at probabilities.
  private let refinement: BatchRefinement?

  /// - Parameter losses: the losses, prepared for single images of the size of the logits.
  init(
    _ layout: TensorLayout, losses: LossSum, task: any SegmentationTask, truth: Truth,
    postprocessing: [any Postprocessing], threads: Int
  ) {
    self.layout = layout
    self.losses = losses
    self.task = task
    self.postprocessing = postprocessing
    predictions = task.predictions(logits: layout, truth: truth, threads: threads)
    memory = MetricMemory(logits: layout, truth: truth, threads: threads)
    refinement = BatchRefinement(postprocessing, task: task, threads: threads)
  }

  /// - Parameters:
  ///   - labels: the labels, `[N, P, H, W]`.
  ///   - images: how many of the batch's N images count, from the first on.
  ///   - spacings: how far the pixels of each of them are apart; empty where distances are in pixels.
  ///   - sums: everything that the images are part of.
  ///   - image: gives one of them as people see it; asked where the postprocessing looks at it.
  func judge(
    _ predicted: PredictedBatch, labels: UnsafePointer<Label>, images: Int,
    spacings: [PixelSpacing], into sums: [EvaluationSums], image: (Int) throws -> Raster
  ) throws {
    losses.judge(predicted, labels: labels, images: images) { value, loss in
      for sum in sums { sum.losses.add(value, of: loss) }
    }
    let logits = predicted.decoded(by: task)
    if let refinement {
      try refinement.apply(logits, layout, to: predictions, images: images, image: image)
    } else {
      predictions.update(logits)
    }
    postprocessing.apply(to: predictions, images: images)
    for sum in sums {
      sum.losses.weights = losses.weights
      task.count(predictions, labels: labels, into: &sum.confusion)
      guard sum.metrics.wantsBatches, let classes = predictions.classes.baseAddress else {
        continue
      }
      sum.metrics.add(
        EvaluatedBatch(
          logits: predicted.logits, predictions: classes, labels: labels, images: images,
          spacings: spacings, memory: memory))
    }
  }

  /// What was predicted of an image of the last batch, `[P, H, W]`.
  func labels(of image: Int) -> [Label] {
    let count = predictions.truth.planes * layout.shape.area
    return Array(predictions.classes[image * count..<(image + 1) * count])
  }
}
