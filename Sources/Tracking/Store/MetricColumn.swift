internal import HDF5

/// A dataset of a run's `metrics.h5`. Letters: R rounds, K classes, T tensors.
struct MetricColumn {
  enum Values {
    case integers([Int64])
    case counts([UInt64])
    case numbers([Double])
    case texts([String])
  }

  /// Groups and the dataset's own name.
  let path: [String]
  let shape: [Int]
  let values: Values
  let units: String?
  /// One sentence: what it tells.
  let about: String

  /// The group of what differs between equal trainings.
  static let timing = "timing"

  /// Every dataset, in the order in which they are written.
  ///
  /// A series has its name as its path: `training.loss` is `/training/loss`. Everything else lies
  /// under names of the root that no series may have.
  static func columns(of history: MetricHistory) -> [MetricColumn] {
    place(of: history) + series(of: history) + classes(of: history) + classMetrics(of: history)
      + worstImages(of: history) + tensors(of: history) + timing(of: history)
  }

  private static func place(of history: MetricHistory) -> [MetricColumn] {
    let rows = history.rows
    return [
      MetricColumn(
        path: ["round"], shape: [rows.count], values: .integers(rows.map { Int64($0.round) }),
        units: "rounds", about: "Round of training and evaluation, from 1."),
      MetricColumn(
        path: ["step"], shape: [rows.count], values: .integers(rows.map { Int64($0.step) }),
        units: "steps", about: "Steps of the solver up to the end of the round."),
      MetricColumn(
        path: ["epoch"], shape: [rows.count], values: .numbers(rows.map(\.epoch)),
        units: "epochs", about: "Passes over the training samples up to the end of the round."),
      MetricColumn(
        path: ["series_names"], shape: [history.seriesNames.count],
        values: .texts(history.seriesNames), units: nil,
        about: "The series in their order; dots are groups."),
    ]
  }

  private static func series(of history: MetricHistory) -> [MetricColumn] {
    history.seriesNames.enumerated().map { index, name in
      MetricColumn(
        path: components(of: name), shape: [history.rows.count],
        values: .numbers(history.rows.map { $0.values[index] }), units: "1",
        about: "The series \(name), a value a round.")
    }
  }

  private static func classes(of history: MetricHistory) -> [MetricColumn] {
    let rows = history.rows
    let shape = [rows.count, history.classNames.count]
    func share(_ name: String, _ values: [Double], _ about: String) -> MetricColumn {
      MetricColumn(
        path: ["classes", name], shape: shape, values: .numbers(values), units: "1", about: about)
    }
    return [
      MetricColumn(
        path: ["classes", "names"], shape: [history.classNames.count],
        values: .texts(history.classNames), units: nil, about: "The classes in their order."),
      share(
        "iou", rows.flatMap(\.iou),
        "Validation: intersection over union by class; NaN for a class that does not occur."),
      share(
        "dice", rows.flatMap(\.dice),
        "Validation: Dice coefficient by class; NaN for a class that does not occur."),
      share(
        "accuracy", rows.flatMap(\.classAccuracy),
        "Validation: share of a class's pixels that is found; NaN for a class without pixels."),
      confusion(of: history),
    ]
  }

  /// The name that counts by class and answer have, where a pixel may be of several classes.
  static let binaryConfusion = "binary_confusion"

  private static func confusion(of history: MetricHistory) -> MetricColumn {
    let shape = [history.rows.count, history.classNames.count]
    let counts = Values.counts(history.rows.flatMap(\.confusion))
    guard history.classesOverlap else {
      return MetricColumn(
        path: ["classes", "confusion"], shape: shape + [history.classNames.count], values: counts,
        units: "pixels", about: "Validation: rows are the truth, columns the prediction.")
    }
    return MetricColumn(
      path: ["classes", binaryConfusion], shape: shape + [2, 2], values: counts, units: "pixels",
      about: "Validation: of each class, rows are whether it is there, columns whether predicted.")
  }

  private static func classMetrics(of history: MetricHistory) -> [MetricColumn] {
    guard !history.classMetricNames.isEmpty else { return [] }
    let names = MetricColumn(
      path: ["classes", "metric_names"], shape: [history.classMetricNames.count],
      values: .texts(history.classMetricNames), units: nil,
      about: "Metrics that are kept by class besides iou, dice and accuracy.")
    return [names]
      + history.classMetricNames.enumerated().map { index, name in
        MetricColumn(
          path: ["classes", name], shape: [history.rows.count, history.classNames.count],
          values: .numbers(history.rows.flatMap { $0.classFigures[index] }), units: "1",
          about: "Validation: \(name) by class; NaN where it means nothing.")
      }
  }

  /// The group of what is kept of single images.
  static let images = "images"

