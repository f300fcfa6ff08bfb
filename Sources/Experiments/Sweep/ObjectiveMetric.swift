internal import Tracking

/// The figures of a run that a sweep can be judged by.
enum ObjectiveMetric: String, CaseIterable {
  case trainingLoss = "training.loss"
  case validationLoss = "validation.loss"
  case meanIoU = "validation.mean_iou"
  case meanDice = "validation.mean_dice"
  case pixelAccuracy = "validation.pixel_accuracy"
  case meanAccuracy = "validation.mean_accuracy"

  /// Whether more is better.
  var isMaximized: Bool {
    switch self {
    case .trainingLoss, .validationLoss: false
    case .meanIoU, .meanDice, .pixelAccuracy, .meanAccuracy: true
    }
  }
}

extension Objective {
  /// Where a spec names none.
  static let standard = Objective(metric: ObjectiveMetric.meanIoU.rawValue, maximize: true)

  static func read(_ value: SpecValue) -> Objective? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let names = ObjectiveMetric.allCases.map(\.rawValue)
      let metric =
        keys["metric"].map { $0.name(of: names, kind: "metric") } ?? standard.metric
      let direction = keys["direction"]?.name(of: ["maximize", "minimize"], kind: "direction")
      keys.finish()
      guard let metric = metric.flatMap(ObjectiveMetric.init) else { return nil }
      return Objective(
        metric: metric.rawValue, maximize: direction.map { $0 == "maximize" } ?? metric.isMaximized)
    }
  }
}
