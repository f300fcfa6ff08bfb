internal import Datasets

/// Says in patterns which images and masks go together.
struct PairedFolders {
  private let matches: FolderMatches
  private let folder: SourceFolder

  init(_ matches: FolderMatches, in folder: SourceFolder) {
    (self.matches, self.folder) = (matches, folder)
  }

  /// - Throws: ``LayoutError`` where nothing goes together.
  func data() throws(LayoutError) -> FoundData {
    guard !matches.all.isEmpty else {
      let data =
        DatasetPairs(matches.files, in: folder).data ?? VolumePair(matches.files, in: folder).data
      if let data { return data }
      throw nothing
    }
    var byPart = Dictionary(grouping: matches.all) { $0.part ?? .train }
    var assumptions: [String] = []
    if byPart[.train] == nil {
      // Folders for judgement alone: they are all there is to train on.
      let part = Part.allCases.first { byPart[$0] != nil } ?? .validation
      byPart[.train] = byPart.removeValue(forKey: part)
      assumptions.append("no folder is named for training: that for \(part.rawValue) is trained on")
    }
    var parts: [Part: SampleSources] = [:]
    for (part, own) in byPart {
      let sources = try FolderPatterns(own, isOnly: byPart.count == 1, in: folder).sources()
      parts[part] = SampleSources(sources.map { SampleSources.Part(.pairs($0)) })
    }
    if byPart.count == 1, matches.all.count == 1,
      let split = SplitVolume(matches.all[0], parts[.train], folder)
    {
      parts = split.parts
      assumptions.append(split.assumption)
    }
    var data = FoundData(root: folder.path, parts: parts)
    data.images = parts[.train]?.images ?? 1
    data.classFile = ClassFileSearch.file(in: folder)
    data.masksAreLossy = matches.all.contains { FoundData.isLossy($0.firstMask.path) }
    data.assumptions = assumptions + self.assumptions
    return data
  }

  private var assumptions: [String] {
    var found: [String] = []
    let unpaired = matches.all.map(\.unpaired).reduce(0, +)
    if unpaired > 0 {
      found.append(
        "\(unpaired) \(unpaired == 1 ? "image has" : "images have") no mask and \(unpaired == 1 ? "is" : "are") left out"
      )
    }
    let spare = matches.all.map(\.spare).reduce(0, +)
    if spare > 0 {
      found.append(
        "\(spare) \(spare == 1 ? "mask has" : "masks have") no image and \(spare == 1 ? "is" : "are") not used"
      )
    }
    if !matches.leftAside.isEmpty {
      found.append(
        "\(matches.leftAside.listed) \(matches.leftAside.count == 1 ? "holds" : "hold") other masks of the same images and "
          + "\(matches.leftAside.count == 1 ? "is" : "are") left aside: \(matches.all[0].maskFolder) counts"
      )
    }
    return found
  }

  /// Why nothing was found, and what would be.
  private var nothing: DataError {
    let form = "images/NAME.jpg with masks/NAME.png, or NAME.png with NAME_mask.png beside it"
    let files = matches.files
    guard !files.isEmpty else {
      let endings = Dictionary(grouping: folder.files, by: SourceFolder.ending).mapValues(\.count)
        .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(4)
      let held = endings.map { "\($0.value) .\($0.key)" }.joined(separator: ", ")
      return DataSearch.refusal(
        folder.path,
        "holds no images or volumes that can be read, but \(held): put them there as \(form)")
    }
    if let masks = matches.withoutImages.first {
      return DataSearch.refusal(
        folder.path,
        "\(masks) seems to hold masks, and no folder beside it has images of such names: call the files of "
          + "an image and its mask alike, as \(form), or list them, one 'image mask' a line, in train.txt"
      )
    }
    return DataSearch.refusal(
      folder.path,
      "holds \(files.count) images, and none whose name or folder says that it is a mask: lay them out as "
        + "\(form), or list them, one 'image mask' a line, in train.txt")
  }
}

extension SampleSources {
  /// How many images a sample of the patterns has.
  fileprivate var images: Int {
    guard case .pairs(let pairs)? = parts.first?.list else { return 1 }
    return pairs.images.count
  }
}
