/// What names of folders and files say of what they hold.
enum NameWords {
  private static let ofMasks: Set<String> = [
    "mask", "masks", "label", "labels", "labelstr", "labelsts", "annotation", "annotations",
    "annot",
    "annots", "anno", "gt", "gts", "groundtruth", "truth", "truths", "seg", "segs", "segmentation",
    "segmentations", "segmentationclass", "target", "targets", "manual", "matte", "mattes",
  ]
  private static let ofImages: Set<String> = [
    "image", "images", "img", "imgs", "imagestr", "imagests", "jpegimages", "frame", "frames",
    "photo",
    "photos", "input", "inputs", "rgb", "raw", "scan", "scans", "volume", "volumes",
  ]
  /// What lies there is neither.
  private static let ofOthers: Set<String> = [
    "unlabelled", "unlabeled", "instance", "instances", "pred", "preds", "prediction",
    "predictions",
    "overlay", "overlays", "preview", "previews", "thumbnail", "thumbnails", "visualization",
    "visualizations",
  ]
  private static let ofParts = [
    "training", "train", "validation", "valid", "val", "testing", "test",
  ]

  /// `train_masks`, `trainannot` and `masks2` speak of masks.
  static func meansMasks(_ name: String) -> Bool { words(name).contains(where: ofMasks.contains) }

  /// Nothing but such a word.
  static func isOneForMasks(_ name: String) -> Bool { ofMasks.contains(name.lowercased()) }

  static func isOneForImages(_ name: String) -> Bool { ofImages.contains(name.lowercased()) }

  static func meansImages(_ name: String) -> Bool { words(name).contains(where: ofImages.contains) }

  static func meansOthers(_ name: String) -> Bool { words(name).contains(where: ofOthers.contains) }

  /// Which part a path speaks of; `imagesTr` and `labelsTs` are those of nnU-Net and the Decathlon.
  static func part(in path: String) -> Part? {
    for component in path.split(separator: "/") {
      if component.hasSuffix("sTr") { return .train }
      if component.hasSuffix("sTs") { return .test }
      let words = Self.words(String(component)).joined(separator: " ")
      if let part = SourceFolder.part(in: words) { return part }
    }
    return nil
  }

  /// In lower case, with the name of a part taken off that is written together with another word.
  private static func words(_ name: String) -> [String] {
    name.lowercased().split { !$0.isLetter }.flatMap { word -> [String] in
      guard let part = ofParts.first(where: { word.hasPrefix($0) }), part.count < word.count,
        ofMasks.contains(String(word.dropFirst(part.count)))
          || ofImages.contains(String(word.dropFirst(part.count)))
      else { return [String(word)] }
      return [part, String(word.dropFirst(part.count))]
    }
  }
}
