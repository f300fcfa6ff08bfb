internal import Execution
internal import Groundwork
internal import Learning

extension TrainingConfiguration {
  /// The losses prepared for what the steps compute; to train on mixtures they are taken image by
  /// image.
  func trainingLosses(
    for plan: ExecutionPlan, _ statistics: ClassStatistics
  ) throws(TrainingError) -> LossSum {
    try losses(plan.logitsLayout, plan.edgesLayout, statistics, takesImages: mixesLabels)
  }

  /// The losses prepared for single images of the size of a batch that is evaluated.
  func evaluationLosses(
    logits: TensorLayout, edges: TensorLayout?, _ statistics: ClassStatistics
  ) throws(TrainingError) -> LossSum {
    try losses(logits, edges, statistics, takesImages: true)
  }

  private func losses(
    _ logits: TensorLayout, _ edges: TensorLayout?, _ statistics: ClassStatistics,
    takesImages: Bool
  ) throws(TrainingError) -> LossSum {
    do throws(NamedComponentError) {
      return try LossSum(
        losses,
        context: LossContext(
          logits: logits, edges: edges, statistics: statistics, threads: threads,
          labelling: labelling),
        takesImages: takesImages)
    } catch {
      throw .component(kind: error.kind, name: error.name, error.error)
    }
  }

  /// Whether any loss looks at logits by themselves, so that what is averaged keeps them.
  package var readsSingleLogits: Bool { losses.contains { type(of: $0.loss).readsSingleLogits } }
}
