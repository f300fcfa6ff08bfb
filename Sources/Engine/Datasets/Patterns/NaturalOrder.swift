/// The order in which people count: `img2` before `img10`, and a folder's files one after the other.
///
/// Runs of digits are compared as numbers, the separator of folders comes before all else, and other
/// bytes go by their values, so that the order depends on no locale. Names that differ in leading zeros
/// alone go by their bytes.
enum NaturalOrder {
  static func precedes(_ left: String, _ right: String) -> Bool {
    let (first, second) = (Array(left.utf8), Array(right.utf8))
    var (i, j) = (0, 0)
    while i < first.count, j < second.count {
      if isDigit(first[i]), isDigit(second[j]) {
        let (one, other) = (number(in: first, from: &i), number(in: second, from: &j))
        if one.count != other.count { return one.count < other.count }
        if !one.elementsEqual(other) { return one.lexicographicallyPrecedes(other) }
      } else {
        if first[i] != second[j] { return rank(first[i]) < rank(second[j]) }
        (i, j) = (i + 1, j + 1)
      }
    }
    let (restOfFirst, restOfSecond) = (first.count - i, second.count - j)
    if restOfFirst == 0, restOfSecond == 0 { return first.lexicographicallyPrecedes(second) }
    return restOfFirst < restOfSecond
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func rank(_ byte: UInt8) -> Int { byte == UInt8(ascii: "/") ? -1 : Int(byte) }

  /// The digits of the number that begins at a place, without leading zeros; the place moves behind it.
  private static func number(in bytes: [UInt8], from place: inout Int) -> ArraySlice<UInt8> {
    let start = place
    while place < bytes.count, isDigit(bytes[place]) { place += 1 }
    return bytes[start..<place].drop { $0 == UInt8(ascii: "0") }
  }
}
