internal import Foundation

/// The files under a folder, and how names in annotations are found among them.
///
/// Names are compared as text: `é` in one character and in two is the same name, as archives that were
/// packed on a Mac need it.
package struct SourceFolder: Sendable {
  package let path: String
  /// Relative to the folder, in the order of their names; without hidden files and those that a Mac adds.
  let files: [String]
  /// True where there are more files than are looked at.
  package let isCutOff: Bool
  /// By the text of the relative path: as the system has it.
  private let byPath: [String: String]
  private let byName: [String: [String]]

  static let most = 2_000_000
  private static let deepest = 12

  package init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    var files: [String] = []
    Self.list(self.path, "", depth: 0, into: &files)
    isCutOff = files.count >= Self.most
    self.files = files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    byPath = Dictionary(files.map { ($0, $0) }) { first, _ in first }
    byName = Dictionary(grouping: self.files) { Self.name(of: $0) }
  }

  private static func list(_ root: String, _ folder: String, depth: Int, into files: inout [String])
  {
    guard depth < deepest, files.count < most else { return }
    let full = folder.isEmpty ? root : "\(root)/\(folder)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: full)) ?? []
    for name in names where !name.hasPrefix(".") && name != "__MACOSX" {
      let relative = folder.isEmpty ? name : "\(folder)/\(name)"
      var status = stat()
      guard stat("\(root)/\(relative)", &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        list(root, relative, depth: depth + 1, into: &files)
      } else {
        files.append(relative)
      }
    }
  }

  func full(_ relative: String) -> String { "\(path)/\(relative)" }

  /// The file of that relative path; `nil` where there is none.
  func file(_ relative: String) -> String? { byPath[relative] }

  func hasFolder(_ relative: String) -> Bool { files.contains { $0.hasPrefix(relative + "/") } }

  /// Files in a folder, or in folders under it.
  func files(under folder: String, endings: Set<String>) -> [String] {
    files.filter {
      (folder.isEmpty || $0.hasPrefix(folder + "/")) && endings.contains(Self.ending(of: $0))
    }
  }

  /// Folders that end in some components, as `ImageSets/Segmentation`, wherever they lie; `""` is the
  /// folder itself.
  func folders(before last: String) -> [String] {
    var found: [String] = []
    for file in files {
      if file.hasPrefix(last + "/"), !found.contains("") { found.append("") }
      guard let range = file.range(of: "/\(last)/") else { continue }
      let before = String(file[..<range.lowerBound])
      if found.last != before, !found.contains(before) { found.append(before) }
    }
    return found
  }

  /// What an annotation means by the name of a file.
  enum Found: Equatable {
    case one(String)
    case none
    /// Several files of that name, and nothing says which.
    case several([String])
  }

  /// - Parameters:
  ///   - name: as the annotation writes it: relative, absolute, or with the separators of Windows.
  ///   - near: folders, relative, in which it is looked for first.
  func find(_ name: String, near folders: [String]) -> Found {
    let name = Self.withSlashes(name)
    for folder in folders {
      if let relative = Self.joined(folder, name), let file = byPath[relative] { return .one(file) }
    }
    let candidates = byName[Self.name(of: name)] ?? []
    // Of several the one whose folders agree with the name's.
    let fitting = candidates.filter { $0 == name || $0.hasSuffix("/" + name) }
    if fitting.count == 1 { return .one(fitting[0]) }
    let near = candidates.filter { candidate in folders.contains(Self.folder(of: candidate)) }
    if near.count == 1 { return .one(near[0]) }
    return candidates.count == 1
      ? .one(candidates[0])
      : candidates.isEmpty ? .none : .several(candidates)
  }

  // MARK: Names

  static let imageEndings: Set<String> = [
    "jpg", "jpeg", "png", "tif", "tiff", "bmp", "gif", "webp", "ppm", "pgm",
  ]

  static func withSlashes(_ name: String) -> String {
    let slashed = name.contains("\\") ? name.replacing("\\", with: "/") : name
    return slashed.hasPrefix("./") ? String(slashed.dropFirst(2)) : slashed
  }

  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// `""` for a file of the folder itself.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// In lower case, without the point.
  static func ending(of path: String) -> String {
    let name = name(of: path)
    return name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
  }

  static func withoutEnding(_ path: String) -> String {
    guard let point = path.lastIndex(of: "."), !path[point...].contains("/") else { return path }
    return String(path[..<point])
  }

  /// The path with `..` and `.` taken out; `nil` where it leads out of the folder.
  static func joined(_ folder: String, _ name: String) -> String? {
    guard !name.hasPrefix("/") else { return nil }
    var parts = folder.split(separator: "/").map(String.init)
    for part in name.split(separator: "/") {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else if part != "." {
        parts.append(String(part))
      }
    }
    return parts.joined(separator: "/")
  }
}

extension SourceFolder {
  /// Which part a name speaks of: `train2017`, `val`, `instances_test.json`.
  static func part(in name: String) -> Part? {
    let words = name.lowercased().split { !$0.isLetter }
    for word in words {
      switch word {
      case "train", "training", "trainval", "tr": return .train
      case "val", "valid", "validation", "dev": return .validation
      case "test", "testing", "ts": return .test
      default: continue
      }
    }
    return nil
  }
}

extension SourceFolder {
  /// The endings of all files, as many as there are files.
  package var endings: [String] { files.map(Self.ending(of:)) }
}
