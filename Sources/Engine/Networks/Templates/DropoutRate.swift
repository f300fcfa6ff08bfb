internal import Groundwork

/// The field of templates that drop features before they classify.
enum DropoutRate {
  /// - Parameter rate: the default, which is the paper's.
  static func field(default rate: Double) -> Field<Double> {
    .number(
      "dropout", default: rate, Bounds(0..<1),
      "Probability that a feature is dropped in training before the classes are told.")
  }
}
