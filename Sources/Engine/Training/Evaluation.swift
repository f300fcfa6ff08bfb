/// Measures a network on a data set: losses, the confusion matrix and the metrics that are asked for,
/// with running statistics and without the augmentation of training.
final class Evaluation {
  let losses: LossSum
  private let predictor: any BatchPredictor
  private let data: Dataset
  private let predictions: PredictionMap
  /// `nil` where no metric is asked for.
  private let meters: EvaluationMeters?
  /// At the beginning of a pass; `nil` before the first.
  private var loader: Loader?

  init(
    predictor: any BatchPredictor, losses: LossSum, settings: EvaluationSettings, data: Dataset,
    state: NetworkState, arena: HostBuffer
  ) {
    self.predictor = predictor
    self.losses = losses
    self.data = data
    let (layout, threads) = (predictor.logitsLayout, predictor.threads)
    predictions = PredictionMap(logits: layout, labelling: data.labelling, threads: threads)
    meters = EvaluationMeters(
      settings, logits: layout, labelling: data.labelling, threads: threads)
    predictor.allocate(state, in: arena)
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
    let shape = predictor.logitsLayout.shape
    var confusion = ConfusionMatrix(classes: shape.channels, labelling: data.labelling)
    let loader = self.loader ?? Loader(evaluating: data, batchSize: shape.batch)
    self.loader = nil
    meters?.begin()
    var done = 0
    while done < data.count {
      let batch = try loader.next()
      let predicted = predictor.predict(batch.images)
      let loss = losses.evaluate(predicted, labels: batch.labels)
      means.add(loss, losses.values, weight: Double(batch.count))
      predictions.update(predicted.answers(data.labelling))
      confusion.add(predictions: predictions, labels: batch.labels)
      meters?.add(batch, logits: predicted.logits, predictions: predictions)
      done += batch.count
      guard try progress(done) == .proceed else { return nil }
    }
    self.loader = loader
    return Figures(
      loss: means.sum, losses: means.named, confusion: confusion,
      meters: meters?.figures(names: data.names))
  }
}
