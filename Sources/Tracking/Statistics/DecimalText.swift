internal import Glibc

/// Numbers as decimal text, rounded on the shortest text of the number, halves away from zero: 0.15 is 0.2
/// to one decimal, though the nearest double lies below it.
package enum DecimalText {
  /// - Parameter decimals: digits behind the point; −1 rounds to tens.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    var digits = Digits(abs(value))
    digits.round(decimals: decimals)
    let text = digits.text(decimals: max(0, decimals))
    let isZero = digits.digits.allSatisfy { $0 == 0 }
    return value < 0 && !isZero ? "-" + text : text
  }

  /// With so many significant digits, and without zeros at the end: `0.6312`, `12`, `1.23e-7`.
  package static func significant(_ value: Double, digits count: Int = 4) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : fixed(value, decimals: 0) }
    var digits = Digits(abs(value))
    digits.round(decimals: count - 1 - digits.exponent)
    let sign = value < 0 ? "-" : ""
    let exponent = digits.exponent
    guard (-5..<15).contains(exponent) else {
      var mantissa = digits
      mantissa.exponent = 0
      return sign + trimmed(mantissa.text(decimals: count - 1)) + "e\(exponent)"
    }
    return sign + trimmed(digits.text(decimals: max(0, count - 1 - exponent)))
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = Substring(text)
    while text.hasSuffix("0") { text = text.dropLast() }
    return String(text.hasSuffix(".") ? text.dropLast() : text)
  }

  /// The power of ten of the first digit that is not zero: −3 for 0.00473.
  static func exponent(of value: Double) -> Int { Digits(abs(value)).exponent }

  /// The first three significant digits as a number from 100 to 999, rounded: 473 for 0.00473.
  static func firstThree(of value: Double) -> (number: Int, exponent: Int) {
    var digits = Digits(abs(value))
    digits.round(decimals: 2 - digits.exponent)
    let padded = digits.digits + [0, 0, 0]
    return (padded[0] * 100 + padded[1] * 10 + padded[2], digits.exponent)
  }

  /// The shortest digits that read back to the number: d₀.d₁d₂… × 10^exponent, d₀ not zero but for zero.
  private struct Digits {
    var digits: [Int]
    var exponent: Int

    init(_ value: Double) {
      let parts = "\(value)".split(separator: "e")
      let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
      let (whole, fraction) = (mantissa[0], mantissa.count > 1 ? mantissa[1] : "")
      digits = (whole + fraction).compactMap(\.wholeNumberValue)
      exponent = whole.count - 1 + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
      let zeros = digits.prefix { $0 == 0 }.count
      if zeros == digits.count {
        (digits, exponent) = ([0], 0)
      } else {
        digits.removeFirst(zeros)
        exponent -= zeros
      }
    }

    mutating func round(decimals: Int) {
      let kept = exponent + 1 + decimals
      guard kept < digits.count else { return }
      guard kept >= 0 else {
        (digits, exponent) = ([0], 0)
        return
      }
      let isUp = digits[kept] >= 5
      digits = Array(digits.prefix(kept))
      guard isUp else {
        if digits.isEmpty { (digits, exponent) = ([0], 0) }
        return
      }
      var place = kept - 1
      while place >= 0, digits[place] == 9 {
        digits[place] = 0
        place -= 1
      }
      if place >= 0 {
        digits[place] += 1
      } else {
        digits.insert(1, at: 0)
        exponent += 1
      }
    }

    func text(decimals: Int) -> String {
      func digit(_ power: Int) -> String {
        let place = exponent - power
        return digits.indices.contains(place) ? "\(digits[place])" : "0"
      }
      let whole = stride(from: max(0, exponent), through: 0, by: -1).map(digit).joined()
      guard decimals > 0 else { return whole }
      return whole + "." + (1...decimals).map { digit(-$0) }.joined()
    }
  }
}
