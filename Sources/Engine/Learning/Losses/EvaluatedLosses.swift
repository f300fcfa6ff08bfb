package import Execution

/// The losses of an evaluation, gathered image by image in the order of the data set: each is the mean
/// over all labelled pixels, or over all images, that it judges, however they come in batches.
///
/// What there is nothing to judge in (an image without labels, or without a class that takes part)
/// adds nothing. A loss that nowhere had anything to judge is NaN, never 0.
package struct EvaluatedLosses {
  private let names: [String]
  /// The factor of each loss in the sum.
  package var weights: [Double]
  private var sums: [Double]
  /// What each sum is divided by: the number of pixels, the sum of their weights, or the number of
  /// images.
  private var numbers: [Double]

  package init(names: [String]) {
    self.names = names
    weights = Array(repeating: 1, count: names.count)
    sums = Array(repeating: 0, count: names.count)
    numbers = sums
  }

  package mutating func add(_ value: LossValue, of index: Int) {
    guard value.number > 0 else { return }
    sums[index] += value.mean * value.number
    numbers[index] += value.number
  }

  package var named: [NamedLoss] {
    names.indices.map { NamedLoss(name: names[$0], value: mean(of: $0)) }
  }

  /// The weighted sum of those that judged something; NaN where none did.
  package var sum: Double {
    let judging = names.indices.filter { numbers[$0] > 0 }
    return judging.isEmpty ? .nan : judging.reduce(0) { $0 + weights[$1] * mean(of: $1) }
  }

  private func mean(of index: Int) -> Double {
    numbers[index] > 0 ? sums[index] / numbers[index] : .nan
  }
}
