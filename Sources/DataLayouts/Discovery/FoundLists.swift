internal import Datasets

/// Lists of samples among text files.
struct FoundLists {
  /// The list of each part, relative to the folder.
  private(set) var parts: [Part: String] = [:]
  /// Further lists, which were left aside.
  private(set) var others: [String] = []
  private(set) var images = 1
  private(set) var masksAreLossy = false

  /// The lists that lie in a folder itself and whose first image and mask are there; empty where none is.
  init(in folder: SourceFolder) {
    let texts = folder.files.filter {
      !$0.contains("/") && Self.endings.contains(SourceFolder.ending(of: $0))
    }
    var found: [(file: String, glance: ListGlance)] = []
    for file in texts {
      guard let glance = ListGlance(FileEnds.text(folder.full(file))), glance.masks.count == 1,
        glance.isThere(in: folder.path)
      else { continue }
      found.append((file, glance))
    }
    // `train.txt` before `train_instances.txt`.
    found.sort { ($0.file.utf8.count, $0.file) < ($1.file.utf8.count, $1.file) }
    for (file, _) in found {
      let part = NameWords.part(in: SourceFolder.withoutEnding(file))
      if let part, parts[part] == nil { parts[part] = file } else { others.append(file) }
    }
    if parts[.train] == nil, parts.isEmpty, !others.isEmpty { parts[.train] = others.removeFirst() }
    if parts[.train] == nil { parts = [:] }
    guard let glance = found.first(where: { $0.file == parts[.train] })?.glance else { return }
    images = glance.images.count
    masksAreLossy = FoundData.isLossy(glance.masks[0])
  }

  private static let endings: Set<String> = ["txt", "lst", "list"]
}
