extension RoundReport {
  /// Every figure of the round under the name that records, objectives and schedules use.
  public var series: [NamedLoss] {
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

/// The figures of a round that an objective or a schedule can go by, by name.
public enum RoundFigure {
  public static let trainingLoss = "training.loss"
  public static let validationLoss = "validation.loss"
  private static let losses = [trainingLoss, validationLoss]

  public static func name(ofMetric name: String) -> String { "validation.\(name)" }

  /// Every name there is; those of metrics stand for figures of rounds whose evaluation has them.
  public static let names = losses + Registry.metrics.names.map { name(ofMetric: $0) }

  /// The name of a figure that may be written with another name of its metric; `nil` where there is
  /// no such figure.
  public static func name(of written: String) -> String? {
    if names.contains(written) { return written }
    return metric(of: written).map { name(ofMetric: $0.name) }
  }

  /// Whether it is the figure of a single loss, though a metric may have that name too.
  public static func isLoss(_ written: String) -> Bool {
    Registry.losses.find(suffix(written)) != nil
  }

  public static func isHigherBetter(_ name: String) -> Bool {
    metric(of: name)?.isHigherBetter ?? false
  }

  /// The metric that must be asked for if a round is to have the figure; `nil` where every round
  /// has it.
  public static func requiredMetric(_ name: String) -> String? {
    metric(of: name).flatMap { SegmentationMetrics.seriesNames.contains($0.name) ? nil : $0.name }
  }

  private static func metric(of name: String) -> (any Metric.Type)? {
    guard name.hasPrefix("validation.") else { return nil }
    return Registry.metrics.find(suffix(name)) as? any Metric.Type
  }

  private static func suffix(_ name: String) -> String {
    String(name.dropFirst("validation.".count))
  }
}
