internal import Datasets
internal import Execution
internal import Groundwork
internal import Learning
internal import Measurements
internal import Networks
internal import Tasks

/// The labels that a training goes on with, stage after stage: what its own network, as it would be evaluated,
/// predicts of the training images, by ``RelabelRules``.
///
/// The labels of a stage follow from the network of its beginning, the teacher, and from what was given, so that a
/// checkpoint keeps the teacher, and a training that is continued makes the same labels again.
final class Relabel {
  /// The training samples with the labels of the present stage.
  private(set) var data: Dataset
  private let given: Dataset
  private let settings: RelabelSettings
  private let labeller: LabelMaker
  private let steps: Int
  /// What is predicted with.
  private let evaluated: NetworkState
  private let teacher: NetworkState
  /// ``evaluated`` while the labels of the teacher are made again.
  private let kept: NetworkState
  /// How many stages there were, the share of pixels that got another label at the beginning of the last, and the
  /// share of pixels without a label in it.
  private let facts = FlatTensors([("stages", [1]), ("changed", [1]), ("unlabelled", [1])])
  /// Of the labels of the present stage; 0 of those of the files.
  private(set) var digest: UInt64 = 0

  /// The name of ``digest`` among the digests of an evaluation.
  static let digestName = "labels"

  /// - Parameters:
  ///   - given: the training samples as the files have them.
  ///   - predictor: of the evaluated state, for batches of images of the training's size.
  /// - Throws: ``TrainingError`` where a sample has a region of what counts.
  init(
    _ settings: RelabelSettings, _ given: Dataset, predictor: any BatchPredictor,
    evaluated: NetworkState, network: Network, task: any SegmentationTask, stepsPerEpoch: Int
  ) throws(TrainingError) {
    if let sample = given.samples.first(where: { $0.roi != nil }) {
      throw .relabel(
        "image \(sample.imageName) has a region of what counts, beyond which predictions would become labels: "
          + "leave data.roi and roi= out")
    }
    (self.settings, self.given, data, self.evaluated) = (settings, given, given, evaluated)
    labeller = LabelMaker(settings.rules, given, predictor: predictor, task: task)
    steps = settings.every.steps(perEpoch: stepsPerEpoch)
    teacher = NetworkState(network, seed: 0, on: evaluated.parameters.device)
    kept = NetworkState(network, seed: 0, on: evaluated.parameters.device)
  }

  private var stages: Int { Int(facts[0][0]) }

  /// Tells whether a stage begins before a step, 0 for the first.
  func isDue(before step: Int) -> Bool {
    step > 0 && step.isMultiple(of: steps) && stages < step / steps
  }

  /// Begins the stage that is due before a step.
  ///
  /// - Parameter progress: called with the number of images that are predicted; returns whether to go on.
  /// - Returns: `false` where it said to stop; nothing has changed then.
  func begin(before step: Int, progress: (Int) throws -> Control) throws -> Bool {
    guard let labels = try labeller.labels(progress) else { return false }
    let comparison = try LabelComparison(labels, to: data)
    teacher.parameters.copy(evaluated.parameters)
    teacher.statistics.copy(evaluated.statistics)
    let found = [Double(step / steps), comparison.changed, comparison.unlabelled]
    for (index, value) in found.enumerated() { facts[index][0] = Float(value) }
    use(labels)
    return true
  }

  private func use(_ labels: [StoredLabels]) {
    data = given.labelled(labels)
    digest = LabelComparison.digest(labels)
  }

  /// What is measured of the last stage.
  var measurements: [Measurement] {
    [
      Measurement(.relabelStages, Double(facts[0][0])),
      Measurement(.changedLabels, Double(facts[1][0])),
      Measurement(.unlabelledPixels, Double(facts[2][0])),
    ]
  }

  /// What a continuation needs.
  var tensors: [StateTensor] {
    facts.tensors(.relabel) + teacher.parameters.tensors(.teacherParameter)
      + teacher.statistics.tensors(.teacherStatistic)
  }

  /// Goes back to recorded ``tensors``, and makes the labels of the teacher again. Where there are none, as of a
  /// training whose labels stayed as they were, no stage has begun.
  func restore(from values: (StateTensor.Role, String) throws -> [Float]?) throws {
    guard try values(.relabel, facts.entries[0].name) != nil else { return }
    try facts.restore(.relabel, from: values)
    guard stages > 0 else { return }
    try teacher.parameters.restore(.teacherParameter, from: values)
    try teacher.statistics.restore(.teacherStatistic, from: values)
    kept.take(evaluated)
    evaluated.take(teacher)
    defer { evaluated.take(kept) }
    if let labels = try labeller.labels({ _ in .proceed }) { use(labels) }
  }
}

extension NetworkState {
  fileprivate func take(_ other: NetworkState) {
    parameters.copy(other.parameters)
    statistics.copy(other.statistics)
  }
}

extension SeriesDescription {
  fileprivate static let relabelStages = SeriesDescription(
    "training.labels.stages", title: "stages of labels", format: .count,
    about: "How often predictions have become labels.")
  fileprivate static let changedLabels = SeriesDescription(
    "training.labels.changed", title: "changed labels", format: .fixed(4),
    about:
      "The share of training pixels that got another label when predictions last became labels.")
  fileprivate static let unlabelledPixels = SeriesDescription(
    "training.labels.unlabelled", title: "unlabelled pixels", format: .fixed(4),
    about: "The share of training pixels without a label since then.")
}
