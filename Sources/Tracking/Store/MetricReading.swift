internal import HDF5
internal import Measurements

/// Reads a history from the datasets that ``MetricDataset/datasets(of:)`` describes.
struct MetricReading {
  private let root: HDF5Group
  private let evaluations: Int

  init(_ root: HDF5Group) throws(HDF5Error) {
    self.root = root
    evaluations = try root.dataset(MetricDataset.stepName).shape.first ?? 0
  }

  func history() throws(HDF5Error) -> MetricHistory {
    let tensors = try root.group(MetricDataset.tensors)
    let tensorNames = try tensors.dataset("names").readTexts()
    let step = try integers(MetricDataset.stepName)
    let epoch: [Double] = try values(root.dataset(MetricDataset.epochName), perEvaluation: 1)
    let attempt = try integers(MetricDataset.attemptName)
    let digests: [UInt64] = try values(
      tensors.dataset("digests"), perEvaluation: tensorNames.count)
    var series: [SeriesDescription] = []
    var columns: [[MeasuredValues]] = []
    for name in try root.dataset(MetricDataset.seriesNamesName).readTexts() {
      let (description, values) = try readSeries(name)
      series.append(description)
      columns.append(values)
    }
    let rows = (0..<evaluations).map { row in
      MetricHistory.Row(
        EvaluationPoint(step: step[row], epoch: epoch[row]), values: columns.map { $0[row] },
        tensorDigests: Self.slice(digests, row, tensorNames.count), attempt: attempt[row])
    }
    return MetricHistory(series: series, tensorNames: tensorNames, rows: rows)
  }

  /// What a series is, and its values by evaluation.
  private func readSeries(
    _ name: String
  ) throws(HDF5Error) -> (SeriesDescription, [MeasuredValues]) {
    let path = SeriesDescription.parts(of: name)
    let dataset = try dataset(path, in: root)
    let series = try MetricDataset.description(name, of: dataset) { axis throws(HDF5Error) in
      try readAxis(axis)
    }
    let count = try Self.count(of: series, dataset)
    if series.ranksImages {
      let images = try imageNames(path)
      return (series, try rankedImages(dataset, images, count))
    }
    if series.format == .count, !series.isScalar, try dataset.holds(UInt64.self) {
      let counts: [UInt64] = try values(dataset, perEvaluation: count)
      return (series, (0..<evaluations).map { .counts(Self.slice(counts, $0, count)) })
    }
    let numbers: [Double] = try values(dataset, perEvaluation: count)
    if series.isScalar { return (series, numbers.map { .number($0) }) }
    return (series, (0..<evaluations).map { .numbers(Self.slice(numbers, $0, count)) })
  }

  private func imageNames(_ path: [String]) throws(HDF5Error) -> [String] {
    try dataset(path, in: root.group(MetricDataset.imageNames)).readTexts()
  }

  private func rankedImages(
    _ dataset: HDF5Dataset, _ names: [String], _ count: Int
  ) throws(HDF5Error) -> [MeasuredValues] {
    let values: [Double] = try values(dataset, perEvaluation: count)
    guard names.count == values.count else {
      throw HDF5Error(action: "read '\(dataset.path)'", causes: ["its images have not all names"])
    }
    return (0..<evaluations).map { row in
      .images(
        (row * count..<(row + 1) * count).filter { !names[$0].isEmpty }.map {
          RankedImage(name: names[$0], value: values[$0])
        })
    }
  }

  private func readAxis(_ name: String) throws(HDF5Error) -> SeriesAxis {
    let dataset = try root.group(AxisScales.group).dataset(name)
    return SeriesAxis(try dataset.scaleName(), labels: try dataset.readTexts())
  }

  private func dataset(_ path: [String], in group: HDF5Group) throws(HDF5Error) -> HDF5Dataset {
    var group = group
    for name in path.dropLast() { group = try group.group(name) }
    return try group.dataset(path[path.count - 1])
  }

  private func integers(_ name: String) throws(HDF5Error) -> [Int] {
    let stored: [Int64] = try values(root.dataset(name), perEvaluation: 1)
    return stored.map { Int($0) }
  }

  /// The numbers of one evaluation, which the axes may not make more than there can be.
  private static func count(
    of series: SeriesDescription, _ dataset: HDF5Dataset
  ) throws(HDF5Error) -> Int {
    var count = 1
    for axis in series.axes {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: axis.labels.count)
      guard !isTooLarge else {
        throw HDF5Error(action: "read '\(dataset.path)'", causes: ["its axes are too long"])
      }
      count = product
    }
    return count
  }

  private static func slice<Value>(_ values: [Value], _ row: Int, _ width: Int) -> [Value] {
    Array(values[(row * width)..<((row + 1) * width)])
  }

  /// - Throws: where there are not as many values as evaluations and axes ask for.
  private func values<Element: HDF5Element>(
    _ dataset: HDF5Dataset, perEvaluation: Int
  ) throws(HDF5Error) -> [Element] {
    let values: [Element] = try dataset.read()
    let (count, isTooLarge) = evaluations.multipliedReportingOverflow(by: perEvaluation)
    guard !isTooLarge, values.count == count else {
      throw HDF5Error(
        action: "read '\(dataset.path)'",
        causes: [
          "it has \(values.count) values, not \(perEvaluation) for each of \(evaluations) evaluations"
        ])
    }
    return values
  }
}
