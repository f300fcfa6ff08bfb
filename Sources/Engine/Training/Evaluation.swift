/// Measures a network on a data set: losses, the confusion matrix and the metrics that are asked for,
/// with running statistics and without augmentation.
final class Evaluation {
  let plan: ExecutionPlan
  let losses: LossSum
  private let data: Dataset
  private let predictions: PredictionMap
  /// `nil` where no metric is asked for.
  private let meters: EvaluationMeters?
  /// At the beginning of a pass; `nil` before the first.
  private var loader: Loader?

  init(
    plan: ExecutionPlan, losses: LossSum, settings: EvaluationSettings, data: Dataset,
    state: NetworkState, arena: HostBuffer
  ) {
    self.plan = plan
    self.losses = losses
    self.data = data
    predictions = PredictionMap(
      logits: plan.logitsLayout, labelling: data.labelling, threads: plan.threads)
    meters = EvaluationMeters(
      settings, logits: plan.logitsLayout, labelling: data.labelling, threads: plan.threads)
    plan.allocate(state, in: arena)
  }

  struct Figures {
    var loss: Double
    var losses: [NamedLoss]
    var confusion: ConfusionMatrix
    /// `nil` where no metric is asked for.
    var meters: EvaluationMeters.Figures?
  }

  /// - Parameter progress: called after every batch with the number of images done; returns
  ///   whether to go on.
  /// - Returns: `nil` where `progress` said to stop.
  func run(progress: (Int) throws -> Control) throws -> Figures? {
    var means = LossMeans(names: losses.names)
    var confusion = ConfusionMatrix(classes: plan.network.classes, labelling: data.labelling)
    let loader = self.loader ?? Loader(evaluating: data, batchSize: plan.batch)
    self.loader = nil
    meters?.begin()
    var done = 0
    while done < data.count {
      let batch = try loader.next()
      plan.images.update(from: batch.images, count: plan.layouts[Network.inputValue].elements)
      plan.forward()
      let loss = losses.evaluate(logits: plan.logits, labels: batch.labels, gradient: nil)
      means.add(loss, losses.values, weight: Double(batch.count))
      predictions.update(plan.logits)
      confusion.add(predictions: predictions, labels: batch.labels)
      meters?.add(batch, logits: plan.logits, predictions: predictions)
      done += batch.count
      guard try progress(done) == .proceed else { return nil }
    }
    self.loader = loader
    return Figures(
      loss: means.sum, losses: means.named, confusion: confusion,
      meters: meters?.figures(names: data.names))
  }
}
