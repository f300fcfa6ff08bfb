package import Measurements

/// The series that a metric's values become: all that is said of them follows from what it declares.
extension Metric {
  /// The value of the whole validation data: `validation.mean_iou`.
  package static var series: SeriesDescription {
    SeriesDescription(
      "\(SeriesDescription.validation).\(name)", title: title, aliases: otherNames, unit: unit,
      higherIsBetter: isHigherBetter, format: format, about: about, version: version,
      isPrincipal: isStandard)
  }

  /// The values of classes: `validation.class.iou`, of which `validation.iou.car` is one.
  package static func series(of classes: SeriesAxis) -> SeriesDescription {
    let names = ([name] + otherNames).filter { $0 != className }
    return SeriesDescription(
      "\(SeriesDescription.validation).\(classes.name).\(className)", title: classTitle,
      aliases: names, unit: unit, higherIsBetter: isHigherBetter, format: format,
      about: "\(about) Here the value of each class by itself.", axes: [classes],
      summary: series.name, version: version)
  }

  /// The values of the images that it likes least: `validation.image.mean_iou`, of which
  /// `validation.image.mean_iou.1` is the worst.
  package static func series(ofWorst count: Int) -> SeriesDescription {
    SeriesDescription(
      "\(SeriesDescription.validation).image.\(name)", title: "\(title), worst image",
      aliases: otherNames, unit: unit, higherIsBetter: isHigherBetter, format: format,
      about: "\(about) Here the values of the worst images by themselves, the worst first.",
      axes: [.ranks(count)], summary: series.name, version: version)
  }
}
