internal import Foundation

extension RunFolder {
  /// The files of the folder that are the run's record, as paths in it, sorted: what the state names, and what
  /// came beside and after the training. What killed writers left is not among them, nor are files of others.
  func recordedFiles(_ state: RunState?) -> [String] {
    let own = [
      Self.specification, Self.writtenSpecification, Self.state, Self.metrics, Self.result,
      LabelsFile.name,
    ]
    let named = (state?.files.keys.map { $0 } ?? []).filter { state?.isDropped($0) != true }
    let attempts = attemptNumbers().flatMap { number in
      Self.attemptFiles.map { "\(Self.attempt(number))/\($0)" }
    }
    return Set(own + named + attempts + TestFiles(folder: self).files).filter(exists).sorted()
  }

  /// Tells whether a file of that name can be part of a record that lies in one file.
  static func isPackable(_ name: String) -> Bool {
    if isRecorded(name) || [state, LabelsFile.name].contains(name) { return true }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 3 {
      return parts[0] == attempts && attemptFiles.contains(parts[2])
        && isRecorded("\(attempts)/\(parts[1])/\(attemptFiles[0])")
    }
    return TestFiles.isName(name)
  }

  /// What an attempt leaves in its folder. Of these only the first is in the state.
  private static let attemptFiles = [
    "provenance.json", "log.txt", "log.txt.1", SystemFile.name, result,
  ]
}
