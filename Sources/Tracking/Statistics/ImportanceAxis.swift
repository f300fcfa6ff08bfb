internal import Glibc

/// One hyperparameter as the analysis of importance sees it: its domain in parts, and the part that each
/// trial has its value in.
///
/// A number's domain is parted half-way between the values that occur; a category is a part of its own;
/// trials that have no such parameter form one more part. So a tree that splits between parts describes the
/// domain exactly, whatever the parameter's kind.
package struct ImportanceAxis: Sendable, Hashable {
  package let name: String
  /// How much of the domain each part is; they sum to 1.
  package let weights: [Double]
  /// The part of each trial.
  package let parts: [Int]
  /// Whether parts follow each other, so that a split parts low from high, and not one from the rest.
  package let isOrdered: Bool

  package init(name: String, weights: [Double], parts: [Int], isOrdered: Bool) {
    self.name = name
    self.weights = weights
    self.parts = parts
    self.isOrdered = isOrdered
  }

  /// A numeric parameter.
  ///
  /// - Parameters:
  ///   - values: of each trial; `nil` where the trial has no such parameter.
  ///   - range: what the values were drawn from; by default that of those that occur.
  ///   - isLogarithmic: whether its distances are those of the logarithms.
  package init(
    name: String, numbers values: [Double?], range: ClosedRange<Double>? = nil,
    isLogarithmic: Bool = false
  ) {
    func scaled(_ value: Double) -> Double { isLogarithmic ? log(value) : value }
    let known = Set(values.compactMap { $0 }).sorted()
    let scaledValues = known.map(scaled)
    let absent = Double(values.count { $0 == nil }) / Double(max(1, values.count))
    let low = min(range.map { scaled($0.lowerBound) } ?? .infinity, scaledValues.first ?? 0)
    let high = max(range.map { scaled($0.upperBound) } ?? -.infinity, scaledValues.last ?? 0)
    let cuts = zip(scaledValues, scaledValues.dropFirst()).map { ($0 + $1) / 2 }
    let ends = zip([low] + cuts, cuts + [high]).map { $1 - $0 }
    let width = high - low
    var weights =
      known.isEmpty
      ? [] : ends.map { width > 0 ? $0 / width * (1 - absent) : 1 - absent }
    var places = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0) })
    if absent > 0 {
      weights.insert(absent, at: 0)
      places = places.mapValues { $0 + 1 }
    }
    self.init(
      name: name, weights: weights, parts: values.map { $0.flatMap { places[$0] } ?? 0 },
      isOrdered: true)
  }

  /// A parameter whose values have no order; `nil` where the trial has no such parameter.
  package init(name: String, categories values: [String?]) {
    var places: [String?: Int] = [:]
    for value in values where places[value] == nil { places[value] = places.count }
    self.init(
      name: name,
      weights: Array(repeating: 1 / Double(max(1, places.count)), count: places.count),
      parts: values.map { places[$0] ?? 0 }, isOrdered: false)
  }
}
