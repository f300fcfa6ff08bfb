/// A sum that carries along what each addition rounds away (Neumaier, 1974).
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  var value: Double { sum + lost }

  mutating func add(_ term: Double) {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
}

extension Sequence<Double> {
  /// The sum in the order of the sequence, compensated.
  package var compensatedSum: Double {
    var sum = CompensatedSum()
    for term in self { sum.add(term) }
    return sum.value
  }
}

extension Collection<Double> {
  /// The mean; NaN where there is no value. Equal values have exactly that value as their mean.
  package var mean: Double {
    guard let first else { return .nan }
    return first + map { $0 - first }.compensatedSum / Double(count)
  }

  /// The middle value in order of size, or the mean of the two middle ones; NaN where there is none.
  package var median: Double {
    let sorted = sorted()
    guard !sorted.isEmpty else { return .nan }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
