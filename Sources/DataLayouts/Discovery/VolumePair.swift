internal import Datasets

/// Two volumes that are called for what they hold, as `images.tif` and `labels.tif`.
struct VolumePair {
  let data: FoundData?

  /// - Parameter files: the images and volumes of the folder; two such volumes in it, and no more.
  init(_ files: [NamedFile], in folder: SourceFolder) {
    let masks = files.filter { NameWords.isOneForMasks($0.stem) }
    let images = files.filter { NameWords.isOneForImages($0.stem) }
    guard masks.count == 1, images.count == 1, masks[0].folder == images[0].folder,
      let split = SplitVolume(images[0], masks[0], folder)
    else {
      data = nil
      return
    }
    var found = FoundData(root: folder.path, parts: split.parts)
    found.classFile = ClassFileSearch.file(in: folder)
    found.assumptions = [split.assumption]
    data = found
  }
}
