package import Datasets

/// Everything that is wrong with a data set of another tool.
package typealias LayoutError = DataError

/// Collects what is wrong, so that all of it is said at once.
final class Problems {
  private(set) var all: [DataProblem] = []

  func add(_ file: String, line: Int? = nil, _ message: String) {
    all.append(DataProblem(file: file, line: line, message))
  }

  func add(_ error: DataError) { all += error.problems }

  /// Runs `body`, and keeps what it throws.
  func collect<Value>(_ body: () throws(DataError) -> Value) -> Value? {
    do throws(DataError) {
      return try body()
    } catch {
      add(error)
      return nil
    }
  }

  func throwIfAny() throws(DataError) {
    if !all.isEmpty { throw DataError(all) }
  }
}

/// Counts what is left out, so that it is said once for all files.
final class Omissions {
  private var counts: [(kind: String, count: Int, first: String)] = []

  /// - Parameter kind: the end of `3 annotations …`.
  func add(_ kind: String, at place: String) {
    if let index = counts.firstIndex(where: { $0.kind == kind }) {
      counts[index].count += 1
    } else {
      counts.append((kind, 1, place))
    }
  }

  var warnings: [String] {
    counts.map { kind, count, first in
      count == 1
        ? "1 annotation \(kind): \(first)" : "\(count) annotations \(kind), the first: \(first)"
    }
  }
}
