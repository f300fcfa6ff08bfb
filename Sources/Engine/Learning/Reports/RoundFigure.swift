internal import Groundwork

extension RoundReport {
  /// Every figure of the round under the name that records, objectives and schedules use.
  package var series: [NamedLoss] {
    var series = [NamedLoss(name: RoundFigure.trainingLoss, value: trainingLoss)]
    series += trainingLosses.map { NamedLoss(name: "training.\($0.name)", value: $0.value) }
    series.append(NamedLoss(name: RoundFigure.validationLoss, value: validationLoss))
    series += validationLosses.map { NamedLoss(name: "validation.\($0.name)", value: $0.value) }
    series += zip(SegmentationMetrics.seriesNames, segmentation.seriesValues).map {
      NamedLoss(name: RoundFigure.name(ofMetric: $0), value: $1)
    }
    for metric in metrics where !SegmentationMetrics.seriesNames.contains(metric.name) {
      series.append(NamedLoss(name: RoundFigure.name(ofMetric: metric.name), value: metric.value))
    }
    series.append(NamedLoss(name: "learning_rate", value: learningRate))
    series += lossWeights.map { NamedLoss(name: "loss_weight.\($0.name)", value: $0.value) }
    return series
  }
}

extension RoundReport {
  /// The figure of that name, of the whole validation data or of a class: NaN where it means
  /// nothing, `nil` where the round has none.
  package func figure(_ name: String) -> Double? {
    if let value = series.first(where: { $0.name == name })?.value { return value }
    guard let figure = ClassFigure(name),
      let index = classNames.firstIndex(of: figure.className)
    else { return nil }
    let values: [Double]? =
      switch figure.recordedName {
      case ClassFigure.iou: segmentation.iou
      case ClassFigure.dice: segmentation.dice
      case ClassFigure.accuracy: segmentation.classAccuracy
      default: metrics.first { $0.name == figure.recordedName }?.classes
      }
    return values.flatMap { $0.indices.contains(index) ? $0[index] : nil }
  }
}

/// The figures of a round that an objective or a schedule can go by, by name: a loss, a metric of
/// the validation data, or a metric of one class, `validation.iou.crack`.
package enum RoundFigure {
  package static let trainingLoss = "training.loss"
  package static let validationLoss = "validation.loss"
  private static let losses = [trainingLoss, validationLoss]
  package static let validation = "validation."

  package static func name(ofMetric name: String) -> String { validation + name }

  /// Every name there is, but for those of classes; those of metrics stand for figures of rounds
  /// whose evaluation has them.
  package static let names = losses + Registry.metrics.names.map { name(ofMetric: $0) }

  /// The name of a figure that may be written with another name of its metric; `nil` where there is
  /// no such figure.
  package static func name(of written: String) -> String? {
    if names.contains(written) { return written }
    if let metric = metric(of: written) { return name(ofMetric: metric.name) }
    return ClassFigure(written)?.name
  }

  /// Whether it is the figure of a single loss, though a metric may have that name too.
  package static func isLoss(_ written: String) -> Bool {
    Registry.losses.find(suffix(written)) != nil
  }

  package static func isHigherBetter(_ name: String) -> Bool {
    (metric(of: name) ?? ClassFigure(name)?.metric)?.isHigherBetter ?? false
  }

  /// The metric that must be asked for if a round is to have the figure; `nil` where every round
  /// has it.
  package static func requiredMetric(_ name: String) -> String? {
    if let figure = ClassFigure(name) {
      return figure.isStandard ? nil : figure.metric.name
    }
    return metric(of: name).flatMap {
      SegmentationMetrics.seriesNames.contains($0.name) ? nil : $0.name
    }
  }

  /// The class that a figure is of; `nil` where it is of all.
  package static func className(of name: String) -> String? { ClassFigure(name)?.className }

  private static func metric(of name: String) -> (any Metric.Type)? {
    guard name.hasPrefix(validation) else { return nil }
    return Registry.metrics.find(suffix(name))
  }

  private static func suffix(_ name: String) -> String { String(name.dropFirst(validation.count)) }
}

/// A metric of one class: `validation.iou.crack`.
struct ClassFigure {
  static let iou = "iou"
  static let dice = "dice"
  static let accuracy = "accuracy"
  /// Those that every round has, by the names that records know them by.
  private static let standard: [(name: String, metric: any Metric.Type)] = [
    (iou, MeanIoU.self), (dice, MeanDice.self), (accuracy, MeanClassAccuracy.self),
  ]

  let metric: any Metric.Type
  /// What records call the metric of classes.
  let recordedName: String
  let className: String

  var name: String { "\(RoundFigure.validation)\(recordedName).\(className)" }
  var isStandard: Bool { Self.standard.contains { $0.name == recordedName } }

  /// - Returns: `nil` where no metric with figures of classes is named.
  init?(_ written: String) {
    guard written.hasPrefix(RoundFigure.validation) else { return nil }
    let parts = written.dropFirst(RoundFigure.validation.count)
      .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else { return nil }
    className = String(parts[1])
    let name = String(parts[0])
    if let standard = Self.standard.first(where: { $0.name == name }) {
      (recordedName, metric) = standard
      return
    }
    guard let metric = Registry.metrics.find(name), metric.judgesClasses else {
      return nil
    }
    self.metric = metric
    recordedName = Self.standard.first { $0.metric.name == metric.name }?.name ?? metric.name
  }
}
