internal import Execution
internal import Groundwork
internal import Learning

/// Compares what is predicted with the labels, for images of one size.
final class EvaluationJudge {
  /// Of the logits: N × K × H × W.
  let layout: TensorLayout
  let losses: LossSum
  private let predictions: PredictionMap
  private let memory: MetricMemory

  /// - Parameter losses: prepared for single images of that size.
  init(_ layout: TensorLayout, losses: LossSum, labelling: Labelling, threads: Int) {
    self.layout = layout
    self.losses = losses
    predictions = PredictionMap(logits: layout, labelling: labelling, threads: threads)
    memory = MetricMemory(logits: layout, labelling: labelling, threads: threads)
  }

  /// - Parameters:
  ///   - labels: `[N, H, W]`
  ///   - images: how many of the N count, the first ones.
  func judge(
    _ predicted: PredictedBatch, labels: UnsafePointer<UInt8>, images: Int,
    into losses: inout EvaluatedLosses, _ confusion: inout ConfusionMatrix,
    _ metrics: MetricAccumulators
  ) {
    self.losses.judge(predicted, labels: labels, images: images, into: &losses)
    predictions.update(predicted.answers(predictions.labelling))
    confusion.add(predictions: predictions, labels: labels)
    guard metrics.wantsBatches, let classes = predictions.classes.baseAddress else { return }
    metrics.add(
      EvaluatedBatch(
        logits: predicted.logits, predictions: classes, labels: labels, images: images,
        memory: memory))
  }
}
