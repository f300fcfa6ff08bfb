internal import HDF5

/// Reads a history from the datasets that ``MetricColumn/columns(of:)`` describes.
struct MetricReading {
  private let root: HDF5Group
  private let rounds: Int

  init(_ root: HDF5Group) throws(HDF5Error) {
    self.root = root
    rounds = try root.dataset("round").shape.first ?? 0
  }

  func history() throws(HDF5Error) -> MetricHistory {
    let (classes, tensors, timing) = (
      try root.group("classes"), try root.group("tensors"), try root.group(MetricColumn.timing)
    )
    var history = MetricHistory(
      classNames: try classes.dataset("names").readTexts(),
      tensorNames: try tensors.dataset("names").readTexts(),
      seriesNames: try root.dataset("series_names").readTexts(),
      classMetricNames: try classMetricNames(in: classes))
    let (classCount, tensorCount) = (history.classNames.count, history.tensorNames.count)

    let round = try integers("round", in: root)
    let step = try integers("step", in: root)
    let epoch: [Double] = try values("epoch", in: root, perRound: 1)
    var series: [[Double]] = []
    for name in history.seriesNames { series.append(try readSeries(name)) }
    let iou: [Double] = try values("iou", in: classes, perRound: classCount)
    let dice: [Double] = try values("dice", in: classes, perRound: classCount)
    let accuracy: [Double] = try values("accuracy", in: classes, perRound: classCount)
    history.classesOverlap = try classes.contains(MetricColumn.binaryConfusion)
    let confusionCount = classCount * (history.classesOverlap ? 4 : classCount)
    let confusion: [UInt64] = try values(
      history.classesOverlap ? MetricColumn.binaryConfusion : "confusion", in: classes,
      perRound: confusionCount)
    var classMetrics: [[Double]] = []
    for name in history.classMetricNames {
      classMetrics.append(try values(name, in: classes, perRound: classCount))
    }
    let worst = try worstImages()
    history.worstImagesMetric = worst?.metric
    let digests: [UInt64] = try values("digests", in: tensors, perRound: tensorCount)
    let training: [Double] = try values("training_seconds", in: timing, perRound: 1)
    let evaluation: [Double] = try values("evaluation_seconds", in: timing, perRound: 1)
    let attempt = try integers("attempt", in: timing)

    history.rows = (0..<rounds).map { row in
      func slice<Value>(_ values: [Value], _ width: Int) -> [Value] {
        Array(values[(row * width)..<((row + 1) * width)])
      }
      return MetricHistory.Row(
        round: round[row], step: step[row], epoch: epoch[row], values: series.map { $0[row] },
        iou: slice(iou, classCount), dice: slice(dice, classCount),
        classAccuracy: slice(accuracy, classCount),
        confusion: slice(confusion, confusionCount),
        classFigures: classMetrics.map { slice($0, classCount) },
        worstImages: worst?.lists[row] ?? [],
        tensorDigests: slice(digests, tensorCount), trainingSeconds: training[row],
        evaluationSeconds: evaluation[row], attempt: attempt[row])
    }
    return history
  }

  /// Those of a history that keeps none, and of one that is older than them, are not in the file.
  private func classMetricNames(in classes: HDF5Group) throws(HDF5Error) -> [String] {
    guard try classes.contains("metric_names") else { return [] }
    return try classes.dataset("metric_names").readTexts()
  }

  private func worstImages() throws(HDF5Error) -> (
    metric: String, lists: [[MetricHistory.RankedImage]]
  )? {
    guard try root.contains(MetricColumn.images) else { return nil }
    let images = try root.group(MetricColumn.images)
    let names = try images.dataset("worst_names").readTexts()
    let width = rounds == 0 ? 0 : names.count / rounds
    let values: [Double] = try values("worst_values", in: images, perRound: width)
    guard let metric = try images.dataset("ranked_by").readTexts().first,
      names.count == rounds * width
    else { throw HDF5Error(action: "read '/images'", causes: ["its tables do not fit"]) }
    let lists = (0..<rounds).map { row in
      (row * width..<(row + 1) * width).filter { !names[$0].isEmpty }.map {
        MetricHistory.RankedImage(name: names[$0], value: values[$0])
      }
    }
    return (metric, lists)
  }

  private func readSeries(_ name: String) throws(HDF5Error) -> [Double] {
    let path = MetricColumn.components(of: name)
    var group = root
    for name in path.dropLast() { group = try group.group(name) }
    return try values(path[path.count - 1], in: group, perRound: 1)
  }

  private func integers(_ name: String, in group: HDF5Group) throws(HDF5Error) -> [Int] {
    let stored: [Int64] = try values(name, in: group, perRound: 1)
    return stored.map { Int($0) }
  }

  /// - Throws: where there are not as many values as rounds and classes ask for.
  private func values<Element: HDF5Element>(
    _ name: String, in group: HDF5Group, perRound: Int
  ) throws(HDF5Error) -> [Element] {
    let dataset = try group.dataset(name)
    let values: [Element] = try dataset.read()
    guard values.count == rounds * perRound else {
      throw HDF5Error(
        action: "read '\(dataset.path)'",
        causes: ["it has \(values.count) values, not \(perRound) for each of \(rounds) rounds"])
    }
    return values
  }
}
