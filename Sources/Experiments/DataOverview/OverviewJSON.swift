internal import Datasets
internal import Groundwork

/// An overview of data for machines: every number as it was counted.
struct OverviewJSON: Encodable {
  let title: String
  let sets: [SetEntry]
  /// Of the classes, or of the values that masks hold where the classes are not known.
  let classes: [ClassEntry]
  let classesAreKnown: Bool
  let findings: [FindingEntry]
  let copies: [[String]]
  let nearDuplicates: AlikeEntry
  /// What a training refuses.
  let errors: [String]
  let warnings: [String]

  struct SetEntry: Encodable {
    struct SizeEntry: Encodable { let height, width, samples: Int }
    struct ChannelEntry: Encodable {
      let image, channels, samples: Int
      let depth, name: String
      let least, greatest, mean, deviation: Double?
      let histogram: HistogramEntry
    }
    /// The first bin begins at `start`, and each is `width` wide.
    struct HistogramEntry: Encodable {
      let start, width: Double
      let counts: [UInt64]
    }
    let name, list: String
    let samples, masked, unreadable: Int
    let pixels, ignoredPixels: UInt64
    let sizes: [SizeEntry]
    let channels: [ChannelEntry]
  }

  struct ClassEntry: Encodable {
    struct SetShare: Encodable {
      let set: String
      let pixels: UInt64
      let share: Double?
      let images, objects, specks: Int
    }
    let id: Int
    let name: String
    let sets: [SetShare]
  }

  struct FindingEntry: Encodable {
    let kind: String
    let weight: DataFinding.Weight
    let title, advice: String
    let samples: [String]
  }

  struct AlikeEntry: Encodable {
    struct PairEntry: Encodable {
      let first, second: String
      let distance: Int
    }
    struct GroupEntry: Encodable {
      let samples: [String]
      let closest: PairEntry
    }
    struct LeakEntry: Encodable {
      let sets, samples: [String]
      let closest: [PairEntry]
    }
    let hash: String
    let bits, threshold, pairs: Int
    let groups: [GroupEntry]
    let leaks: [LeakEntry]
  }

  init(_ data: LookedData, _ findings: [DataFinding]) {
    let overview = data.overview
    func name(_ place: DataOverview.Place) -> String {
      "\(overview.sets[place.set].name): \(overview.sample(place).name)"
    }
    func entry(_ pair: NearDuplicates.Pair) -> AlikeEntry.PairEntry {
      .init(first: name(pair.first), second: name(pair.second), distance: pair.distance)
    }
    title = data.title
    sets = overview.sets.map(SetEntry.init)
    classes = overview.classes.enumerated().map { label, meaning in
      ClassEntry(
        id: meaning.value, name: meaning.name,
        sets: overview.sets.map { set in
          let total = set.labels[label]
          return .init(
            set: set.name, pixels: total.pixels, share: set.share(of: label), images: total.images,
            objects: total.objects, specks: total.specks)
        })
    }
    classesAreKnown = overview.knowsClasses
    self.findings = findings.map { finding in
      FindingEntry(
        kind: finding.kind, weight: finding.weight, title: finding.title, advice: finding.advice,
        samples: finding.places.map(name))
    }
    copies = overview.copies.map { $0.places.map(name) }
    nearDuplicates = AlikeEntry(
      hash: "phash", bits: PerceptualHash.bits, threshold: PerceptualHash.threshold,
      pairs: overview.duplicates.pairs,
      groups: overview.duplicates.groups.map { group in
        .init(samples: group.places.map(name), closest: entry(group.closest))
      },
      leaks: overview.duplicates.leaks.map { leak in
        .init(
          sets: leak.sets.map { overview.sets[$0].name }, samples: leak.places.map(name),
          closest: leak.pairs.map(entry))
      })
    errors = overview.problems.map(\.description)
    warnings = overview.warnings.map(\.description)
  }
}

extension OverviewJSON.SetEntry {
  fileprivate init(_ set: SetOverview) {
    (name, list, samples) = (set.name, set.path, set.samples.count)
    (masked, unreadable) = (set.masked, set.unreadable)
    (pixels, ignoredPixels) = (set.pixels, set.ignoredPixels)
    sizes = set.sizes.map {
      .init(height: $0.size.height, width: $0.size.width, samples: $0.samples)
    }
    channels = set.images.flatMap { kind in
      kind.channels.enumerated().map { number, channel in
        .init(
          image: kind.image + 1, channels: kind.channels.count, samples: kind.samples,
          depth: kind.depth.description,
          name: kind.channelName(number, images: set.imagesOfASample),
          least: channel.extent?.lowerBound, greatest: channel.extent?.upperBound,
          mean: channel.extent == nil ? nil : channel.moments.mean,
          deviation: JSONOutput.number(channel.deviation),
          histogram: .init(
            start: channel.histogram.range(ofBin: 0).lowerBound, width: channel.histogram.width,
            counts: channel.histogram.counts))
      }
    }
  }
}
