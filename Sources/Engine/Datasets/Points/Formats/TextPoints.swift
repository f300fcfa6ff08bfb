internal import CKernels
internal import Groundwork

/// Points as text, one a line: numbers that blanks, tabs, commas or semicolons separate. The first line may name
/// the columns. Blank lines and those that begin with `#` or `//` are none.
struct TextPoints: PointSource {
  static let endings = [".txt", ".csv", ".xyz", ".pts"]

  private let bytes: [UInt8]
  let width: Int
  let names: [String]
  let rows: Int

  init(_ bytes: [UInt8]) throws(ImageError) {
    self.bytes = bytes
    var isNumeric: Int32 = 1
    width = Int(ck_text_width(bytes, bytes.count, &isNumeric))
    guard width <= Self.maximumWidth else {
      throw ImageError("has \(width) columns: point files have at most \(Self.maximumWidth)")
    }
    names =
      isNumeric == 1
      ? []
      : (0..<width).map { column in
        var begin = 0
        let count = ck_text_field(bytes, bytes.count, Int32(column), &begin)
        return String(decoding: bytes[begin..<begin + count], as: UTF8.self)
      }
    rows = max(0, ck_text_rows(bytes, bytes.count) - (isNumeric == 1 ? 0 : 1))
  }

  static let maximumWidth = 4096

  func values(of columns: [Int]) throws(ImageError) -> [[Double]] {
    try Self.values(
      bytes, skipping: names.isEmpty ? 0 : 1, rows: rows, width: width, columns, firstLine: 0)
  }

  /// - Parameters:
  ///   - skipped: rows before the first.
  ///   - firstLine: lines of the file before the text.
  static func values(
    _ text: some Collection<UInt8> & Sendable, skipping skipped: Int, rows: Int, width: Int,
    _ columns: [Int], firstLine: Int
  ) throws(ImageError) -> [[Double]] {
    var fault = ck_text_fault()
    var found = 0
    let values = [Double].filled(count: rows * columns.count) { target in
      let numbers = columns.map { Int32($0) }
      _ = text.withContiguousStorageIfAvailable { text in
        found = ck_text_values(
          text.baseAddress, text.count, skipped, rows, Int32(width), numbers, Int32(columns.count),
          target, &fault)
      }
      // What was not reached is never looked at.
      if found < rows {
        for column in columns.indices {
          (target + column * rows + found).update(repeating: 0, count: rows - found)
        }
      }
    }
    if fault.kind != ck_text_right { throw error(fault, width: width, firstLine: firstLine) }
    guard found == rows else {
      throw ImageError(
        "ends behind point \(found) of \(rows): it was cut short, or its header is wrong")
    }
    return columns.indices.map { Array(values[$0 * rows..<($0 + 1) * rows]) }
  }

  private static func error(
    _ fault: ck_text_fault, width: Int, firstLine: Int
  ) -> ImageError {
    let (line, column) = (firstLine + fault.line, Int(fault.column))
    let problem =
      switch fault.kind {
      case ck_text_columns:
        "has \(column) columns, not \(width) as the others: every point has the same number"
      case ck_text_empty: "has nothing in column \(column): write a number"
      case ck_text_not_finite:
        "holds no finite number in column \(column): leave such points out of the file"
      default: "holds no number in column \(column)"
      }
    return ImageError("line \(line) \(problem)")
  }
}
