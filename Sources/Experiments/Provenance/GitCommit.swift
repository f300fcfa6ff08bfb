internal import Datasets
import Foundation
internal import Groundwork

/// The commit of the repository that a folder lies in, read from the repository's files.
///
/// The git program is never started: what it runs (hooks, monitors, filters) is for the configuration
/// of the repository to say, and so for whoever made the folder.
enum GitCommit {
  /// 40 or 64 hexadecimal digits; `nil` where there is no repository or no commit.
  static func current(in folder: String) -> String? {
    guard let repository = repository(around: Path.absolute(folder, in: workingFolder)) else {
      return nil
    }
    return resolve("HEAD", in: repository, depth: 0)
  }

  private struct Repository {
    /// The folder that holds `HEAD`.
    let folder: String
    /// The folder that holds the branches. Work trees besides the first share that of the first.
    let common: String
  }

  private static func repository(around folder: String) -> Repository? {
    var folder = folder
    for _ in 0..<maximumDepth {
      let dot = folder + "/.git"
      if let repository = repository(at: dot, in: folder) { return repository }
      guard folder != "/", !folder.isEmpty else { return nil }
      folder = (folder as NSString).deletingLastPathComponent
    }
    return nil
  }

  /// The repository at `.git`, which is a folder, or a file that says where the folder is.
  private static func repository(at dot: String, in folder: String) -> Repository? {
    var repository = dot
    if let link = text(of: dot), link.hasPrefix("gitdir: ") {
      repository = Path.absolute(String(link.dropFirst("gitdir: ".count)), in: folder)
    }
    guard text(of: repository + "/HEAD") != nil else { return nil }
    let common = text(of: repository + "/commondir").map { Path.absolute($0, in: repository) }
    return Repository(folder: repository, common: common ?? repository)
  }

  private static func resolve(_ name: String, in repository: Repository, depth: Int) -> String? {
    guard depth < 8, isSafe(name) else { return nil }
    for folder in [repository.folder, repository.common] {
      guard let content = text(of: "\(folder)/\(name)") else { continue }
      if isCommit(content) { return content }
      guard content.hasPrefix("ref: ") else { return nil }
      let next = content.dropFirst("ref: ".count).trimmingCharacters(in: .whitespaces)
      return resolve(next, in: repository, depth: depth + 1)
    }
    return packed(name, in: repository)
  }

  /// The commit of a name in `packed-refs`, whose lines are `COMMIT NAME`.
  private static func packed(_ name: String, in repository: Repository) -> String? {
    let lines = text(of: repository.common + "/packed-refs", atMost: 64 << 20) ?? ""
    for line in lines.split(separator: "\n") where line.hasSuffix(" \(name)") {
      let commit = String(line.dropLast(name.count + 1))
      if isCommit(commit) { return commit }
    }
    return nil
  }

  /// Tells whether the name is that of a file inside the repository.
  private static func isSafe(_ name: String) -> Bool {
    !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
      && name.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
  }

  private static func isCommit(_ text: String) -> Bool {
    [40, 64].contains(text.count) && text.allSatisfy { $0.isASCII && $0.isHexDigit }
  }

  /// The text of a regular file, without the whitespace around it; `nil` where it cannot be read.
  private static func text(of path: String, atMost limit: Int = 1 << 16) -> String? {
    SmallFile.text(of: path, atMost: limit)?.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static var workingFolder: String { FileManager.default.currentDirectoryPath }
  private static let maximumDepth = 64
}
