/// Holm's adjustment of the p-values of several tests (1979): below α one of them is a false alarm at most
/// with probability α, however many there are.
package enum Holm {
  /// - Returns: each in its place: the i-th smallest times m − i + 1, never below a smaller one, at
  ///   most 1.
  package static func adjusted(_ p: [Double]) -> [Double] {
    var adjusted = p
    var reached = 0.0
    for (place, index) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated() {
      reached = max(reached, min(1, p[index] * Double(p.count - place)))
      adjusted[index] = reached
    }
    return adjusted
  }

  /// The same where some could not be tested: those are no part of the family.
  package static func adjusted(_ p: [Double?]) -> [Double?] {
    let tested = p.indices.filter { p[$0] != nil }
    var result = p
    for (index, value) in zip(tested, adjusted(tested.compactMap { p[$0] })) {
      result[index] = value
    }
    return result
  }
}
