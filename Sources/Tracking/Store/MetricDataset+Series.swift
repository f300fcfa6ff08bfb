internal import HDF5
internal import Measurements

/// A series as a dataset: what it declares is attributes.
extension MetricDataset {
  /// The dataset of the values `[E, …]`, and, where images are ranked, that of their names.
  static func series(
    _ index: Int, of history: MetricHistory, _ axes: AxisScales
  ) -> [MetricDataset] {
    let series = history.series[index]
    let rows = history.rows.map { $0.values[index] }
    let path = SeriesDescription.parts(of: series.name)
    let shape = [rows.count] + series.axes.map(\.labels.count)
    func dataset(_ path: [String], _ values: Values, _ attributes: [Attribute]) -> MetricDataset {
      MetricDataset(
        path: path, shape: shape, values: values, attributes: attributes,
        scales: [[stepName]] + series.axes.map(axes.path),
        isReproducible: !series.isWallTime)
    }
    let attributes = attributes(of: series, axes)
    if rows.contains(where: { $0.images != nil }) || series.ranksImages {
      let images = rows.flatMap { filled($0.images ?? [], series.count) }
      return [
        dataset(path, .numbers(images.map(\.value)), attributes),
        dataset(
          [imageNames] + path, .texts(images.map(\.name)),
          about("The names of the images of the series \(series.name).")),
      ]
    }
    if rows.allSatisfy({ $0.counts != nil }), series.format == .count {
      return [dataset(path, .counts(rows.flatMap { $0.counts ?? [] }), attributes)]
    }
    return [
      dataset(
        path, .numbers(rows.flatMap { row in (0..<series.count).map { row[$0] } }), attributes)
    ]
  }

  /// The group of the names of ranked images.
  static let imageNames = "images"

  /// A list that is shorter than its axis is filled up with empty names and NaN.
  private static func filled(_ images: [RankedImage], _ count: Int) -> [RankedImage] {
    images + Array(repeating: RankedImage(name: "", value: .nan), count: count - images.count)
  }

  // MARK: - Attributes

  private static func attributes(
    of series: SeriesDescription, _ axes: AxisScales
  ) -> [Attribute] {
    var attributes = [
      Attribute(name: "title", value: .text(series.title)),
      Attribute(name: "unit", value: .text(series.unit)),
    ]
    if let isHigherBetter = series.higherIsBetter {
      attributes.append(
        Attribute(name: "higher_is_better", value: .integer(isHigherBetter ? 1 : 0)))
    }
    attributes += [
      Attribute(name: "description", value: .text(series.about)),
      Attribute(name: "format", value: .text(series.format.code)),
      Attribute(name: "is_principal", value: .integer(series.isPrincipal ? 1 : 0)),
      Attribute(name: "is_wall_time", value: .integer(series.isWallTime ? 1 : 0)),
    ]
    if series.version > 1 {
      attributes.append(Attribute(name: versionName, value: .integer(series.version)))
    }
    if !series.aliases.isEmpty {
      attributes.append(
        Attribute(name: "aliases", value: .text(series.aliases.joined(separator: " "))))
    }
    if let summary = series.summary {
      attributes.append(Attribute(name: "summary", value: .text(summary)))
    }
    if !series.axes.isEmpty {
      let names = series.axes.compactMap { axes.name(of: $0) }
      attributes.append(Attribute(name: "axes", value: .text(names.joined(separator: " "))))
    }
    return attributes
  }

  /// Which definition of a metric the values are of; the first where it is not there.
  private static let versionName = "version"

  /// The description that a dataset's attributes make.
  ///
  /// - Parameter axis: reads the axis of that name.
  static func description(
    _ name: String, of dataset: HDF5Dataset, axis: (String) throws(HDF5Error) -> SeriesAxis
  ) throws(HDF5Error) -> SeriesDescription {
    func words(_ attribute: String) throws(HDF5Error) -> [String] {
      guard try dataset.hasAttribute(attribute) else { return [] }
      return try dataset.textAttribute(attribute).split(separator: " ").map(String.init)
    }
    guard let format = ValueFormat(code: try dataset.textAttribute("format")) else {
      throw HDF5Error(action: "read '\(dataset.path)'", causes: ["its format is no format"])
    }
    var axes: [SeriesAxis] = []
    for name in try words("axes") { axes.append(try axis(name)) }
    return SeriesDescription(
      name, title: try dataset.textAttribute("title"), aliases: try words("aliases"),
      unit: try dataset.textAttribute("unit"),
      higherIsBetter: try dataset.hasAttribute("higher_is_better")
        ? dataset.integerAttribute("higher_is_better") == 1 : nil,
      format: format, about: try dataset.textAttribute("description"), axes: axes,
      summary: try dataset.hasAttribute("summary") ? dataset.textAttribute("summary") : nil,
      version: try dataset.hasAttribute(versionName) ? dataset.integerAttribute(versionName) : 1,
      isPrincipal: try dataset.integerAttribute("is_principal") == 1,
      isWallTime: try dataset.integerAttribute("is_wall_time") == 1)
  }
}

extension SeriesDescription {
  /// True where its values are those of images with their names.
  var ranksImages: Bool { axes.count == 1 && !axes[0].isNamedByLabels }
}
