internal import Datasets
internal import Groundwork
internal import Learning
internal import Measurements

/// What is added up while images are judged: of all the data, or of one set of it that has a name.
final class EvaluationSums {
  /// `nil` for all the data.
  let set: String?
  var losses: EvaluatedLosses
  var confusion: ConfusionMatrix
  let metrics: MetricAccumulators
  private let truth: Truth
  private let classNames: [String]
  /// The names of the images, in their order.
  private let images: [String]

  /// - Parameters:
  ///   - losses: the names of the losses.
  ///   - lengthUnit: the unit of lengths; `nil` where they are counted in pixels.
  init(
    set: String?, images: [String], losses: [String], settings: EvaluationSettings,
    classNames: [String], truth: Truth, lengthUnit: String?, threads: Int
  ) {
    (self.set, self.images, self.truth) = (set, images, truth)
    self.classNames = classNames
    self.losses = EvaluatedLosses(names: losses)
    confusion = ConfusionMatrix(truth)
    metrics = MetricAccumulators(
      settings, classNames: classNames, truth: truth, lengthUnit: lengthUnit, threads: threads)
  }

  /// Begins anew.
  func begin(losses: [String]) {
    self.losses = EvaluatedLosses(names: losses)
    confusion = ConfusionMatrix(truth)
    metrics.begin()
  }

  var measurements: [Measurement] {
    let all =
      metrics.measurements(confusion, images: images)
      + confusion.measurements(classNames: classNames)
      + [Measurement(.validationLoss, losses.sum)]
      + losses.named.map { Measurement(.validationLoss($0.name), $0.value) }
    return set.map(all.ofValidationSet) ?? all
  }
}
