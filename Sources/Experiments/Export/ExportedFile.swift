import Foundation

/// A file that is written and, before anybody relies on it, read again.
struct ExportedFile {
  let name: String
  let data: Data
  /// What is wrong with the file that was written at a path; empty where nothing is.
  private let problems: (_ path: String) throws -> [String]

  /// - Parameter problems: compares what is read with what was written; bytes are compared if not given.
  init(
    _ name: String, _ data: Data, problems: ((_ path: String) throws -> [String])? = nil
  ) {
    (self.name, self.data) = (name, data)
    self.problems =
      problems ?? { path in
        try Data(contentsOf: URL(fileURLWithPath: path)) == data
          ? [] : ["its bytes are not those that were written"]
      }
  }

  init(_ name: String, text: String) { self.init(name, Data(text.utf8)) }

  /// Puts it at a path, whole or not at all.
  func write(to path: String) throws {
    try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    guard let problem = try problems(path).first else { return }
    throw Failure(
      .damagedStore,
      "error: \(path): what was written is not what is read: \(problem): "
        + "check the disk, then export again")
  }
}
