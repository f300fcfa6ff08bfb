/// A figure of an evaluation that is recorded every round and that an objective can name.
public struct MetricSeries: Sendable {
  /// As a spec writes it after `validation.`, e.g. `mean_iou`.
  public let name: String
  /// One sentence: what it tells.
  public let about: String
  public let value: @Sendable (SegmentationMetrics) -> Double
}

extension SegmentationMetrics {
  /// Every scalar metric; all lie in 0…1 and higher is better.
  public static let series = [
    MetricSeries(name: "mean_iou", about: "Mean intersection over union of the classes.") {
      $0.meanIoU
    },
    MetricSeries(name: "mean_dice", about: "Mean Dice coefficient (F1) of the classes.") {
      $0.meanDice
    },
    MetricSeries(name: "pixel_accuracy", about: "Share of the pixels that are right.") {
      $0.pixelAccuracy
    },
    MetricSeries(
      name: "mean_class_accuracy", about: "Mean, over the classes, of the share that is found."
    ) { $0.meanClassAccuracy },
    MetricSeries(
      name: "frequency_weighted_iou",
      about: "Intersection over union, weighted by how often each class occurs."
    ) { $0.frequencyWeightedIoU },
  ]

  public static let seriesNames = series.map { $0.name }

  /// The values in the order of ``seriesNames``.
  public var seriesValues: [Double] { Self.series.map { $0.value(self) } }

  /// The series of that name, or `nil` where there is none.
  public subscript(name: String) -> Double? {
    Self.series.first { $0.name == name }?.value(self)
  }
}
