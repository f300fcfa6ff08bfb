internal import Groundwork

/// An array that NumPy saved, N × D or N, row by row: integers or floating-point numbers of either byte order.
struct NPYPoints: PointSource {
  static let endings = [".npy"]

  private let bytes: [UInt8]
  private let start: Int
  private let number: StoredNumber
  private let swaps: Bool
  let width: Int
  let names: [String] = []
  let rows: Int

  init(_ bytes: [UInt8]) throws(ImageError) {
    self.bytes = bytes
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 12 else {
      throw ImageError("is no array of NumPy: it does not begin with \\x93NUMPY")
    }
    let isLong = bytes[6] > 1
    let length = (0..<(isLong ? 4 : 2)).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    start = (isLong ? 12 : 10) + length
    guard start <= bytes.count else { throw ImageError("ends within its header: it was cut short") }
    let header = String(decoding: bytes[(isLong ? 12 : 10)..<start], as: UTF8.self)
    guard let type = Self.value(of: "descr", in: header, from: "'", to: "'"),
      let order = Self.value(of: "fortran_order", in: header, from: "", to: ","),
      let shape = Self.value(of: "shape", in: header, from: "(", to: ")")
    else { throw ImageError("has no header that says type, order and shape") }
    guard order == "False" else {
      throw ImageError("lies column by column: save numpy.ascontiguousarray of it")
    }
    guard let (number, swaps) = Self.number(type) else {
      throw ImageError("holds numbers of type \(type): save integers, float32 or float64")
    }
    (self.number, self.swaps) = (number, swaps)
    let extents = shape.split(separator: ",").map {
      Int($0.filter { !$0.isWhitespace }) ?? -1
    }
    guard (1...2).contains(extents.count), extents.allSatisfy({ $0 >= 0 }) else {
      throw ImageError("has the shape (\(shape)): save an array of points × columns")
    }
    rows = extents[0]
    width = extents.count == 2 ? extents[1] : 1
    let (values, isTooMany) = rows.multipliedReportingOverflow(by: max(width, 1))
    guard width <= TextPoints.maximumWidth else {
      throw ImageError("has \(width) columns: point files have at most \(TextPoints.maximumWidth)")
    }
    guard !isTooMany, values <= (bytes.count - start) / number.bytes else {
      throw ImageError(
        "says that it holds \(rows) × \(width) numbers, which are more than the file has: it was cut short"
      )
    }
  }

  func values(of columns: [Int]) throws(ImageError) -> [[Double]] {
    try stored(
      bytes, from: start, step: width * number.bytes, swaps: swaps,
      columns.map { (offset: $0 * number.bytes, number: number) })
  }

  /// What stands behind a key, between two texts.
  private static func value(
    of key: String, in header: String, from begin: String, to end: Character
  ) -> String? {
    guard let place = header.range(of: "'\(key)':") else { return nil }
    var rest = header[place.upperBound...].drop { $0 == " " }
    guard rest.hasPrefix(begin) else { return nil }
    rest = rest.dropFirst(begin.count)
    guard let stop = rest.firstIndex(of: end) else { return nil }
    return String(rest[..<stop])
  }

  /// `<f4`, `|u1`, `>i8`.
  private static func number(_ type: String) -> (StoredNumber, swaps: Bool)? {
    let letters = Array(type)
    guard letters.count == 3, let bytes = Int(String(letters[2])), "<>|=".contains(letters[0]),
      "iuf".contains(letters[1])
    else { return nil }
    let number = StoredNumber(
      bits: 8 * bytes, isSigned: letters[1] == "i", isReal: letters[1] == "f")
    return number.map { ($0, letters[0] == ">") }
  }
}
