internal import HDF5
internal import Measurements

/// A dataset of a run's `metrics.h5`. Letters: E evaluations, K classes, T tensors.
struct MetricDataset {
  enum Values {
    case integers([Int64])
    case counts([UInt64])
    case numbers([Double])
    case texts([String])
  }

  /// Groups and the dataset's own name.
  let path: [String]
  /// The length of each axis; the first is E, unless ``axes`` says otherwise.
  let shape: [Int]
  let values: Values
  let attributes: [Attribute]
  /// The scale of each axis by its path; `nil` for an axis without one.
  var scales: [[String]?] = []
  /// What it is called where it is a scale itself.
  var scaleName: String?
  /// True where equal trainings have equal values of the dataset.
  var isReproducible = true

  struct Attribute {
    enum Value {
      case text(String)
      case integer(Int)
    }

    let name: String
    let value: Value
  }

  /// Every dataset, in the order in which they are written: scales before those that they belong to.
  ///
  /// A series has its name as its path: `training.loss` is `/training/loss`. Everything else lies
  /// under names of the root that no series may have.
  static func datasets(of history: MetricHistory) -> [MetricDataset] {
    let axes = AxisScales(history.series)
    return evaluations(of: history) + axes.datasets
      + history.series.indices.flatMap { series($0, of: history, axes) } + tensors(of: history)
  }

  static func about(_ text: String, unit: String? = nil) -> [Attribute] {
    (unit.map { [Attribute(name: "unit", value: .text($0))] } ?? [])
      + [Attribute(name: "description", value: .text(text))]
  }

  // MARK: - Evaluations

  private static func evaluations(of history: MetricHistory) -> [MetricDataset] {
    let rows = history.rows
    return [
      MetricDataset(
        path: [stepName], shape: [rows.count], values: .integers(rows.map { Int64($0.step) }),
        attributes: about("Steps of the solver before each evaluation.", unit: "steps"),
        scaleName: stepName),
      MetricDataset(
        path: [epochName], shape: [rows.count], values: .numbers(rows.map(\.point.epoch)),
        attributes: about(
          "Passes over the training samples before each evaluation.", unit: "epochs"),
        scaleName: epochName),
      MetricDataset(
        path: [attemptName], shape: [rows.count],
        values: .integers(rows.map { Int64($0.attempt) }),
        attributes: about("The attempt that computed each evaluation, from 1."),
        scales: [[stepName]], isReproducible: false),
      MetricDataset(
        path: [seriesNamesName], shape: [history.series.count],
        values: .texts(history.series.map(\.name)),
        attributes: about("The series in their order; dots are groups.")),
    ]
  }

  static let stepName = "step"
  static let epochName = "epoch"
  static let attemptName = "attempt"
  static let seriesNamesName = "series_names"

  // MARK: - Tensors

  static let tensors = "tensors"

  private static func tensors(of history: MetricHistory) -> [MetricDataset] {
    [
      MetricDataset(
        path: [tensors, "names"], shape: [history.tensorNames.count],
        values: .texts(history.tensorNames), attributes: about("The tensors in their order."),
        scaleName: "tensor"),
      MetricDataset(
        path: [tensors, "digests"], shape: [history.rows.count, history.tensorNames.count],
        values: .counts(history.rows.flatMap(\.tensorDigests)),
        attributes: about("A digest of every tensor's bits at each evaluation."),
        scales: [[stepName], [tensors, "names"]]),
    ]
  }
}

extension MetricDataset {
  func write(in group: HDF5Group) throws(HDF5Error) -> HDF5Dataset {
    let name = path[path.count - 1]
    let dataset =
      switch values {
      case .integers(let values): try group.write(values, shape: shape, to: name)
      case .counts(let values): try group.write(values, shape: shape, to: name)
      case .numbers(let values): try group.write(values, shape: shape, to: name)
      case .texts(let texts): try group.write(texts, shape: shape, to: name)
      }
    for attribute in attributes {
      switch attribute.value {
      case .text(let text): try dataset.setAttribute(attribute.name, to: text)
      case .integer(let number): try dataset.setAttribute(attribute.name, to: number)
      }
    }
    if let scaleName { try dataset.makeScale(scaleName) }
    return dataset
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
