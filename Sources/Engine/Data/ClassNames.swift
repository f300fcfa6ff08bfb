/// Names of classes in the order of their ids.
public enum ClassNames {
  /// Reads a class file: one name a line, or a table with ids or colours; blank lines and `#` comments
  /// are skipped.
  ///
  /// - Parameter root: the folder that a relative path is in.
  /// - Throws: ``DataError`` as ``check(_:)`` and for what is neither, with the lines.
  public static func read(_ path: String, root: String? = nil) throws(DataError) -> [String] {
    let path = ListFile.resolve(path, in: root)
    let classes = try ClassFile(path: path).classes
    let problems = problems(of: classes.map(\.name)).map { index, message in
      DataProblem(file: path, line: index.map { classes[$0].line }, message)
    }
    guard problems.isEmpty else { throw DataError(problems) }
    return classes.map(\.name)
  }

  /// - Throws: ``DataError`` for fewer than 2 or more than 255 classes and for names given twice.
  public static func check(_ names: [String]) throws(DataError) {
    let problems = problems(of: names).map { DataProblem($0.message) }
    guard problems.isEmpty else { throw DataError(problems) }
  }

  private static func problems(of names: [String]) -> [(index: Int?, message: String)] {
    var problems: [(index: Int?, message: String)] = []
    if names.count < 2 {
      problems.append((nil, "\(names.count) classes are named, at least 2 are needed"))
    }
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
