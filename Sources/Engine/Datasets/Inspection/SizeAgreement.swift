internal import Groundwork

/// Checks that all samples of a data set come out at one size, as a network needs them.
struct SizeAgreement {
  private let geometry: DataConfiguration.Geometry
  private var first: (size: Size, name: String)?
  private var others: [(size: Size, sample: ListedSample)] = []

  init(_ geometry: DataConfiguration.Geometry) { self.geometry = geometry }

  /// - Parameter original: the size of the sample's files.
  mutating func add(_ original: Size, _ sample: ListedSample) {
    guard let first else {
      self.first = (original, sample.imageName)
      return
    }
    if original != first.size { others.append((original, sample)) }
  }

  /// After resizing or cutting; `nil` before the first sample.
  var extent: SpatialExtent? {
    switch geometry {
    case .original: first.map { SpatialExtent($0.size) }
    case .resize(let size), .crop(let size): SpatialExtent(size)
    case .patches(let patches): patches.extent
    }
  }

  /// One problem for all that differ: they have one remedy.
  var problems: [DataProblem] {
    guard geometry == .original, let first, let other = others.first else { return [] }
    let more = others.count > 1 ? ", and \(others.count - 1) more images differ" : ""
    return [
      other.sample.problem(
        "image \(other.sample.imageName) is \(other.size), \(first.name) is \(first.size) "
          + "(height × width)\(more): set data.size, data.crop or data.patches")
    ]
  }
}
