internal import Datasets
internal import Foundation

/// The patterns that find the images and masks of some folders.
struct FolderPatterns {
  private let matches: [FolderMatch]
  /// True where no other part has folders of the same kind.
  private let isOnly: Bool
  private let folder: SourceFolder

  init(_ matches: [FolderMatch], isOnly: Bool, in folder: SourceFolder) {
    (self.matches, self.isOnly, self.folder) = (matches, isOnly, folder)
  }

  /// More patterns are no spec that somebody wants to read.
  private static let most = 50

  func sources() throws(LayoutError) -> [FilePairs] {
    let groups = Dictionary(grouping: matches, by: \.kind).values
      .sorted { $0[0].imageFolder < $1[0].imageFolder }
    var sources: [FilePairs] = []
    for group in groups {
      if canJoin(group) {
        sources.append(try pattern(group))
      } else {
        for match in group { sources.append(try pattern([match])) }
      }
    }
    guard sources.count <= Self.most else {
      throw DataSearch.refusal(
        folder.path,
        "holds pairs in \(sources.count) folders of different forms: list them, one 'image mask' a line, in "
          + "train.txt")
    }
    return sources
  }

  /// True where one pattern finds these folders and no others.
  private func canJoin(_ group: [FolderMatch]) -> Bool {
    let parents = Set(group.map(\.parent))
    if parents.count == 1 { return true }
    return group.allSatisfy { $0.rest.isEmpty } && (isOnly || !Self.common(parents).isEmpty)
  }

  /// - Parameter group: of one kind.
  private func pattern(_ group: [FolderMatch]) throws(LayoutError) -> FilePairs {
    let first = group[0]
    let parents = Set(group.map(\.parent))
    var (images, masks, stars) = ("", "", 0)
    func add(_ image: String?, _ mask: String?) {
      images = FolderMatch.joined([images, image ?? ""])
      masks = FolderMatch.joined([masks, mask ?? ""])
    }
    if parents.count == 1 {
      add(first.parent, first.parent)
    } else {
      let common = Self.common(parents)
      stars += 1
      add(common, common)
      add("**", "{\(stars)}")
    }
    add(first.images, first.masks)
    if group.contains(where: { $0.rest != first.rest }) {
      stars += 1
      add("**", "{\(stars)}")
    } else {
      add(first.rest, first.rest)
    }
    try checkPlain([first.parent, first.images ?? "", first.masks ?? "", first.rest])
    let endings = group.reduce(into: Set<String>()) { $0.formUnion($1.imageEndings) }.sorted()
    let ending =
      endings.count == 1
      ? endings[0] : ".{\(endings.map { $0.dropFirst() }.joined(separator: ","))}"
    let (image, mask) = (first.rule.image, first.rule.mask)
    try checkPlain(
      [image.before, image.after, mask.before, mask.after, first.maskEnding] + endings)
    let isWhole =
      image.before.isEmpty && image.after.isEmpty && !endings.contains { $0.contains("mrc.gz") }
    let key = isWhole ? "{stem}" : "{\(stars + 1)}"
    let parts = VolumeParts(first, in: folder)
    func path(_ folder: String, _ name: String) -> String { FolderMatch.joined([folder, name]) }
    let pattern = path(images, "\(image.before)*\(image.after)\(ending)")
    let further = channels(group).map { channel in
      path(images.replacing("**", with: "{1}"), "\(image.before)\(key)\(channel)\(endings[0])")
    }
    return FilePairs(
      images: [pattern + parts.image] + further.map { $0 + parts.image },
      masks: [path(masks, "\(mask.before)\(key)\(mask.after)\(first.maskEnding)") + parts.mask],
      leavesOutUnpaired: group.contains { $0.unpaired > 0 })
  }

  /// The files of further channels as nnU-Net names them, `_0001` and so on beside `_0000`.
  private func channels(_ group: [FolderMatch]) -> [String] {
    guard group.count == 1, group[0].rule.image.after == "_0000" else { return [] }
    let match = group[0]
    var found: [String] = []
    for number in 1...16 {
      let channel = "_" + String(repeating: "0", count: number < 10 ? 3 : 2) + "\(number)"
      let isThere = match.paired.allSatisfy { image in
        folder.file(
          FolderMatch.joined([image.folder, image.stem.dropLast(5) + channel + image.ending]))
          != nil
      }
      guard isThere else { break }
      found.append(channel)
    }
    return found
  }

  /// The folders that all of some lie in.
  private static func common(_ parents: Set<String>) -> String {
    let paths = parents.map { $0.split(separator: "/") }
    guard var common = paths.first else { return "" }
    for path in paths { common = zip(common, path).prefix { $0 == $1 }.map(\.0) }
    return common.joined(separator: "/")
  }

  /// Characters that patterns take for something else.
  private func checkPlain(_ texts: [String]) throws(LayoutError) {
    guard let text = texts.first(where: { $0.contains { "*?{}".contains($0) } }) else { return }
    throw DataSearch.refusal(
      folder.path,
      "has names with '\(text)', which patterns cannot say: rename them, or list the files, one 'image mask' a "
        + "line, in train.txt")
  }
}
