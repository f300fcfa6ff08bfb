/// Whole numbers as a person lists them: `1–3, 7`.
package enum NumberRanges {
  /// - Parameter numbers: in rising order; a repeated one is said once.
  package static func text(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, number <= last.upperBound + 1 {
        ranges[ranges.count - 1] = last.lowerBound...max(number, last.upperBound)
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map(text).joined(separator: ", ")
  }

  private static func text(_ range: ClosedRange<Int>) -> String {
    switch range.count {
    case 1: "\(range.lowerBound)"
    case 2: "\(range.lowerBound), \(range.upperBound)"
    default: "\(range.lowerBound)–\(range.upperBound)"
    }
  }
}
