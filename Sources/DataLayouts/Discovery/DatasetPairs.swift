internal import Datasets

/// HDF5 files that hold both images and masks, each in a dataset.
struct DatasetPairs {
  let data: FoundData?

  init(_ files: [NamedFile], in folder: SourceFolder) {
    let both = files.filter { VolumeContents.hasDatasets($0.path) }
    guard let first = both.first,
      let image = VolumeParts.dataset(folder.full(first.path), VolumeParts.images),
      let mask = VolumeParts.dataset(
        folder.full(first.path), VolumeParts.masks.filter { ":\($0)[:]" != image })
    else {
      data = nil
      return
    }
    let parts = Dictionary(grouping: both) { NameWords.part(in: $0.path) ?? .train }
    var sources: [Part: SampleSources] = [:]
    for (part, own) in parts {
      let folders = Set(own.map(\.folder)).sorted()
      let ending = own[0].ending
      sources[part] = SampleSources(
        folders.map { place in
          let path = FolderMatch.joined([place, ""])
          let names = own.filter { $0.folder == place }
          // Several parts in one folder are told apart by their names.
          let isShared = both.contains { $0.folder == place && !names.contains($0) }
          let prefix = isShared ? Self.start(names.map(\.stem)) : ""
          let pattern = FolderMatch.joined([path, "\(prefix)*\(ending)"])
          let file = FolderMatch.joined([path, "{name}"])
          return SampleSources.Part(
            .pairs(FilePairs(images: [pattern + image], masks: [file + mask])))
        })
    }
    guard sources[.train] != nil else {
      data = nil
      return
    }
    var found = FoundData(root: folder.path, parts: sources)
    found.classFile = ClassFileSearch.file(in: folder)
    found.assumptions = ["images are \(image) and masks \(mask) of each HDF5 file"]
    if sources.count == 1, both.count == 1, let split = SplitVolume(first, image, mask, folder) {
      found.parts = split.parts
      found.assumptions.append(split.assumption)
    }
    data = found
  }

  /// What all names begin with.
  private static func start(_ names: [String]) -> String {
    guard var start = names.first else { return "" }
    for name in names { start = String(zip(start, name).prefix { $0 == $1 }.map(\.0)) }
    return start
  }
}
