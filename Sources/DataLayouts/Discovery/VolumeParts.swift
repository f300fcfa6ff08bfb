internal import Datasets

/// What is named in files that hold more than one image: all pages of a TIFF, or a dataset of HDF5.
struct VolumeParts {
  private(set) var image = ""
  private(set) var mask = ""

  /// By the first image of a match and its mask.
  init(_ match: FolderMatch, in folder: SourceFolder) {
    guard let image = match.paired.first else { return }
    self.image = Self.part(folder.full(image.path), Self.images)
    mask = Self.part(folder.full(match.firstMask.path), Self.masks)
    // A dataset that is one image beside one that has slices would be no pair.
    if self.image == "[:]", mask.isEmpty { mask = "[:]" }
  }

  static let images = [
    "/raw", "/image", "/images", "/data", "/volume", "/volumes/raw", "/img", "/input", "/x",
    "/exported_data",
  ]
  static let masks = [
    "/label", "/labels", "/mask", "/masks", "/gt", "/groundtruth", "/ground_truth", "/segmentation",
    "/seg", "/target", "/volumes/labels", "/volumes/labels/neuron_ids", "/y", "/exported_data",
    "/data",
  ]

  private static func part(_ path: String, _ datasets: [String]) -> String {
    if VolumeContents.hasDatasets(path) { return dataset(path, datasets) ?? "" }
    let isTIFF = ["tif", "tiff"].contains(SourceFolder.ending(of: path))
    if isTIFF, case .slices(let pages)? = VolumeContents(of: path), pages > 1 { return "[:]" }
    return ""
  }

  /// The first of some datasets that a file has, as a list names it.
  static func dataset(_ path: String, _ names: [String]) -> String? {
    for name in names {
      switch VolumeContents(of: path, dataset: name) {
      case .slices: return ":\(name)[:]"
      case .image: return ":\(name)"
      case nil: continue
      }
    }
    return nil
  }
}
