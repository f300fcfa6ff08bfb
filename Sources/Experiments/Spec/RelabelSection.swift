internal import Datasets
internal import Groundwork
internal import Learning
internal import Tracking
internal import Training

/// `training.relabel`: `{every: 10 epochs, minimum_iou: 0.5, postprocessing: [dense_crf]}`.
struct RelabelSection: DeclaredSection, Hashable {
  var every = TrainingInterval.epochs(1)
  var minimumIoU = 0.5
  var threshold = 0.0
  /// What is done to predictions before they become labels.
  var postprocessing: [EvaluationSection.Choice<any Postprocessing>] = []

  static let standard = RelabelSection()

  static let about =
    "Says how often predictions of the training images become their labels, and by which rules."
  static let keys: [SpecKey<Self>] = [
    .required(
      "every", \.every, .intervalOfTraining, "The time from one stage of labels to the next."),
    .standard(
      "minimum_iou", \.minimumIoU, .number(Bounds(0...1)),
      "A box whose intersection over union with the pixels of its class in it is below this gets back what was "
        + "given; for lists with boxes."),
    .standard(
      "threshold", \.threshold, .number(Bounds(0...1)),
      "Pixels whose class is less probable than this stay unlabelled."),
    .standard(
      "postprocessing", \.postprocessing, .postprocessing, kept: .unlessStandard,
      "What is done to predictions before they become labels."),
  ]

  /// In the engine's words.
  var settings: RelabelSettings {
    RelabelSettings(
      every: every,
      rules: RelabelRules(
        minimumIoU: minimumIoU, threshold: threshold,
        postprocessing: postprocessing.map(\.component)))
  }
}
