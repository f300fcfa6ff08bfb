/// The values of a JSON text (RFC 8259) in the order in which they stand in it, found in one pass.
///
/// The text is UTF-8 without a byte order mark. Whatever is not JSON to the letter is refused, and so is what
/// is nested deeper than ``deepest``. Strings and numbers are checked here and made when they are asked for.
struct JSONDocument: Sendable {
  let bytes: [UInt8]
  private(set) var values: [Value] = []

  /// No record is nested deeper.
  static let deepest = 100

  /// A value, or the key of an entry, which stands before its value.
  struct Value: Sendable {
    var kind: Kind
    /// Where it begins and ends; of strings without the quotation marks.
    var start: UInt32
    var end: UInt32
    /// The place of the value behind everything that is in it.
    var next: UInt32
  }

  enum Kind: UInt8, Sendable {
    case null, yes, no, number
    /// A string whose letters are those of the text, and one in which some are written otherwise.
    case plain, escaped
    case list, object
  }

  /// - Returns: `nil` for what is no JSON.
  init?(_ bytes: [UInt8]) {
    guard bytes.count < 1 << 31 else { return nil }
    self.bytes = bytes
    values.reserveCapacity(bytes.count / 12 + 1)
    var scan = JSONScan(bytes)
    guard scan.document(&values) else { return nil }
  }

  /// The places of what is in a list, or of the keys of an object.
  struct Children: Sequence, IteratorProtocol {
    private let document: JSONDocument
    private let end: Int
    private let isObject: Bool
    private var place: Int

    init(of parent: Int, in document: JSONDocument) {
      self.document = document
      isObject = document.values[parent].kind == .object
      (place, end) = (parent + 1, Int(document.values[parent].next))
    }

    mutating func next() -> Int? {
      guard place < end else { return nil }
      defer { place = Int(document.values[isObject ? place + 1 : place].next) }
      return place
    }
  }

  func children(of place: Int) -> Children { Children(of: place, in: self) }

  // MARK: - What values say

  /// The text of a string or key.
  func string(_ place: Int) -> String {
    let value = values[place]
    let letters = bytes[Int(value.start)..<Int(value.end)]
    return value.kind == .escaped
      ? JSONEscapes.text(of: letters) : String(decoding: letters, as: UTF8.self)
  }

  /// As it is written.
  func digits(_ place: Int) -> Substring {
    let value = values[place]
    return Substring(decoding: bytes[Int(value.start)..<Int(value.end)], as: UTF8.self)
  }

  /// The nearest number to what is written; `nil` where that is not finite.
  func floating<Number: BinaryFloatingPoint & LosslessStringConvertible>(
    _ place: Int, as type: Number.Type
  ) -> Number? {
    guard values[place].kind == .number, let number = Number(String(digits(place))), number.isFinite
    else { return nil }
    return number
  }

  func double(_ place: Int) -> Double? { floating(place, as: Double.self) }

  /// A whole number, however it is written; `nil` where the type does not hold it.
  func integer<Number: FixedWidthInteger>(_ place: Int, as type: Number.Type) -> Number? {
    guard values[place].kind == .number else { return nil }
    let digits = digits(place)
    if let number = Number(digits) { return number }
    guard digits.utf8.contains(where: { $0 > UInt8(ascii: "9") || $0 == UInt8(ascii: ".") }) else {
      return nil
    }
    return double(place).flatMap { Number(exactly: $0) }
  }
}
