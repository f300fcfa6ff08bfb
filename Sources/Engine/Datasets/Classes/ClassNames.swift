internal import Groundwork

/// Names of classes in the order of their ids.
package enum ClassNames {
  /// Reads a class file: one name a line, or a table with ids or colours; blank lines and `#` comments
  /// are skipped.
  ///
  /// - Parameter root: the folder that a relative path is in.
  /// - Throws: ``DataError`` as ``check(_:)`` and for what is neither, with the lines.
  package static func read(_ path: String, root: String? = nil) throws(DataError) -> [String] {
    let path = FilePath.resolve(path, in: root)
    let classes = try ClassFile(path: path).classes
    let problems = problems(of: classes.map(\.name)).map { index, message in
      DataProblem(file: path, line: index.map { classes[$0].line }, message)
    }
    guard problems.isEmpty else { throw DataError(problems) }
    return classes.map(\.name)
  }

  /// - Throws: ``DataError`` for no class, too many, or names given twice; where bounds
  ///   are known also for fewer than these.
  package static func check(
    _ names: [String], bounds: ClosedRange<Int>? = nil
  ) throws(DataError) {
    var problems = problems(of: names).map { DataProblem($0.message) }
    if let bounds, !names.isEmpty, names.count < bounds.lowerBound {
      problems.append(DataProblem("\(tooFew(names)): \(remedyForTooFew)"))
    }
    guard problems.isEmpty else { throw DataError(problems) }
  }

  /// One class where a pixel is of one class.
  package static func tooFew(_ names: [String]) -> String {
    "\(names.count) class is named, at least 2 are needed where every pixel is of one class"
  }
  package static let remedyForTooFew =
    "add background as the first class, or ask for every class by itself with task: multilabel"

  private static func problems(of names: [String]) -> [(index: Int?, message: String)] {
    var problems: [(index: Int?, message: String)] = []
    if names.isEmpty { problems.append((nil, "no class is named")) }
    if names.count > Labels.maximumClasses {
      problems.append(
        (nil, "\(names.count) classes are named, at most \(Labels.maximumClasses) are possible"))
    }
    var ids: [String: Int] = [:]
    for (id, name) in names.enumerated() {
      if let first = ids[name] {
        problems.append((id, "class '\(name)' has both id \(first) and id \(id)"))
      }
      ids[name] = id
    }
    return problems
  }
}
