internal import Datasets
internal import Foundation
internal import Tracking

extension SpecValue {
  /// The path of a file or folder, as it leads there from the folder of the spec, or from `data.root` for what
  /// is in `data` behind it.
  ///
  /// Paths in a file are relative to that file, and paths on the command line to where they are typed. Lists, and
  /// what else is in `data`, are relative to `data.root` where there is one, whoever wrote either.
  /// `${NAME}` stands for an environment variable.
  func filePath() -> String? {
    guard let text = text() else { return nil }
    if text == "~" || text.hasPrefix("~/") {
      report(
        .wrongNotation, "begins with '~', which is not expanded", remedy: "write the folder's path")
      return nil
    }
    return expanded(text).map(settled)
  }

  /// The same for what may be a path or the name of something else.
  ///
  /// - Parameter isPath: tells whether the text is meant as a path.
  func filePath(where isPath: (String) -> Bool) -> String? {
    guard let text = text() else { return nil }
    return isPath(text) ? filePath() : text
  }

  private func settled(_ path: String) -> String {
    let isInRoot = decoder.dataRoot != nil && self.path.components.first == "data"
    guard !path.hasPrefix("/"), !isInRoot else { return path }
    switch node.mark.source.kind {
    case .option:
      return Path.absolute(path, in: FileManager.default.currentDirectoryPath)
    case .file:
      guard let own = node.mark.source.folder, let folder = decoder.folder, own != folder else {
        return path
      }
      return Path.relative(Path.absolute(path, in: own), from: folder)
    }
  }

  /// - Returns: `nil` where a variable is not set, which is reported.
  private func expanded(_ text: String) -> String? {
    var result = ""
    var rest = text[...]
    while let start = rest.range(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}")
    {
      let name = String(rest[start.upperBound..<end])
      guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
        report(
          .wrongNotation, "names the environment variable \(name), which is not set",
          remedy: "set it, or write the path")
        return nil
      }
      result += rest[..<start.lowerBound] + value
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
