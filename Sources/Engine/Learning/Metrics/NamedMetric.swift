/// A metric's values in an evaluation.
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
