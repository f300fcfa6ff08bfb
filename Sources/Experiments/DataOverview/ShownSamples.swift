internal import Datasets
internal import Groundwork
internal import Training

/// The samples that people are shown, small: some of every class, those that may be mistakes, and pairs
/// that look alike.
struct ShownSamples {
  let data: LookedData
  /// Samples among which every class is seen, in the order of the lists.
  private(set) var chosen: [Shown] = []
  /// Of each finding some of its samples.
  private(set) var suspicious: [(finding: DataFinding, samples: [Shown])] = []
  private(set) var pairs: [Pair] = []

  struct Shown {
    let name: String
    let set: String
    /// The classes that it shows, those with most pixels first.
    let classes: [String]
    let image: Raster
    /// `nil` where there is no mask to show.
    let overlay: Raster?
  }

  struct Pair {
    let first: Shown
    let second: Shown
    /// Bits in which the hashes differ.
    let distance: Int
  }

  /// Pixels of the longer side.
  static let side = 240
  /// So many samples of one finding are shown, and so many of all.
  private static let (ofOne, ofAll) = (6, 36)
  private static let mostPairs = 12

  init(_ data: LookedData, _ findings: [DataFinding], count: Int) {
    self.data = data
    chosen = SampleChoice(data.overview, count: count).places.compactMap { shown($0) }
    let drawn = findings.filter { !$0.places.isEmpty && $0.pairs.isEmpty }
    var left = Self.ofAll
    for finding in drawn where left > 0 {
      let samples = Self.spread(finding.places, count: min(Self.ofOne, left)).compactMap {
        shown($0)
      }
      left -= samples.count
      if !samples.isEmpty { suspicious.append((finding, samples)) }
    }
    // Leaks come before what looks alike within a set.
    var seen: Set<NearDuplicates.Pair> = []
    for pair in findings.flatMap({ $0.pairs.prefix(6) })
    where pairs.count < Self.mostPairs && seen.insert(pair).inserted {
      guard let first = shown(pair.first), let second = shown(pair.second) else { continue }
      pairs.append(Pair(first: first, second: second, distance: pair.distance))
    }
  }

  /// `24 images, 6 suspicious, 12 pairs`.
  var summary: String {
    let doubtful = suspicious.reduce(0) { $0 + $1.samples.count }
    return [
      Units.count(chosen.count, "image"), doubtful > 0 ? "\(doubtful) suspicious" : nil,
      pairs.isEmpty ? nil : Units.count(pairs.count, "pair") + " of images alike",
    ].compactMap(\.self).joined(separator: ", ")
  }

  /// Spread evenly over all, the first always.
  private static func spread(
    _ places: [DataOverview.Place], count: Int
  ) -> [DataOverview.Place] {
    guard places.count > count else { return places }
    return (0..<count).map { places[$0 * places.count / count] }
  }

  /// - Returns: `nil` where the image cannot be read any more.
  private func shown(_ place: DataOverview.Place) -> Shown? {
    let overview = data.overview
    let sample = overview.sample(place)
    guard let read = try? data.reader.show(sample) else { return nil }
    let set = overview.sets[place.set]
    let image = read.image.forPeople(set.extent(ofImage: read.image.depth), side: Self.side)
    let census = overview.overview(of: place)?.mask?.census
    let most = (census?.labels ?? []).sorted { ($1.pixels, $0.value) < ($0.pixels, $1.value) }
    return Shown(
      name: sample.name, set: set.name,
      classes: most.compactMap { label in
        overview.classes.first { $0.value == label.value }?.name
      }, image: image, overlay: read.labels.map { overlay($0, over: image) })
  }

  private func overlay(_ labels: OverviewReader.KnownLabels, over image: Raster) -> Raster {
    var small = labels.planes
    labels.planes.resize(to: image.size, into: &small)
    if !data.overview.knowsClasses {
      // Labels number the values of this mask alone.
      let places = labels.values.map { value in
        data.overview.classes.firstIndex { $0.value == value }.map { Label($0) }
          ?? Labels.ignoreIndex
      }
      for pixel in small.labels.indices where small.labels[pixel] != Labels.ignoreIndex {
        small.labels[pixel] = places[Int(small.labels[pixel])]
      }
    }
    return data.task.drawing(of: small.labels, small.size, data.palette, over: image)
  }
}

extension SetOverview {
  /// The values that people are shown as black and white: all but a few at either end.
  fileprivate func extent(ofImage depth: PixelDepth) -> ClosedRange<Double> {
    let channels = images.filter { $0.image == 0 && $0.depth == depth }.flatMap(\.channels)
    guard depth != .bits8, let low = channels.compactMap({ $0.quantile(0.005) }).min(),
      let high = channels.compactMap({ $0.quantile(0.995) }).max(), low < high
    else { return 0...255 }
    return low...high
  }
}

extension Raster {
  /// RGB of 8 bits, no side longer than that: the first three channels, or the first alone where there are
  /// fewer.
  ///
  /// - Parameter extent: the values that become black and white.
  fileprivate func forPeople(_ extent: ClosedRange<Double>, side: Int) -> Raster {
    let longest = max(size.height, size.width)
    var small = channels(0..<(channels < 3 ? 1 : 3))
    if longest > side {
      func scaled(_ length: Int) -> Int { max(1, (length * side + longest / 2) / longest) }
      small = small.resized(to: Size(height: scaled(size.height), width: scaled(size.width)))
    }
    guard small.depth != .bits8 else { return small.converted(toChannels: 3) }
    let values = small.depth == .real ? small.reals.map(Double.init) : small.words.map(Double.init)
    let width = extent.upperBound - extent.lowerBound
    let bytes = values.map { value -> UInt8 in
      guard value.isFinite else { return 0 }
      return UInt8((255 * min(max((value - extent.lowerBound) / width, 0), 1)).rounded())
    }
    return Raster(size: small.size, channels: small.channels, pixels: bytes)
      .converted(toChannels: 3)
  }
}
