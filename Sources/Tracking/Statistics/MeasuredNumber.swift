/// How a value with an error is written.
package enum MeasuredNumber {
  /// The decimals that an error deserves after the rule of the Particle Data Group: by its first three
  /// digits, 100 to 354 keep two significant digits, 355 to 949 one, and 950 to 999 become 1000 and keep
  /// two. Below zero for errors of tens and more.
  ///
  /// - Returns: `nil` for an error that is zero or not a number.
  package static func decimals(error: Double) -> Int? {
    guard error.isFinite, error > 0 else { return nil }
    let (first, exponent) = DecimalText.firstThree(of: error)
    return first < 355 ? 1 - exponent : -exponent
  }

  /// `0.551 ± 0.005`, as a sentence says it; four significant digits where there is no error.
  package static func text(_ value: Double, error: Double?) -> String {
    guard let error, let decimals = decimals(error: error) else {
      return DecimalText.significant(value)
    }
    return DecimalText.fixed(value, decimals: decimals) + " ± "
      + DecimalText.fixed(error, decimals: decimals)
  }

  /// The decimals of a column, one number for all of its cells so that their points stand under each other:
  /// what gives the median error one significant digit, from 1 to 6.
  ///
  /// - Parameter errors: those of the cells; cells without spread say nothing.
  /// - Returns: `nil` where no cell has an error.
  package static func columnDecimals(errors: [Double]) -> Int? {
    let errors = errors.filter { $0.isFinite && $0 > 0 }
    guard !errors.isEmpty else { return nil }
    let median = errors.median
    var decimals = -DecimalText.exponent(of: median)
    // 0.00096 is 0.001 to one digit.
    if DecimalText.exponent(of: Double(DecimalText.fixed(median, decimals: decimals)) ?? median)
      > -decimals
    {
      decimals -= 1
    }
    return min(6, max(1, decimals))
  }

  /// Two decimals above 0.1, three below, `<0.001` below that; never `0.00`.
  package static func probability(_ p: Double) -> String {
    if p < 0.001 { return "<0.001" }
    return DecimalText.fixed(p, decimals: p < 0.1 ? 3 : 2)
  }
}
