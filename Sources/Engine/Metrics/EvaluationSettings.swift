/// What an evaluation finds out besides the losses and the counts of pixels.
package struct EvaluationSettings: Sendable {
  /// No two of one name.
  package var metrics: [any Metric] = []
  package var absentClasses = AbsentClasses.cityscapes
  /// How many images are told that are worst by the first metric that judges images, or by the mean
  /// IoU where none does.
  package var worstImages = 0
  package var testTimeAugmentation = TestTimeAugmentation.none

  package init() {}
}

/// A metric's figures of an evaluation.
package struct NamedMetric: Sendable {
  package var name: String
  package var value: Double
  /// `[K]`, NaN where it means nothing; empty where the metric does not look at classes.
  package var classes: [Double]

  package init(name: String, value: Double, classes: [Double] = []) {
    self.name = name
    self.value = value
    self.classes = classes
  }
}
