/// A series that a comparison has a column for.
struct ComparedFigure: Hashable {
  let series: String
  let header: String

  /// Those that every run has, the most important first.
  static let standard = [
    ComparedFigure(series: "validation.mean_iou", header: "mean IoU"),
    ComparedFigure(series: "validation.mean_dice", header: "mean Dice"),
    ComparedFigure(series: "validation.pixel_accuracy", header: "pixel accuracy"),
    ComparedFigure(series: "validation.mean_class_accuracy", header: "class accuracy"),
    ComparedFigure(series: "validation.frequency_weighted_iou", header: "weighted IoU"),
    ComparedFigure(series: "validation.loss", header: "validation loss"),
  ]

  /// The figure of that series; one that is not in the list is shown under the metric's own name.
  static func of(_ series: String) -> ComparedFigure {
    let validation = "validation."
    let name = series.hasPrefix(validation) ? String(series.dropFirst(validation.count)) : series
    return standard.first { $0.series == series } ?? ComparedFigure(series: series, header: name)
  }

  /// The metrics that the spec of a trial asks for, in its order.
  static func asked(by trial: TrialRecord) -> [ComparedFigure] {
    TrialSettings.metrics(of: trial).map { of("validation.\($0)") }
  }
}

extension Objective {
  /// The figure's name in tables.
  package var title: String { ComparedFigure.of(metric).header }

  package static let meanIoUTitle = ComparedFigure.of("validation.mean_iou").header
}
