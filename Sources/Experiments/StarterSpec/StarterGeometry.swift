import Groundwork

/// How a starter spec brings images of any sizes to one.
enum StarterGeometry {
  /// To that of most of them, or as much smaller as leaves no side longer.
  case resized(longest: Int)
  /// Cut into squares.
  case patches(side: Int)

  private static let multiple = 32

  /// Images that differ much in size are cut, since resizing would show the same thing small and large; and
  /// so are images of which resizing would leave little.
  ///
  /// - Parameter sizes: how often each occurs.
  init(_ sizes: [Size: Int]) {
    let sides = Self.ordered(sizes)
    let (small, large) = (Self.part(0.1, of: sides), Self.part(0.9, of: sides))
    guard let middle = Self.part(0.5, of: sides), let small, let large else {
      self = .resized(longest: 512)
      return
    }
    let spread = (Double(large.area) / Double(small.area)).squareRoot()
    guard max(middle.height, middle.width) > 1024 || spread > 1.5 else {
      self = .resized(longest: 512)
      return
    }
    let shortest = min(small.height, small.width)
    self = .patches(side: min(256, max(64, shortest / Self.multiple * Self.multiple)))
  }

  /// In multiples that every template bears.
  func size(of sizes: [Size: Int]) -> Size {
    switch self {
    case .patches(let side): return Size(square: side)
    case .resized(let longest):
      guard let middle = Self.part(0.5, of: Self.ordered(sizes)) else {
        return Size(square: longest)
      }
      let scale = min(1, Double(longest) / Double(max(middle.height, middle.width)))
      func step(_ side: Int) -> Int {
        let steps = (Double(side) * scale / Double(Self.multiple)).rounded()
        return max(1, Int(steps)) * Self.multiple
      }
      return Size(height: step(middle.height), width: step(middle.width))
    }
  }

  /// How many samples an image gives on average.
  func samplesOfImage(_ sizes: [Size: Int]) -> Double {
    guard case .patches(let side) = self, !sizes.isEmpty else { return 1 }
    func along(_ length: Int) -> Int { max(1, (length + side - 1) / side) }
    let all = sizes.reduce(0) { $0 + along($1.key.height) * along($1.key.width) * $1.value }
    return Double(all) / Double(sizes.values.reduce(0, +))
  }

  /// The key of `data` with its value.
  func entry(_ sizes: [Size: Int]) -> StarterSpec.Entry {
    let size = size(of: sizes)
    let ordered = Self.ordered(sizes)
    guard let middle = Self.part(0.5, of: ordered), let first = ordered.first,
      let last = ordered.last
    else { return .init(yaml: "size: [\(size.height), \(size.width)]", about: "height, width") }
    switch self {
    case .patches(let side):
      return .init(
        yaml: "patches: {size: [\(side), \(side)]}",
        about: sizes.count == 1
          ? "the images are \(middle): parts of them keep what is small"
          : "the images have \(sizes.count) sizes from \(first.size) to \(last.size): parts keep the scale of things"
      )
    case .resized:
      let about =
        sizes.count > 1
        ? "the images are of \(sizes.count) sizes, \(middle) in the middle"
        : middle == size
          ? "that of the images"
          : size.height < middle.height && size.width < middle.width
            ? "the images are \(middle); larger shows more and takes longer"
            : "the images are \(middle); templates take multiples of \(Self.multiple)"
      return .init(yaml: "size: [\(size.height), \(size.width)]", about: about)
    }
  }

  /// By their areas.
  private static func ordered(_ sizes: [Size: Int]) -> [(size: Size, count: Int)] {
    sizes.sorted { ($0.key.area, $0.key.width) < ($1.key.area, $1.key.width) }
      .map { (size: $0.key, count: $0.value) }
  }

  /// The size below which that share of the images lies.
  private static func part(_ share: Double, of sizes: [(size: Size, count: Int)]) -> Size? {
    let place = Int(Double(sizes.reduce(0) { $0 + $1.count }) * share)
    var count = 0
    for (size, times) in sizes {
      count += times
      if count > place { return size }
    }
    return sizes.last?.size
  }
}
