internal import Groundwork

/// The vertices of a PLY file, as text or binary in either byte order. They are its first element, and their
/// properties are single numbers, whose names are those of the columns.
struct PLYPoints: PointSource {
  static let endings = [".ply"]

  private let bytes: [UInt8]
  private let start: Int
  private let headerLines: Int
  private let encoding: Encoding
  private let offsets: [Int]
  private let numbers: [StoredNumber]
  let names: [String]
  let rows: Int

  private enum Encoding: String {
    case text = "ascii"
    case little = "binary_little_endian"
    case big = "binary_big_endian"
  }

  var width: Int { names.count }
  private var rowBytes: Int { numbers.reduce(0) { $0 + $1.bytes } }

  init(_ bytes: [UInt8]) throws(ImageError) {
    self.bytes = bytes
    guard let (header, end) = Self.header(bytes) else {
      throw ImageError("is no PLY file: its header, from ply to end_header, is not there")
    }
    start = end
    headerLines = header.count
    var encoding: Encoding?
    var elements: [(name: String, count: Int)] = []
    var (names, numbers): ([String], [StoredNumber]) = ([], [])
    for line in header {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      switch words.first {
      case "format" where words.count >= 2: encoding = Encoding(rawValue: words[1])
      case "element" where words.count == 3:
        guard let count = Int(words[2]), count >= 0 else {
          throw ImageError("says '\(line)' in its header, which is no number of elements")
        }
        elements.append((words[1], count))
      case "property" where elements.count == 1:
        guard words.count == 3, let number = Self.numbers[words[1]] else {
          throw ImageError("says '\(line)' of its vertices: each property must be a single number")
        }
        names.append(words[2])
        numbers.append(number)
      default: break
      }
    }
    guard let encoding else {
      throw ImageError("is in none of the formats ascii, binary_little_endian, binary_big_endian")
    }
    guard let first = elements.first, first.name == "vertex", !names.isEmpty else {
      throw ImageError("does not begin with the element vertex and its properties")
    }
    guard names.count <= TextPoints.maximumWidth else {
      throw ImageError("has \(names.count) properties: at most \(TextPoints.maximumWidth) are read")
    }
    (self.encoding, self.names, self.numbers) = (encoding, names, numbers)
    rows = first.count
    offsets = numbers.indices.map { numbers[..<$0].reduce(0) { $0 + $1.bytes } }
    let least = encoding == .text ? 2 * names.count - 1 : rowBytes
    guard rows <= (bytes.count - start + 1) / least else {
      throw ImageError(
        "says that it has \(rows) vertices, which are more than the file holds: it was cut short")
    }
  }

  func values(of columns: [Int]) throws(ImageError) -> [[Double]] {
    guard encoding == .text else {
      return try stored(
        bytes, from: start, step: rowBytes, swaps: encoding == .big,
        columns.map { (offset: offsets[$0], number: numbers[$0]) })
    }
    return try TextPoints.values(
      bytes[start...], skipping: 0, rows: rows, width: width, columns, firstLine: headerLines)
  }

  /// The lines of the header, and the first byte behind it.
  private static func header(_ bytes: [UInt8]) -> (lines: [String], end: Int)? {
    var lines: [String] = []
    var begin = 0
    let most = min(bytes.count, 1 << 16)
    for place in 0..<most where bytes[place] == 10 {
      let line = String(decoding: bytes[begin..<place], as: UTF8.self)
        .filter { $0 != "\r" && $0 != "\r\n" }
      if lines.isEmpty, line != "ply" { return nil }
      lines.append(line)
      begin = place + 1
      if line == "end_header" { return (lines, begin) }
    }
    return nil
  }

  private static let numbers: [String: StoredNumber] = [
    "char": .int8, "int8": .int8, "uchar": .uint8, "uint8": .uint8, "short": .int16,
    "int16": .int16, "ushort": .uint16, "uint16": .uint16, "int": .int32, "int32": .int32,
    "uint": .uint32, "uint32": .uint32, "float": .float32, "float32": .float32,
    "double": .float64, "float64": .float64,
  ]
}
