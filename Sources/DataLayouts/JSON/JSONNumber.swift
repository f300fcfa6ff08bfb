internal import Foundation

/// Numbers of JSON. Those of few digits are made of integers, which is exact and fast.
enum JSONNumber {
  static func value(_ word: [UInt8]) -> Double? {
    guard let first = word.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let digits = word[(isNegative ? 1 : 0)...]
    var (mantissa, count, decimals, hasPoint) = (0, 0, 0, false)
    for byte in digits {
      if byte == UInt8(ascii: "."), !hasPoint, count > 0 {
        hasPoint = true
      } else if byte >= 48, byte <= 57, count < 15 {
        mantissa = 10 * mantissa + Int(byte - 48)
        count += 1
        if hasPoint { decimals += 1 }
      } else {
        return slow(word)
      }
    }
    guard count > 0 else { return nil }
    let value = Double(mantissa) / powers[decimals]
    return isNegative ? -value : value
  }

  /// A number of at most fifteen digits without an exponent, and where it ends; `nil` for all others.
  static func short(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (value: Double, end: Int)? {
    var place = start
    let isNegative = place < bytes.count && bytes[place] == UInt8(ascii: "-")
    if isNegative { place += 1 }
    var (mantissa, count, decimals, hasPoint) = (0, 0, 0, false)
    while place < bytes.count {
      let byte = bytes[place]
      if byte >= 48, byte <= 57 {
        guard count < 15 else { return nil }
        mantissa = 10 * mantissa + Int(byte &- 48)
        count += 1
        if hasPoint { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint, count > 0 {
        hasPoint = true
      } else {
        break
      }
      place += 1
    }
    // At the end of the bytes more digits may follow.
    guard count > 0, place < bytes.count, bytes[place] <= 32 || bytes[place] == UInt8(ascii: ",")
    else { return nil }
    let value = Double(mantissa) / powers[decimals]
    return (isNegative ? -value : value, place)
  }

  private static let powers: [Double] = (0...15).map { pow(10, Double($0)) }

  private static func slow(_ word: [UInt8]) -> Double? {
    guard let last = word.last, last >= 48, last <= 57,
      word.allSatisfy({ $0 >= 48 && $0 <= 57 || "+-.eE".utf8.contains($0) })
    else { return nil }
    return Double(String(decoding: word, as: UTF8.self))
  }
}
