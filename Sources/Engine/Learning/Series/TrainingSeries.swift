package import Measurements

/// The series that a training measures besides the metrics.
extension SeriesDescription {
  package static let trainingLoss = SeriesDescription(
    "training.loss", title: "training loss", higherIsBetter: false,
    about: "The weighted sum of the losses, the mean over the steps since the last evaluation.",
    isPrincipal: true)
  package static let validationLoss = SeriesDescription(
    "\(validation).loss", title: "validation loss", higherIsBetter: false,
    about: "The weighted sum of the losses over the validation data.", isPrincipal: true)

  /// A loss by itself, without its weight.
  package static func trainingLoss(_ name: String) -> SeriesDescription {
    SeriesDescription(
      "training.\(name)", title: "training \(name)", higherIsBetter: false,
      about:
        "The loss \(name) without its weight, the mean over the steps since the last evaluation.")
  }

  /// A loss by itself, without its weight.
  package static func validationLoss(_ name: String) -> SeriesDescription {
    SeriesDescription(
      "\(validation).\(name)", title: "validation \(name)", higherIsBetter: false,
      about: "The loss \(name) without its weight, over the validation data.")
  }

  package static let learningRate = SeriesDescription(
    "learning_rate", title: "learning rate", format: .significant(4),
    about: "The learning rate of the last step before the evaluation.")

  /// The weight of a loss whose weight changes.
  package static func lossWeight(_ name: String) -> SeriesDescription {
    SeriesDescription(
      "loss_weight.\(name)", title: "weight of \(name)",
      about: "The weight of the loss \(name) in the last step before the evaluation.")
  }

  package static let trainingSeconds = SeriesDescription(
    "training.seconds", title: "training time", unit: "s", format: .fixed(1),
    about: "Wall time of training since the last evaluation.", isWallTime: true)
  package static let evaluationSeconds = SeriesDescription(
    "\(validation).seconds", title: "evaluation time", unit: "s", format: .fixed(1),
    about: "Wall time of the evaluation.", isWallTime: true)
}
