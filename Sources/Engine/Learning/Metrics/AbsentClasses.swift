/// What a mean over classes makes of those that do not occur: the conventions of the data sets
/// whose scripts the literature's values come from.
package enum AbsentClasses: String, Sendable, CaseIterable {
  /// A class that neither occurs nor is predicted is left out; one that is predicted only counts
  /// as 0.
  case cityscapes
  /// The script that came with SegNet for CamVid: classes that do not occur count as 0.
  case camvid
  /// The development kit of PASCAL VOC: a class without a value leaves none for the mean either.
  case pascal
  /// Only classes that occur count.
  case present

  /// The mean; NaN where no pixel was counted or no class is left.
  ///
  /// - Parameters:
  ///   - values: `[K]`, NaN for 0/0.
  ///   - counts: the counts of the pixels that the values were computed from.
  package func mean(_ values: [Double], of counts: ClassCounts) -> Double {
    guard counts.total > 0 else { return .nan }
    let occurs = counts.truth.map { $0 > 0 }
    switch self {
    case .cityscapes: return values.meanOfNumbers
    case .camvid:
      let sum = zip(values, occurs).reduce(0) { $0 + ($1.1 && !$1.0.isNaN ? $1.0 : 0) }
      return sum / Double(values.count)
    case .pascal: return values.reduce(0, +) / Double(values.count)
    case .present: return zip(values, occurs).filter(\.1).map(\.0).meanOfNumbers
    }
  }
}

extension [Double] {
  /// The mean of what is not NaN; NaN where nothing is left.
  var meanOfNumbers: Double {
    let numbers = filter { !$0.isNaN }
    return numbers.reduce(0, +) / Double(numbers.count)
  }
}
