/// The figures of one round.
package struct RoundReport: Sendable {
  /// 1 for the first.
  package var round: Int
  package var step: Int
  package var epoch: Double
  /// Of the round's last step.
  package var learningRate: Double
  /// Mean over the round's steps: the weighted sum, and each loss unweighted.
  package var trainingLoss: Double
  package var trainingLosses: [NamedLoss]
  /// The same for the validation data, each loss the mean over all labelled pixels or over all
  /// images (``EvaluatedLosses``); NaN where there is nothing that it is of.
  package var validationLoss: Double
  package var validationLosses: [NamedLoss]
  /// The weights at the round's last step, of losses whose weight changes.
  package var lossWeights: [NamedLoss] = []
  package var confusion: ConfusionMatrix
  /// One digest of the bits of every parameter and of every running statistic, as evaluated and,
  /// where that is another, as trained; their names are ``TrainingLoop/digestedTensors``.
  package var digests: [UInt64]
  package var trainingSeconds: Double
  package var evaluationSeconds: Double
  package var isLast: Bool
  /// Of the metrics that are asked for, in their order.
  package var metrics: [NamedMetric] = []
  /// `nil` where they are not asked for.
  package var worstImages: WorstImages?
  /// What means over classes make of those that do not occur.
  package var absentClasses = AbsentClasses.cityscapes
  /// `[K]`: what figures of single classes are named by.
  package var classNames: [String] = []

  package init(
    round: Int, step: Int, epoch: Double, learningRate: Double, trainingLoss: Double,
    trainingLosses: [NamedLoss], validationLoss: Double, validationLosses: [NamedLoss],
    lossWeights: [NamedLoss] = [], confusion: ConfusionMatrix, digests: [UInt64],
    trainingSeconds: Double, evaluationSeconds: Double, isLast: Bool, metrics: [NamedMetric] = [],
    worstImages: WorstImages? = nil, absentClasses: AbsentClasses = AbsentClasses.cityscapes,
    classNames: [String] = []
  ) {
    self.round = round
    self.step = step
    self.epoch = epoch
    self.learningRate = learningRate
    self.trainingLoss = trainingLoss
    self.trainingLosses = trainingLosses
    self.validationLoss = validationLoss
    self.validationLosses = validationLosses
    self.lossWeights = lossWeights
    self.confusion = confusion
    self.digests = digests
    self.trainingSeconds = trainingSeconds
    self.evaluationSeconds = evaluationSeconds
    self.isLast = isLast
    self.metrics = metrics
    self.worstImages = worstImages
    self.absentClasses = absentClasses
    self.classNames = classNames
  }

  /// What follows from the counts.
  package var segmentation: SegmentationMetrics {
    SegmentationMetrics(confusion, absentClasses: absentClasses)
  }
}
