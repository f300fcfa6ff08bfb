package import Measurements

/// The counts of pixels as measurements.
extension ConfusionMatrix {
  /// The whole matrix, and the pixels of each class in truth and prediction.
  ///
  /// - Parameter classNames: `[K]`
  package func measurements(classNames: [String]) -> [Measurement] {
    let counts = ClassCounts(self)
    let classAxis = SeriesAxis.classes(classNames)
    return [
      Measurement(
        Self.pixels("pixels", "pixels", "Labelled pixels of each class.", classAxis),
        .counts(counts.truth.map { UInt64($0) })),
      Measurement(
        Self.pixels(
          "predicted_pixels", "predicted", "Pixels that were taken for each class.", classAxis),
        .counts(counts.prediction.map { UInt64($0) })),
      Measurement(matrix(classAxis), .counts(self.counts)),
    ]
  }

  private static func pixels(
    _ name: String, _ title: String, _ about: String, _ classes: SeriesAxis
  ) -> SeriesDescription {
    SeriesDescription(
      "\(SeriesDescription.validation).\(classes.name).\(name)", title: title, unit: "pixels",
      format: .count, about: about, axes: [classes])
  }

  /// `validation.confusion`: by true and predicted class; where a pixel may have several labels, by
  /// class, whether it is there, and whether it is predicted.
  private func matrix(_ classes: SeriesAxis) -> SeriesDescription {
    let isThere = ["absent", "present"]
    let axes =
      switch kind {
      case .multiclass:
        [
          SeriesAxis("truth", labels: classes.labels),
          SeriesAxis("prediction", labels: classes.labels),
        ]
      case .multilabel:
        [
          classes, SeriesAxis("truth", labels: isThere), SeriesAxis("prediction", labels: isThere),
        ]
      }
    return SeriesDescription(
      Self.seriesName, title: "confusion", unit: "pixels", format: .count,
      about: "Pixels by what they are and by what they were taken for.", axes: axes)
  }

  package static let seriesName = "\(SeriesDescription.validation).confusion"
}
