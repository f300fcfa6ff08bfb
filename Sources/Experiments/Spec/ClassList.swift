internal import Engine
internal import Foundation

/// The names of a data set's classes, in the order of their ids.
enum ClassList {
  /// The names in a file, one a line; blank lines and `#` comments are skipped.
  ///
  /// - Throws: ``YAMLError`` where the file cannot be read as text.
  static func read(_ path: String) throws(YAMLError) -> [String] {
    try SourceText.file(path).text.split { $0.isNewline }
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }

  /// What is wrong with a list of names, or `nil`.
  static func problem(with names: [String]) -> String? {
    if names.count < 2 { return "must name at least 2 classes, not \(names.count)" }
    if names.count > Labels.maximumClasses {
      return "must name at most \(Labels.maximumClasses) classes, not \(names.count)"
    }
    var ids: [String: Int] = [:]
    for (id, name) in names.enumerated() {
      if let first = ids.updateValue(id, forKey: name) {
        return "names classes \(first) and \(id) both '\(name)'"
      }
    }
    return nil
  }
}

/// The names in the class files that a sweep's trials share, each file read once.
struct ClassFiles {
  private var read: [String: Result<[String], YAMLError>] = [:]

  mutating func names(in path: String) -> Result<[String], YAMLError> {
    if let known = read[path] { return known }
    let result: Result<[String], YAMLError>
    do throws(YAMLError) {
      let names = try ClassList.read(path)
      if let problem = ClassList.problem(with: names) {
        throw YAMLError(problem, at: Mark(whole: SourceText(name: path, text: "")))
      }
      result = .success(names)
    } catch {
      result = .failure(error)
    }
    read[path] = result
    return result
  }
}
