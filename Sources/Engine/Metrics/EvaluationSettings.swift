/// What an evaluation finds out besides the losses and the counts of pixels.
public struct EvaluationSettings: Sendable {
  /// No two of one name.
  public var metrics: [any Metric] = []
  public var absentClasses = AbsentClasses.cityscapes
  /// How many images are told that are worst by the first metric that judges images, or by the mean
  /// IoU where none does.
  public var worstImages = 0
  public var testTimeAugmentation = TestTimeAugmentation.none

  public init() {}
}

/// A metric's figures of an evaluation.
public struct NamedMetric: Sendable {
  public var name: String
  public var value: Double
  /// `[K]`, NaN where it means nothing; empty where the metric does not look at classes.
  public var classes: [Double]

  public init(name: String, value: Double, classes: [Double] = []) {
    self.name = name
    self.value = value
    self.classes = classes
  }
}
