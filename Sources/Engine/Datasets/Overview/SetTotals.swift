internal import Groundwork

/// What accumulates of a set while its samples come in, in the order of its list.
struct SetTotals {
  private let set: OverviewSource.Set
  private var overviews: [SampleOverview?] = []
  private var sizes: [Size: Int] = [:]
  private var images: [SetOverview.ImageKind] = []
  private(set) var labels: [Int: SetOverview.LabelTotal] = [:]
  private var pixels: UInt64 = 0
  private var ignored: UInt64 = 0
  private var masked = 0

  init(_ set: OverviewSource.Set, classes: Int?) {
    self.set = set
    overviews.reserveCapacity(set.samples.count)
  }

  mutating func add(_ overview: SampleOverview?) {
    overviews.append(overview?.withoutValues)
    guard let overview else { return }
    sizes[overview.size, default: 0] += 1
    for (index, image) in overview.images.enumerated() { add(image, index) }
    guard let census = overview.mask?.census else { return }
    masked += 1
    pixels += census.all
    ignored += census.ignored
    for label in census.labels {
      var total = labels[label.value] ?? SetOverview.LabelTotal()
      total.pixels += label.pixels
      total.images += 1
      total.objects += label.objects
      total.specks += label.specks
      labels[label.value] = total
    }
  }

  private mutating func add(_ image: SampleOverview.ImageFacts, _ index: Int) {
    let kind = images.firstIndex {
      $0.image == index && $0.depth == image.depth && $0.channels.count == image.channels.count
    }
    guard let kind else {
      images.append(
        .init(image: index, depth: image.depth, channels: image.channels, samples: 1))
      return
    }
    images[kind].samples += 1
    for (channel, values) in image.channels.enumerated() {
      images[kind].channels[channel].add(values)
    }
  }

  func overview(_ meanings: LabelMeanings) -> SetOverview {
    var overview = SetOverview(name: set.name, path: set.path, samples: set.samples)
    overview.overviews = overviews
    overview.sizes = sizes.map { (size: $0.key, samples: $0.value) }.sorted {
      ($1.samples, $0.size.height, $0.size.width) < ($0.samples, $1.size.height, $1.size.width)
    }
    overview.images = images.sorted {
      ($0.image, $1.samples, $0.channels.count) < ($1.image, $0.samples, $1.channels.count)
    }
    overview.labels = meanings.classes.map { labels[$0.value] ?? SetOverview.LabelTotal() }
    (overview.pixels, overview.ignoredPixels, overview.masked) = (pixels, ignored, masked)
    return overview
  }
}

/// What the labels of all sets stand for.
struct LabelMeanings {
  let classes: [DataOverview.LabelMeaning]
  /// How many different labels were found.
  let found: Int
  private let places: [Int: Int]

  /// Of masks that nobody says the meaning of so many values are shown: those that cover most.
  private static let mostValues = 64

  init(_ totals: [SetTotals], _ configuration: DataConfiguration?) {
    var pixels: [Int: UInt64] = [:]
    for (value, total) in totals.flatMap({ Array($0.labels) }) {
      pixels[value, default: 0] += total.pixels
    }
    found = pixels.count
    if let configuration {
      classes = configuration.classes.enumerated().map { .init(value: $0, name: $1) }
    } else {
      let largest = pixels.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      classes = largest.prefix(Self.mostValues).map(\.key).sorted().map {
        .init(value: $0, name: "\($0)")
      }
    }
    places = Dictionary(
      classes.enumerated().map { ($1.value, $0) }, uniquingKeysWith: { first, _ in first })
  }

  var names: [String] { classes.map(\.name) }

  func tally(_ census: MaskCensus) -> LabelTally {
    var tally = LabelTally(
      pixels: Array(repeating: 0, count: classes.count), ignored: census.ignored, all: census.all)
    for label in census.labels {
      if let place = places[label.value] { tally.pixels[place] += label.pixels }
    }
    return tally
  }
}

extension SampleOverview {
  /// Without the values of the channels, which take most of its memory.
  fileprivate var withoutValues: SampleOverview {
    SampleOverview(
      size: size,
      images: images.map { image in
        ImageFacts(
          channels: [], depth: image.depth, isBlank: image.isBlank, hash: image.hash)
      }, mask: mask, digest: digest, white: white)
  }
}
