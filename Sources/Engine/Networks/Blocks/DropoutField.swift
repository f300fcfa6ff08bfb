package import Groundwork

extension Field where Value == Double {
  /// The rate of a template's dropout.
  ///
  /// - Parameter place: behind what it stands, e.g. "every convolution".
  package static func dropout(_ place: String, default fallback: Double) -> Self {
    .number(
      "dropout", default: fallback, Bounds(0..<1),
      "Share of the values behind \(place) that training sets to 0.")
  }
}
