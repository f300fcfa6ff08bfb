internal import Execution
internal import Tasks

extension PredictedBatch {
  /// What the predictions of a task follow from.
  func decoded(by task: any SegmentationTask) -> UnsafePointer<Float> {
    task.decodesSingleLogits ? singleLogits : logits
  }
}
