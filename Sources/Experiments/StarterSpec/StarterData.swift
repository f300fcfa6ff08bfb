internal import DataLayouts
internal import Datasets
internal import Foundation
internal import Groundwork

/// Data that was looked at, and the spec that follows from it.
struct StarterData {
  private let found: FoundData
  private let overview: DataOverview
  let masks: GuessedMasks
  private let parts: [Part]

  /// Reads every image and mask once.
  ///
  /// - Throws: `DataError` or ``Failure`` where nothing can be trained on.
  init(
    _ found: FoundData, cache: InspectionCache = .standard, progress: (Int, Int) -> Void
  ) throws {
    self.found = found
    let parts = Part.allCases.filter { found.parts[$0] != nil }
    self.parts = parts
    let source = try OverviewSource(
      sets: parts.compactMap { part in found.parts[part].map { (part.rawValue, $0) } },
      root: found.root, images: found.images,
      threshold: found.masksAreLossy ? GuessedMasks.threshold : nil)
    let overview = DataOverviewer(source, cache: cache).overview(progress: progress)
    self.overview = overview
    guard overview.problems.isEmpty else { throw DataError(overview.problems) }
    let file = found.classFile.flatMap { try? ClassFile(path: "\(found.root)/\($0)") }
    masks = try GuessedMasks(
      FoundValues(overview, areShades: found.masksAreLossy), file: file,
      path: file == nil ? nil : found.classFile)
    let count = overview.sets[0].samples.count
    guard count > 1 || parts.contains(.validation) else {
      throw Failure(
        .badInput,
        "error: there is one labelled image, and one trains while another validates: label a second one, or name "
          + "a list for each")
    }
  }

  /// - Parameters:
  ///   - folder: where the spec will lie.
  ///   - origin: the command that makes it.
  func spec(name: String, folder: String, origin: String) -> StarterSpec {
    let train = overview.sets[0]
    var spec = StarterSpec(
      name: name, origin: origin, train: entry(.train) ?? .init(yaml: "", about: ""),
      validation: entry(.validation), test: entry(.test), trainingCount: train.samples.count,
      classes: masks.entry)
    spec.root = Self.root(found.root, from: folder)
    spec.masks = masks.masks
    spec.ignore = masks.ignore.map(String.init)
    spec.sizes = Dictionary(uniqueKeysWithValues: train.sizes.map { ($0.size, $0.samples) })
    spec.geometry = StarterGeometry(spec.sizes)
    spec.channels = channels
    spec.losses = losses
    spec.assumptions = found.assumptions + masks.assumptions
    guard !parts.contains(.validation) else { return spec }
    if train.samples.contains(where: { $0.images[0].slice != nil }) {
      spec.assumptions.append("slices of one volume stay together, in training or in validation")
    } else if let groups = GuessedGroups(train.samples.map(\.imageName)) {
      spec.groups = groups.entry
      spec.assumptions.append(groups.assumption)
    }
    return spec
  }

  /// Labelled images, or slices, of each part.
  var counts: [(part: Part, count: Int)] {
    zip(parts, overview.sets).map { ($0, $1.samples.count) }
  }

  private func entry(_ part: Part) -> StarterSpec.Entry? {
    guard let sources = found.parts[part], let place = parts.firstIndex(of: part) else {
      return nil
    }
    let samples = overview.sets[place].samples
    let isOfSlices = samples.contains { $0.images[0].slice?.index != nil }
    return .init(
      yaml: sources.yaml(indent: "    "),
      about: Units.count(samples.count, isOfSlices ? "labelled slice" : "labelled image"))
  }

  /// Of each image of a sample: the most that occur, but for those of an alpha channel.
  private var channels: [Int] {
    let kinds = overview.sets.flatMap(\.images)
    return (0..<found.images).map { image in
      let counts = kinds.filter { $0.image == image }.map { ($0.channels.count, $0.depth) }
      let most = counts.map(\.0).max() ?? 3
      let isOfSlices = overview.sets.contains { set in
        set.samples.contains { $0.images.indices.contains(image) && $0.images[image].slice != nil }
      }
      // Volumes have channels of their own, and none that says how others are shown.
      if isOfSlices { return most }
      return most == 2 ? 1 : most == 4 && counts.contains { $0.1 == .bits8 } ? 3 : most
    }
  }

  /// Weights where a class is rare.
  private var losses: StarterSpec.Entry {
    let seen = masks.pixels.enumerated().filter { $0.element > 0 }
    guard let least = seen.min(by: { $0.element < $1.element }),
      let most = seen.max(by: { $0.element < $1.element }), least.element * 10 < most.element,
      masks.classes.indices.contains(least.offset)
    else { return .init(yaml: "[cross_entropy, dice]", about: "") }
    let ratio = most.element / least.element
    return .init(
      yaml: "[{cross_entropy: {class_weights: median_frequency}}, dice]",
      about:
        "\(masks.classes[least.offset]) has one pixel where \(masks.classes[most.offset]) has \(Units.count(Int(ratio)))"
    )
  }

  private static func root(_ root: String, from folder: String) -> String {
    let path = URL(fileURLWithPath: root).resolvingSymlinksInPath().path
    if path == URL(fileURLWithPath: folder).resolvingSymlinksInPath().path { return "." }
    return RelativePath.from(folder, to: path)
  }
}

extension SampleSources {
  /// As a spec writes them.
  ///
  /// - Parameter indent: of the items where there are several.
  fileprivate func yaml(indent: String) -> String {
    let texts = parts.map { part in
      switch part.list {
      case .file(let path): StarterSpec.quoted(path)
      case .pairs(let pairs): pairs.yaml
      }
    }
    return texts.count == 1 ? texts[0] : texts.map { "\n\(indent)- \($0)" }.joined()
  }
}

extension FilePairs {
  fileprivate var yaml: String {
    func list(_ texts: [String]) -> String {
      texts.count == 1
        ? StarterSpec.quoted(texts[0])
        : "[\(texts.map(StarterSpec.quoted).joined(separator: ", "))]"
    }
    return
      "{images: \(list(images)), masks: \(list(masks))\(leavesOutUnpaired ? ", unpaired: skip" : "")}"
  }
}
