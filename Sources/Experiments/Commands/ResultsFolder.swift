import Foundation
internal import Tracking

/// The folder that the records are in.
struct ResultsFolder: Equatable {
  /// As it is opened.
  let path: String
  /// True where the folder was not named but found, above the working directory.
  let isFound: Bool

  static let standard = "results"

  /// The folder that was named; else that of `EXPERIMENTS_RESULTS`; else the nearest `results`
  /// from the working directory upward that holds records; else `results`, where the first records
  /// will be.
  ///
  /// - Parameter named: the option as it was typed.
  static func find(
    _ named: String?, environment: [String: String] = ProcessInfo.processInfo.environment,
    workingDirectory: String = FileManager.default.currentDirectoryPath
  ) -> ResultsFolder {
    if let named { return ResultsFolder(path: named, isFound: false) }
    if let variable = environment["EXPERIMENTS_RESULTS"], !variable.isEmpty {
      return ResultsFolder(path: variable, isFound: false)
    }
    if holdsRecords("\(workingDirectory)/\(standard)") {
      return ResultsFolder(path: standard, isFound: false)
    }
    var folder = URL(fileURLWithPath: workingDirectory)
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let candidate = folder.appendingPathComponent(standard).path
      if holdsRecords(candidate) { return ResultsFolder(path: candidate, isFound: true) }
    }
    return ResultsFolder(path: standard, isFound: false)
  }

  /// From the root of the file system, for messages.
  var absolutePath: String {
    Path.absolute(path, in: FileManager.default.currentDirectoryPath)
  }

  private static func holdsRecords(_ folder: String) -> Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.contains { name in
      var isFolder: ObjCBool = false
      return !name.hasPrefix(".")
        && FileManager.default.fileExists(
          atPath: "\(folder)/\(name)/trials", isDirectory: &isFolder)
        && isFolder.boolValue
    }
  }
}
