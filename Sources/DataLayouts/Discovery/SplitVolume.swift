internal import Datasets

/// One volume that is all there is: its first slices train and its last ones validate.
struct SplitVolume {
  let parts: [Part: SampleSources]
  let assumption: String

  /// - Parameter sources: the pattern of the volume.
  /// - Returns: `nil` where the match is more than one file, or no volume.
  init?(_ match: FolderMatch, _ sources: SampleSources?, _ folder: SourceFolder) {
    guard match.paired.count == 1, case .pairs(let pairs)? = sources?.parts.first?.list,
      pairs.images.count == 1
    else { return nil }
    let (image, dataset) = Self.file(match.paired[0].path + Self.part(of: pairs.images[0]))
    guard case .slices(let count)? = VolumeContents(of: folder.full(image), dataset: dataset) else {
      return nil
    }
    let masks = Self.file(match.firstMask.path + Self.part(of: pairs.masks[0]))
    self.init((image, dataset), masks, count)
  }

  init?(_ file: NamedFile, _ image: String, _ mask: String, _ folder: SourceFolder) {
    let (images, masks) = (Self.file(file.path + image), Self.file(file.path + mask))
    guard
      case .slices(let count)? = VolumeContents(
        of: folder.full(images.path), dataset: images.dataset)
    else { return nil }
    self.init(images, masks, count)
  }

  /// - Returns: `nil` where the first is no volume.
  init?(_ image: NamedFile, _ mask: NamedFile, _ folder: SourceFolder) {
    guard !VolumeContents.hasDatasets(image.path),
      case .slices(let count)? = VolumeContents(of: folder.full(image.path))
    else { return nil }
    self.init((image.path, ""), (mask.path, ""), count)
  }

  private init?(
    _ image: (path: String, dataset: String), _ mask: (path: String, dataset: String), _ count: Int
  ) {
    guard count > 1 else { return nil }
    let first = count - max(1, count / 5)
    func pairs(_ slices: String) -> SampleSources {
      func entry(_ file: (path: String, dataset: String)) -> String {
        file.path + (file.dataset.isEmpty ? "" : ":\(file.dataset)") + slices
      }
      return SampleSources([.init(.pairs(FilePairs(images: [entry(image)], masks: [entry(mask)])))])
    }
    parts = [.train: pairs("[0:\(first)]"), .validation: pairs("[\(first):\(count)]")]
    assumption =
      "\(image.path) is the only volume: its last \(count - first) of \(count) slices validate, which lie beside "
      + "those that train, so that values look better than on another volume"
  }

  /// `:/raw[:]` of `scans/*.h5:/raw[:]`.
  private static func part(of pattern: String) -> String {
    guard let start = pattern.range(of: ":/")?.lowerBound ?? pattern.lastIndex(of: "[") else {
      return ""
    }
    return String(pattern[start...])
  }

  private static func file(_ entry: String) -> (path: String, dataset: String) {
    let volume = try? VolumeEntry(entry)
    return (volume?.file ?? entry, volume?.dataset ?? "")
  }
}
