internal import Execution
internal import Groundwork
internal import Learning
internal import Networks
internal import Tasks

extension TrainingConfiguration {
  /// The losses prepared for what the steps compute; to train on mixed samples they are taken image by
  /// image.
  func trainingLosses(
    for plan: ExecutionPlan, _ statistics: ClassStatistics
  ) throws(TrainingError) -> LossSum {
    for weighted in losses {
      do throws(ComponentError) {
        try weighted.loss.check(spatialRank: plan.network.input.extent.rank)
      } catch {
        throw .component(kind: "loss", name: type(of: weighted.loss).name, error)
      }
    }
    return try losses(
      plan.headLayouts, statistics, takesImages: mixesLabels, isJudged: false, device: plan.device)
  }

  /// The losses prepared for single images of the size of a batch that is evaluated, but those that look at the
  /// images.
  func evaluationLosses(
    _ heads: [HeadLayout], _ statistics: ClassStatistics
  ) throws(TrainingError) -> LossSum {
    try losses(heads, statistics, takesImages: true, isJudged: true)
  }

  /// - Parameter isJudged: whether samples have the labels that predictions are judged by, rather than those
  ///   alone that are trained on.
  private func losses(
    _ heads: [HeadLayout], _ statistics: ClassStatistics, takesImages: Bool, isJudged: Bool,
    device: (any Device)? = nil
  ) throws(TrainingError) -> LossSum {
    let classes = statistics.pixels.count
    let planes = LabelledPlanes(
      first: task.reading.trainedPlane(classes: classes), of: task.truth(classes: classes).planes)
    do throws(NamedComponentError) {
      return try LossSum(
        isJudged ? losses.filter { !type(of: $0.loss).readsImages } : losses,
        context: LossContext(
          heads: heads, statistics: task.trainedStatistics(statistics), threads: threads,
          truth: task.reading.trainedTruth(classes: classes), planes: isJudged ? planes : nil),
        takesImages: takesImages, device: device)
    } catch {
      throw .component(kind: error.kind, name: error.name, error.error)
    }
  }

  /// True where a loss looks at logits by themselves, or the task does: what is averaged keeps them
  /// then.
  package var readsSingleLogits: Bool {
    task.decodesSingleLogits || losses.contains { type(of: $0.loss).readsSingleLogits }
  }
}
