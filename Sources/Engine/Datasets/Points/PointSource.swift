internal import CKernels
internal import Groundwork

/// A file of points that has been looked at: N rows of D columns of numbers.
protocol PointSource {
  /// The endings of its files, in small letters, with the dot.
  static var endings: [String] { get }
  /// - Parameter bytes: of the whole file.
  /// - Throws: ``ImageError`` where it is no such file, or says that it holds more than it does.
  init(_ bytes: [UInt8]) throws(ImageError)
  /// D.
  var width: Int { get }
  /// `[D]`, or empty where columns have no names.
  var names: [String] { get }
  /// N.
  var rows: Int { get }
  /// The values of some columns, each `[N]`, all of them finite.
  ///
  /// - Parameter columns: their numbers, no two the same.
  /// - Throws: ``ImageError`` with the row of what is no number.
  func values(of columns: [Int]) throws(ImageError) -> [[Double]]
}

enum PointSources {
  /// The formats that point files may have.
  static var all: [any PointSource.Type] { [PLYPoints.self, NPYPoints.self, TextPoints.self] }

  /// - Throws: ``ImageError`` for a file that cannot be read, or is none of points.
  static func open(_ path: String) throws(ImageError) -> any PointSource {
    let name = path.lowercased()
    guard let format = all.first(where: { $0.endings.contains { name.hasSuffix($0) } }) else {
      let endings = all.flatMap { $0.endings }.joined(separator: ", ")
      throw ImageError(
        file: path, "is no file of points by its name: they end in \(endings)")
    }
    let source = try format.init(try FileBytes.read(path))
    guard source.rows > 0 else { throw ImageError(file: path, "holds no points") }
    return source
  }
}

extension PointSource {
  /// - Throws: ``ImageError`` where there is no such column.
  func number(of column: PointColumn) throws(ImageError) -> Int {
    switch column {
    case .number(let number):
      guard number < width else {
        throw ImageError(
          "has \(width) column\(width == 1 ? "" : "s"), and data.points.columns names \(number): they count "
            + "from 0")
      }
      return number
    case .name(let name):
      guard let number = names.firstIndex(of: name) else {
        throw ImageError(
          names.isEmpty
            ? "names no columns, and data.points.columns names '\(name)': write its number, from 0"
            : "has no column '\(name)': it has \(names.joined(separator: ", "))")
      }
      return number
    }
  }

  /// Columns of numbers that lie one row behind the other.
  ///
  /// - Parameter columns: the place of each number within a row, in bytes, and what it is.
  func stored(
    _ bytes: [UInt8], from start: Int, step: Int, swaps: Bool,
    _ columns: [(offset: Int, number: StoredNumber)]
  ) throws(ImageError) -> [[Double]] {
    var all: [[Double]] = []
    for column in columns {
      let values = [Double].filled(count: rows) { target in
        bytes.withUnsafeBufferPointer { bytes in
          guard let first = bytes.baseAddress else { return }
          ck_doubles_of_stored(
            first + start + column.offset, step, column.number.kernel, swaps ? 1 : 0, rows, target)
        }
      }
      var first = 0
      guard ck_count_not_finite_doubles(values, values.count, &first) == 0 else {
        throw ImageError(
          "holds \(values[first]) at point \(first), from 0: leave such points out of the file")
      }
      all.append(values)
    }
    return all
  }
}
