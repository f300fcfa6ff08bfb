internal import Foundation

/// A file that fits a pattern.
struct MatchedFile: Sendable, Hashable {
  /// As a list would write it: relative where the pattern is.
  let path: String
  /// The folders that it lies in below those that the pattern names outright; empty for none.
  let folder: String
  /// What each `*` and `**` stands for, in their order.
  let stars: [String]
}

/// Looks for the files that fit patterns, reading every folder once.
struct FileSearch {
  /// That relative patterns start from.
  let root: String
  private var folders: [String: FolderContents?] = [:]
  private var entries = 0
  /// Folders with names in them that are no text.
  private(set) var unreadable: [String] = []

  init(root: String) { self.root = root }

  /// A search of more is one of the wrong folder.
  private static let maximumEntries = 5_000_000

  /// The files that fit, each once, in their natural order.
  ///
  /// - Throws: ``PatternError`` where there are too many files to look through.
  mutating func files(_ pattern: FilePattern) throws(PatternError) -> [MatchedFile] {
    var found: [MatchedFile] = []
    for components in pattern.alternatives {
      let way = Way(path: pattern.text.hasPrefix("/") ? "/" : "")
      try follow(components[...], way, into: &found)
    }
    var known: Set<FilePath> = []
    return found.filter { known.insert(FilePath($0.path)).inserted }
      .sorted { NaturalOrder.precedes($0.path, $1.path) }
  }

  /// Where the search has come to.
  fileprivate struct Way {
    var path: String
    /// The folders behind the first wildcard; `nil` before it.
    var folders: [String]?
    var stars: [String] = []
    /// The folders that `**` has come through: a link may lead back into one.
    var trail: [FileIdentity] = []

    func into(_ name: String, wild: Bool) -> Way {
      var way = self
      way.path += (path.isEmpty || path.hasSuffix("/") ? "" : "/") + name
      if wild || folders != nil { way.folders = (folders ?? []) + [name] }
      return way
    }
  }

  private mutating func follow(
    _ rest: ArraySlice<FilePattern.Component>, _ way: Way, into found: inout [MatchedFile]
  ) throws(PatternError) {
    guard let component = rest.first else { return }
    let behind = rest.dropFirst()
    switch component {
    case .name(let name):
      let next = way.into(name, wild: false)
      if !behind.isEmpty {
        try follow(behind, next, into: &found)
      } else if try contents(of: way.path)?.files.contains(name) == true || isFile(next.path) {
        found.append(next.match)
      }
    case .wild(let pattern):
      guard let contents = try contents(of: way.path) else { return }
      for name in behind.isEmpty ? contents.files : contents.folders {
        guard let stars = pattern.match(name) else { continue }
        var next = way.into(name, wild: true)
        next.stars += stars
        if behind.isEmpty {
          found.append(next.match)
        } else {
          try follow(behind, next, into: &found)
        }
      }
    case .folders: try descend(behind, way, [], into: &found)
    }
  }

  /// Follows the rest of a pattern in a folder and in all folders below it.
  private mutating func descend(
    _ rest: ArraySlice<FilePattern.Component>, _ way: Way, _ below: [String],
    into found: inout [MatchedFile]
  ) throws(PatternError) {
    let identity = FileIdentity(FilePath(absolute(way.path)))
    guard !way.trail.contains(identity), let contents = try contents(of: way.path) else { return }
    var here = way
    here.folders = here.folders ?? []
    here.stars.append(below.joined(separator: "/"))
    try follow(rest, here, into: &found)
    for name in contents.folders where !name.hasPrefix(".") {
      var next = way.into(name, wild: true)
      next.trail.append(identity)
      try descend(rest, next, below + [name], into: &found)
    }
  }

  func absolute(_ path: String) -> String {
    path.isEmpty ? root : FilePath.resolve(path, in: root)
  }

  /// Tells whether there is a regular file at a path that may be relative.
  func isFile(_ path: String) -> Bool { FileStamp(FilePath(absolute(path))) != nil }

  private mutating func contents(of path: String) throws(PatternError) -> FolderContents? {
    let folder = absolute(path)
    if let known = folders[folder] { return known }
    let contents = FolderContents(folder)
    folders[folder] = .some(contents)
    if let contents {
      entries += contents.files.count + contents.folders.count
      if contents.unreadable > 0 { unreadable.append(folder) }
    }
    guard entries <= Self.maximumEntries else {
      throw PatternError(
        "leads through more than \(Self.maximumEntries) files", remedy: "name a folder further down"
      )
    }
    return contents
  }
}

extension FileSearch.Way {
  fileprivate var match: MatchedFile {
    MatchedFile(
      path: path, folder: (folders ?? []).dropLast().joined(separator: "/"), stars: stars)
  }
}

extension FileSearch {
  /// Why no file fits a pattern, and what lies where the pattern leads as far as it leads anywhere.
  func reason(_ pattern: FilePattern) -> String {
    var folder = pattern.text.hasPrefix("/") ? "/" : ""
    for component in pattern.alternatives[0].dropLast() {
      guard case .name(let name) = component else { break }
      let next = folder + (folder.isEmpty || folder.hasSuffix("/") ? "" : "/") + name
      guard FolderContents(absolute(next)) != nil else {
        let holds = FolderContents(absolute(folder)).map {
          "; \(absolute(folder)) holds \($0.description)"
        }
        return "there is no folder \(absolute(next))" + (holds ?? "")
      }
      folder = next
    }
    guard let contents = FolderContents(absolute(folder)) else {
      return "there is no folder \(absolute(folder))"
    }
    return "\(absolute(folder)) holds \(contents.description)"
  }
}
