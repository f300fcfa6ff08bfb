internal import Datasets
internal import Groundwork
internal import Tasks
internal import Tracking

extension SpecValidation {
  /// Patterns name as many images as a sample has, and as many masks as the task takes of one.
  mutating func checkPatterns() {
    guard let data = draft.data else { return }
    let reading = (draft.task ?? .standard).task.reading
    let masks = reading.masks(classes: data.classNames.count)
    let images = data.stack.images.count
    for (path, pairs) in data.pairs {
      if pairs.images.count != images {
        let path = path.appending(FilePairs.imagesKey)
        report(
          .unfitChannels,
          "\(path) has \(Self.count(pairs.images.count, "pattern")), but data.channels means "
            + "\(Self.count(images, "image")) a sample",
          at: path,
          remedy: "write a pattern and a number of channels for each image, as "
            + "images: [\"rgb/*.png\", \"depth/{stem}.png\"] with channels: [3, 1]")
      }
      if pairs.masks.count != masks {
        let path = path.appending(FilePairs.masksKey)
        report(
          .unfitMasks,
          "\(path) has \(Self.count(pairs.masks.count, "pattern")), but the task takes "
            + "\(Self.count(masks, "mask")) of a sample", at: path,
          remedy: masks == 1
            ? "write one" : "write one for each class, in the order of data.classes")
      }
    }
  }

  private static func count(_ number: Int, _ thing: String) -> String {
    number == 1 ? "1 \(thing)" : "\(number) \(thing)s"
  }
}

extension DataSection {
  /// All patterns of images and masks, with their places.
  fileprivate var pairs: [(path: SpecPath, pairs: FilePairs)] {
    let data = SpecPath(components: ["data"])
    var found: [(path: SpecPath, pairs: FilePairs)] = []
    func add(_ sources: SampleSources, _ path: SpecPath) {
      for (place, part) in sources.parts.enumerated() {
        guard case .pairs(let pairs) = part.list else { continue }
        found.append((sources.parts.count == 1 ? path : path.appending("\(place)"), pairs))
      }
    }
    func add(_ sets: JudgedSets, _ path: SpecPath) {
      for set in sets.sets { add(set.sources, set.name.map(path.appending) ?? path) }
    }
    if case .lists(let train, let validation) = source {
      add(train, data.appending("train"))
      if case .list(let sets) = validation { add(sets, data.appending("validation")) }
    }
    if let test { add(test, data.appending("test")) }
    return found
  }
}
