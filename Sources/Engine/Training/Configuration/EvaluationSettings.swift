package import Groundwork
package import Learning

/// When the validation set is judged, and what is measured besides the losses and the counts of pixels.
package struct EvaluationSettings: Sendable {
  /// The time between two evaluations.
  package var every: TrainingInterval
  /// Images of a batch of the validation set.
  package var batchSize: Int
  /// The metrics that are asked for, no two of one name.
  package var metrics: [any Metric] = []
  /// Those among them that are standard are measured in every evaluation.
  package var registry = Registry.metrics
  package var absentClasses = AbsentClasses.cityscapes
  /// How many images are told that are worst by the first metric that judges images, or by the mean
  /// IoU where none does.
  package var worstImages = 0
  package var testTimeAugmentation = TestTimeAugmentation.none
  /// What is done to predictions before they are judged, in this order. What looks at probabilities or
  /// logits is not changed by it.
  package var postprocessing: [any Postprocessing] = []

  /// Which images are looked at in every evaluation; `nil` for none.
  package var previews: PreviewSelection?
  /// True where the distribution of weights and the size of gradients are measured.
  package var measuresWeights = false

  package init(every: TrainingInterval = .epochs(1), batchSize: Int = 1) {
    self.every = every
    self.batchSize = batchSize
  }
}

extension EvaluationSettings {
  /// The metrics that an evaluation has: the standard ones in the order of the registry, each set as it
  /// is asked for or else by its defaults, and then the others that are asked for.
  func allMetrics(for form: TruthForm) -> [any Metric] {
    let standard = registry.members
      .filter { $0.isStandard && $0.reads.contains(form) }
    let defaults = standard.map { type in
      metrics.first { Swift.type(of: $0) == type } ?? Self.makeDefault(type)
    }
    return defaults
      + metrics.filter { metric in !standard.contains { $0 == type(of: metric) } }
  }

  private static func makeDefault(_ metric: any Metric.Type) -> any Metric {
    do {
      return try metric.init(FieldValues([:], of: metric.fields))
    } catch {
      preconditionFailure("the standard metric \(metric.name) has no valid defaults: \(error)")
    }
  }
}