  /// As wide as the longest list: a shorter one is filled up with empty names and NaN.
  private static func worstImages(of history: MetricHistory) -> [MetricColumn] {
    guard let metric = history.worstImagesMetric else { return [] }
    let lists = history.rows.map(\.worstImages)
    let width = lists.map(\.count).max() ?? 0
    let filled = lists.flatMap { list in
      list + Array(repeating: .init(name: "", value: .nan), count: width - list.count)
    }
    return [
      MetricColumn(
        path: [images, "ranked_by"], shape: [1], values: .texts([metric]), units: nil,
        about: "The metric that makes an image worse than another."),
      MetricColumn(
        path: [images, "worst_names"], shape: [lists.count, width],
        values: .texts(filled.map(\.name)), units: nil,
        about: "Validation: the worst images of each round, the worst first."),
      MetricColumn(
        path: [images, "worst_values"], shape: [lists.count, width],
        values: .numbers(filled.map(\.value)), units: "1", about: "Their values of the metric."),
    ]
  }

  private static func tensors(of history: MetricHistory) -> [MetricColumn] {
    [
      MetricColumn(
        path: ["tensors", "names"], shape: [history.tensorNames.count],
        values: .texts(history.tensorNames), units: nil, about: "The tensors in their order."),
      MetricColumn(
        path: ["tensors", "digests"], shape: [history.rows.count, history.tensorNames.count],
        values: .counts(history.rows.flatMap(\.tensorDigests)), units: nil,
        about: "Digest of every tensor's bits at the end of the round."),
    ]
  }

  private static func timing(of history: MetricHistory) -> [MetricColumn] {
    let rows = history.rows
    return [
      MetricColumn(
        path: [timing, "training_seconds"], shape: [rows.count],
        values: .numbers(rows.map(\.trainingSeconds)), units: "s",
        about: "Wall time of the round's training."),
      MetricColumn(
        path: [timing, "evaluation_seconds"], shape: [rows.count],
        values: .numbers(rows.map(\.evaluationSeconds)), units: "s",
        about: "Wall time of the round's evaluation."),
      MetricColumn(
        path: [timing, "attempt"], shape: [rows.count],
        values: .integers(rows.map { Int64($0.attempt) }), units: nil,
        about: "The attempt that computed the round, from 1."),
    ]
  }
}

extension MetricColumn {
  static func components(of series: String) -> [String] {
    series.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  /// - Throws: ``StoreError/unusable(path:reason:)`` where two datasets would have one place, or a
  ///   row has not the shape that the names promise.
  static func checkNames(_ history: MetricHistory) throws(StoreError) {
    let reserved: Set = [
      "round", "step", "epoch", "series_names", "classes", "tensors", timing, images,
    ]
    var taken: Set<[String]> = []
    for name in history.seriesNames {
      let path = components(of: name)
      let isName = path.allSatisfy { !$0.isEmpty && !$0.contains("/") && !$0.contains("\0") }
      guard isName, !reserved.contains(path[0]), taken.insert(path).inserted else {
        throw StoreError.unusable(
          path: "metrics.h5", reason: "the name of the series '\(name)' is taken, or is no name")
      }
    }
    let classFigures: Set = [
      "names", "iou", "dice", "accuracy", "confusion", binaryConfusion, "metric_names",
    ]
    let classMetrics = Set(history.classMetricNames)
    guard classMetrics.count == history.classMetricNames.count,
      classMetrics.isDisjoint(with: classFigures),
      classMetrics.allSatisfy({ !$0.isEmpty && !$0.contains("/") && !$0.contains("\0") })
    else {
      throw StoreError.unusable(
        path: "metrics.h5", reason: "a name of a metric by class is taken, or is no name")
    }
    for path in taken {
      for length in 1..<path.count where taken.contains(Array(path.prefix(length))) {
        throw StoreError.unusable(
          path: "metrics.h5",
          reason: "the series '\(path.prefix(length).joined(separator: "."))' cannot hold another, "
            + "'\(path.joined(separator: "."))'")
      }
    }
  }

  func write(in group: HDF5Group) throws(HDF5Error) -> HDF5Dataset {
    let name = path[path.count - 1]
    return switch values {
    case .integers(let values): try group.write(values, shape: shape, to: name)
    case .counts(let values): try group.write(values, shape: shape, to: name)
    case .numbers(let values): try group.write(values, shape: shape, to: name)
    case .texts(let texts): try group.write(texts, shape: shape, to: name)
    }
  }

  /// The values as the file holds them, texts with a zero behind each.
  func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    switch values {
    case .integers(let values): values.withUnsafeBytes(body)
    case .counts(let values): values.withUnsafeBytes(body)
    case .numbers(let values): values.withUnsafeBytes(body)
    case .texts(let texts):
      texts.flatMap { text -> [UInt8] in Array(text.utf8) + [0] }.withUnsafeBytes(body)
    }
  }
}
