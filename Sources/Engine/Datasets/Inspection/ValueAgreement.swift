internal import Groundwork

/// Checks that the values of a data set's files are on one scale, and that the settings agree with
/// it.
struct ValueAgreement {
  private let configuration: DataConfiguration
  /// The depth and the name of each image of the first sample.
  private var first: [(depth: PixelDepth, name: String)] = []
  /// The least and the greatest value of each image of a sample, over all samples.
  private var extents: [ClosedRange<Double>?] = []
  private var others: [(depth: PixelDepth, image: Int, name: String, sample: ListedSample)] = []
  /// The value that is class 1 in the first binary mask that has one, and the mask's name.
  private var white: (value: Int, name: String)?
  private var otherWhites: [(value: Int, sample: ListedSample)] = []

  init(_ configuration: DataConfiguration) { self.configuration = configuration }

  mutating func add(_ facts: SampleFacts, _ sample: ListedSample) {
    let parts = configuration.stack.stackedImages
    for (index, depth) in facts.depths.enumerated() {
      let (image, name) = (parts[index].image, sample.stackedImages[index].name)
      if image == first.count {
        first.append((depth, name))
        extents.append(nil)
      }
      if index < facts.extents.count, let extent = facts.extents[index] {
        let known = extents[image] ?? extent
        extents[image] =
          min(known.lowerBound, extent.lowerBound)...max(known.upperBound, extent.upperBound)
      }
      if depth != first[image].depth { others.append((depth, image, name, sample)) }
    }
    guard let value = facts.white else { return }
    if let white {
      if value != white.value { otherWhites.append((value, sample)) }
    } else {
      white = (value, sample.maskName)
    }
  }

  /// The depth of each image of a sample.
  var depths: [PixelDepth] { first.map(\.depth) }

  /// The depth that samples are kept in.
  var depth: PixelDepth {
    configuration.noData == nil ? depths.max() ?? .bits8 : .real
  }

  /// What images of more than 8 bits hold, one line for each image of a sample.
  var texts: [String] {
    zip(first, extents).compactMap { first, extent in
      extent.map { extent in
        let (least, most) = (Bounds.text(extent.lowerBound), Bounds.text(extent.upperBound))
        let text = "\(first.depth.description), \(least)…\(most)"
        guard first.depth == .bits16 else { return text }
        guard configuration.range == nil, configuration.normalization != .dataset,
          extent.upperBound < 32_768
        else { return text + " of 0…65535" }
        return text
          + " of 0…65535, which normalize takes for 0…1: set data.range where they cannot "
          + "hold more, as [0, \(most)]"
      }
    }
  }

  /// One problem for all that differ: they have one remedy.
  var problems: [DataProblem] {
    var problems: [DataProblem] = []
    if let other = others.first {
      let (depth, name) = first[other.image]
      let more =
        switch others.count {
        case 1: ""
        case 2: ", and 1 more image differs"
        default: ", and \(others.count - 1) more images differ"
        }
      problems.append(
        other.sample.problem(
          "image \(other.name) is \(other.depth.description), \(name) is \(depth.description)"
            + "\(more): their values have no scale in common, save all in one depth"))
    }
    if let white, let other = otherWhites.first {
      problems.append(
        other.sample.problem(
          "mask \(other.sample.maskName) is white with \(other.value), \(white.name) with "
            + "\(white.value): where both are \(configuration.classes[1]) set data.values: "
            + "{0: \(configuration.classes[0]), \(white.value): \(configuration.classes[1]), "
            + "\(other.value): \(configuration.classes[1])}"))
    }
    guard let image = first.first, problems.isEmpty else { return problems }
    if let noData = configuration.noData, !depths.contains(where: { noData.canBe(in: $0) }) {
      problems.append(
        DataProblem(
          "data.no_data is \(noData), but image \(image.name) is \(image.depth.description), which "
            + "holds integers of 0 to \(image.depth == .bits8 ? 255 : 65_535): write one of them, or "
            + "leave it out"))
    }
    if configuration.range != nil, depths.allSatisfy({ $0 == .bits8 }) {
      problems.append(
        DataProblem("data.range is of images of more than 8 bits, but all have 8: leave it out"))
    }
    if configuration.normalization == .imagenet, configuration.range == nil,
      let real = first.first(where: { $0.depth == .real })
    {
      problems.append(
        DataProblem(
          "image \(real.name) is \(real.depth.description): say in data.range: [lower, upper] "
            + "which values are the 0 and 1 that normalize: imagenet is of"))
    }
    return problems
  }
}

extension DataConfiguration.NoData: CustomStringConvertible {
  package var description: String {
    switch self {
    case .nan: "nan"
    case .value(let value): Bounds.text(value)
    }
  }

  /// Tells whether samples of the depth can hold the value.
  fileprivate func canBe(in depth: PixelDepth) -> Bool {
    guard depth != .real else { return true }
    guard case .value(let value) = self else { return false }
    return (0...(depth == .bits8 ? 255 : 65_535)).contains(value) && value == value.rounded()
  }
}
