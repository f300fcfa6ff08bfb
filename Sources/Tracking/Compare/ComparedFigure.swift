/// A series that a comparison has a column for.
struct ComparedFigure: Hashable {
  let series: String
  let header: String

  /// Every series but the objective, the most important first.
  static let all = [
    ComparedFigure(series: "validation.mean_iou", header: "mean IoU"),
    ComparedFigure(series: "validation.mean_dice", header: "mean Dice"),
    ComparedFigure(series: "validation.pixel_accuracy", header: "pixel accuracy"),
    ComparedFigure(series: "validation.mean_class_accuracy", header: "class accuracy"),
    ComparedFigure(series: "validation.frequency_weighted_iou", header: "weighted IoU"),
    ComparedFigure(series: "validation.loss", header: "validation loss"),
  ]

  /// The figure of that series; one that is not in the list is shown under the series' own name.
  static func of(_ series: String) -> ComparedFigure {
    all.first { $0.series == series } ?? ComparedFigure(series: series, header: series)
  }
}
