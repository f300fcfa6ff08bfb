import Foundation
internal import Tracking

/// Where programs lie that are named without their folder.
enum ProgramSearch {
  /// The absolute path of a program; `nil` where there is none that can be run.
  ///
  /// - Parameter path: the folders in which it is looked for, with ':' between them.
  static func find(_ name: String, in path: String) -> String? {
    let working = FileManager.default.currentDirectoryPath
    let candidates =
      name.contains("/")
      ? [Path.absolute(name, in: working)]
      // An empty or relative entry would find what lies in the folder that one happens to be in.
      : path.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
    return candidates.first { access($0, X_OK) == 0 && !Path.isFolder($0) }
  }
}
