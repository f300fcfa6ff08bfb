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
  ///   - image: gives one of them as people see it; asked where the postprocessing looks at it.
  func judge(
    _ predicted: PredictedBatch, labels: UnsafePointer<Label>, images: Int,
    into losses: inout EvaluatedLosses, _ confusion: inout ConfusionMatrix,
    _ metrics: MetricAccumulators, image: (Int) throws -> Raster
  ) throws {
    self.losses.judge(predicted, labels: labels, images: images, into: &losses)
    let logits = predicted.decoded(by: task)
    if let refinement {
      try refinement.apply(logits, layout, to: predictions, images: images, image: image)
    } else {
      predictions.update(logits)
    }
    postprocessing.apply(to: predictions, images: images)
    task.count(predictions, labels: labels, into: &confusion)
    guard metrics.wantsBatches, let classes = predictions.classes.baseAddress else { return }
    metrics.add(
      EvaluatedBatch(
        logits: predicted.logits, predictions: classes, labels: labels, images: images,
        memory: memory))
  }

  /// What was predicted of an image of the last batch, `[P, H, W]`.
  func labels(of image: Int) -> [Label] {
    let count = predictions.truth.planes * layout.shape.area
    return Array(predictions.classes[image * count..<(image + 1) * count])
  }
}
