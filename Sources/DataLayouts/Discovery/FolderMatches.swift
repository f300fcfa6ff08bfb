internal import Datasets

/// Finds folders of images and of masks whose names go together.
struct FolderMatches {
  private(set) var all: [FolderMatch] = []
  /// Folders of masks that were left aside, since other masks of the same images were taken.
  private(set) var leftAside: [String] = []
  /// Folders of masks, and files of masks, that no image belongs to.
  private(set) var withoutImages: [String] = []
  /// The images that were looked at.
  let files: [NamedFile]

  init(_ folder: SourceFolder) {
    let endings = SourceFolder.imageEndings.union(VolumeContents.endings)
    files = folder.files.map(NamedFile.init).filter { endings.contains($0.format) }
    let byFolder = Dictionary(grouping: files, by: \.folder)
    let folders = byFolder.keys.sorted()
    var matches: [FolderMatch] = []
    for masks in folders {
      let components = masks.split(separator: "/").map(String.init)
      let place = components.lastIndex { NameWords.meansMasks($0) }
      guard !components.contains(where: NameWords.meansOthers) else { continue }
      let match =
        if let place {
          Self.besides(components, place, byFolder, folders)
        } else {
          Self.within(masks, byFolder[masks] ?? [])
        }
      if let match { matches.append(match) } else if place != nil { withoutImages.append(masks) }
    }
    choose(matches)
  }

  /// Of several folders of masks for the same images one counts: that whose name is nothing but a word
  /// for masks, else that with the most masks.
  private mutating func choose(_ matches: [FolderMatch]) {
    for (_, group) in Dictionary(grouping: matches, by: \.imageFolder).sorted(by: {
      $0.key < $1.key
    }) {
      let ordered = group.sorted { Self.rank($0) > Self.rank($1) }
      all.append(ordered[0])
      leftAside += ordered.dropFirst().map(\.maskFolder)
    }
    all.sort { $0.imageFolder < $1.imageFolder }
  }

  private static func rank(_ match: FolderMatch) -> (Int, Int) {
    (match.masks.map(NameWords.isOneForMasks) ?? false ? 1 : 0, match.paired.count)
  }

  /// The images of the masks of a folder, in a folder beside it.
  private static func besides(
    _ masks: [String], _ place: Int, _ byFolder: [String: [NamedFile]], _ folders: [String]
  ) -> FolderMatch? {
    var best: (match: FolderMatch, rank: (Int, Int))?
    let parent = masks[..<place].joined(separator: "/")
    let rest = masks[(place + 1)...].joined(separator: "/")
    let own = byFolder[masks.joined(separator: "/")] ?? []
    for folder in folders {
      let components = folder.split(separator: "/").map(String.init)
      let beside: String?
      if components.count == masks.count, components[place] != masks[place],
        components[..<place] == masks[..<place],
        components[(place + 1)...] == masks[(place + 1)...]
      {
        beside = components[place]
      } else if folder == FolderMatch.joined([parent, rest]) {
        beside = nil
      } else {
        continue
      }
      guard !(beside.map { NameWords.meansMasks($0) || NameWords.meansOthers($0) } ?? false),
        let match = match(byFolder[folder] ?? [], own, in: (parent, beside, masks[place], rest))
      else { continue }
      let parts = (NameWords.part(in: match.imageFolder), NameWords.part(in: match.maskFolder))
      if let image = parts.0, let mask = parts.1, image != mask { continue }
      let rank = (match.paired.count, beside.map(NameWords.meansImages) ?? false ? 1 : 0)
      if best.map({ rank > $0.rank }) ?? true { best = (match, rank) }
    }
    return best?.match
  }

  /// Images and masks in one folder: the masks' names say that they are masks.
  private static func within(_ folder: String, _ files: [NamedFile]) -> FolderMatch? {
    let masks = files.filter { NameWords.meansMasks($0.stem) }
    guard !masks.isEmpty, masks.count < files.count else { return nil }
    let images = files.filter { !NameWords.meansMasks($0.stem) }
    return match(images, masks, in: (folder, nil, nil, ""))
  }

  private static func match(
    _ images: [NamedFile], _ masks: [NamedFile],
    in place: (parent: String, images: String?, masks: String?, rest: String)
  ) -> FolderMatch? {
    guard
      let rule = NameRule.best(images: images.map(\.stem), masks: masks.map(\.stem))?.rule
    else { return nil }
    let byStem = Dictionary(grouping: masks, by: \.stem)
    var found: [(image: NamedFile, mask: NamedFile)] = []
    for image in images {
      if let mask = rule.mask(of: image.stem).flatMap({ byStem[$0]?.first }) {
        found.append((image, mask))
      }
    }
    // The ending that most masks have: a pattern names one.
    let endings = Dictionary(grouping: found, by: \.mask.ending)
    guard
      let (ending, pairs) = endings.max(by: {
        ($0.value.count, $1.key) < ($1.value.count, $0.key)
      })
    else { return nil }
    let ownImages = images.filter { rule.image.key(of: $0.stem) != nil }
    return FolderMatch(
      parent: place.parent, images: place.images, masks: place.masks, rest: place.rest, rule: rule,
      imageEndings: Set(pairs.map(\.image.ending)), maskEnding: ending,
      paired: pairs.map(\.image), firstMask: pairs[0].mask,
      unpaired: ownImages.count - pairs.count, spare: masks.count - pairs.count)
  }
}
