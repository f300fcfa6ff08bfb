internal import Groundwork

/// A change of values of one strength, which is drawn uniformly for every sample that is changed.
protocol GradedAugmentation: Augmentation {
  var strength: ClosedRange<Double> { get }
  /// The probability of changing a sample.
  var probability: Double { get }
  func change(_ sample: inout Sample, by strength: Double, _ random: inout RandomStream)
}

extension GradedAugmentation {
  package static var changesValuesAlone: Bool { true }

  /// The strength; `nil` where the sample stays as it is.
  func draw(_ random: inout RandomStream) -> Double? {
    guard random.chance(probability) else { return nil }
    return random.uniform(in: strength)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let strength = draw(&random) else { return }
    change(&sample, by: strength, &random)
  }
}
