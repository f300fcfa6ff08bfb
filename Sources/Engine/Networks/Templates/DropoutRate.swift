internal import Groundwork

/// The field of templates that drop features in training.
enum DropoutRate {
  /// - Parameters:
  ///   - rate: the default, which is the paper's.
  ///   - place: where, e.g. "behind every convolution".
  static func field(
    default rate: Double, _ place: String = "before the classes are told"
  ) -> Field<Double> {
    .number(
      "dropout", default: rate, Bounds(0..<1),
      "Probability that a feature is dropped in training \(place).")
  }
}
