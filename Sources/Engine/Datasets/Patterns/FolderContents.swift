internal import Foundation

/// The names in a folder.
struct FolderContents: Sendable {
  let folders: [String]
  let files: [String]
  /// How many names are no UTF-8 text, and cannot be written in a spec or a list.
  let unreadable: Int

  /// - Returns: `nil` where there is no such folder, or it may not be read.
  init?(_ path: String) {
    guard let folder = opendir(path.isEmpty ? "." : path) else { return nil }
    defer { closedir(folder) }
    var (folders, files, unreadable) = ([String](), [String](), 0)
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
          String(validatingCString: $0)
        }
      }
      guard let name else {
        unreadable += 1
        continue
      }
      if name == "." || name == ".." { continue }
      switch Int(entry.pointee.d_type) {
      case Int(DT_DIR): folders.append(name)
      case Int(DT_REG): files.append(name)
      case Int(DT_LNK), Int(DT_UNKNOWN):
        switch Self.kind(of: "\(path)/\(name)") {
        case S_IFDIR: folders.append(name)
        case S_IFREG: files.append(name)
        default: break
        }
      default: break
      }
    }
    self.folders = folders.sorted(by: NaturalOrder.precedes)
    self.files = files.sorted(by: NaturalOrder.precedes)
    self.unreadable = unreadable
  }

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// What the folder holds, for a message: `12 files of .png and the folders a, b`.
  var description: String {
    var counts: [String: Int] = [:]
    for name in files { counts[Self.ending(of: name), default: 0] += 1 }
    let endings = counts.keys.sorted { left, right in
      let (one, other) = (counts[left, default: 0], counts[right, default: 0])
      return one == other ? left < right : one > other
    }
    let shown = endings.prefix(3).map { ending in
      let count = counts[ending, default: 0]
      let files = count == 1 ? "1 file" : "\(count) files"
      return ending.isEmpty ? files : "\(files) in \(ending)"
    }
    let inside =
      folders.isEmpty
      ? [] : ["the \(folders.count == 1 ? "folder" : "folders") " + folders.listed(atMost: 6)]
    let all = shown + inside
    return all.isEmpty ? "nothing" : all.joined(separator: ", ")
  }

  /// With its dot; empty where a name has none.
  private static func ending(of name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
    return String(name[dot...])
  }
}

extension [String] {
  /// The first of some names, and how many there are besides.
  func listed(atMost limit: Int) -> String {
    prefix(limit).joined(separator: ", ") + (count > limit ? " and \(count - limit) more" : "")
  }
}
