internal import DataLayouts
import Foundation

/// What a source looks like where nobody says what it is.
enum SourceRecognition {
  /// The only layout that a folder looks like.
  ///
  /// - Throws: ``Failure`` where it looks like none, or like several.
  static func layout(of folder: SourceFolder) throws(Failure) -> any DataLayout.Type {
    let found = DataLayouts.recognized(folder)
    if found.count == 1 { return found[0].layout }
    guard found.isEmpty else {
      let reasons = found.map { "  experiments import \($0.layout.name) …   since \($0.reason)" }
      throw Failure(
        .badInput,
        "error: \(folder.path) looks like several layouts: say which one it is\n"
          + reasons.joined(separator: "\n"))
    }
    throw Failure(.badInput, "error: \(folder.path): \(unknown(folder))")
  }

  /// What is said of a source that is neither runs nor a data set, or that is a data set with nowhere to go.
  ///
  /// - Returns: `nil` where it looks like no data set.
  static func advice(_ source: String) -> String? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder), isFolder.boolValue
    else { return nil }
    let found = DataLayouts.recognized(SourceFolder(source))
    guard let first = found.first else { return nil }
    let name = ShellWord.quoted(source)
    return
      "error: \(source) looks like a data set of the layout \(first.layout.name): \(first.reason)\n"
      + "import it with experiments import \(first.layout.name) \(name) -o FOLDER"
  }

  private static func unknown(_ folder: SourceFolder) -> String {
    let counts = Dictionary(grouping: folder.endings, by: \.self).mapValues(\.count)
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let held = counts.prefix(4).map { "\(Units.count($0.value)) .\($0.key)" }
    return (held.isEmpty ? "it holds no files" : "it holds \(held.joined(separator: ", "))")
      + " and looks like no layout that is known: name one of "
      + DataLayouts.all.map { $0.name }.joined(separator: ", ")
  }
}
