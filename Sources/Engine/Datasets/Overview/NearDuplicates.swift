internal import CKernels
internal import Digest
internal import Groundwork

/// Images that look alike, see ``PerceptualHash``, and are no copies of each other.
package struct NearDuplicates: Sendable {
  /// Sets of images each of which looks like another of the group: the frames of a video are one, though
  /// its first and last may differ. The largest first.
  package let groups: [Group]
  /// How many pairs look alike.
  package let pairs: Int
  /// Those of two sets, for each two that have any.
  package let leaks: [Leak]

  package struct Pair: Sendable, Hashable {
    package let first: DataOverview.Place
    package let second: DataOverview.Place
    /// Bits in which the hashes differ.
    package let distance: Int
  }

  package struct Group: Sendable, Hashable {
    /// In the order of the sets and lists.
    package let places: [DataOverview.Place]
    package let closest: Pair
  }

  /// Images of one set that look like images of another.
  package struct Leak: Sendable, Hashable {
    /// The numbers of the sets, ascending.
    package let sets: [Int]
    /// Those of the second set that look like one of the first.
    package let places: [DataOverview.Place]
    /// The closest pair of each of some of these, the closest first.
    package let pairs: [Pair]
  }

  /// Pairs that are kept of a leak.
  static let keptPairs = 100

  /// By the samples' first images. Every two are compared.
  init(_ seen: [(place: DataOverview.Place, overview: SampleOverview)], threads: Int) {
    let hashed = seen.compactMap { entry -> Hashed? in
      guard let hash = entry.overview.images.first?.hash,
        let digest = entry.overview.digest.images.first
      else { return nil }
      return Hashed(place: entry.place, words: hash.words, digest: digest)
    }
    var joined = DisjointSets(count: hashed.count)
    var closest: [Int: Pair] = [:]
    var acrossSets: [[Int]: [Int: Pair]] = [:]
    var pairs = 0
    Self.forEachPair(hashed.flatMap(\.words), count: hashed.count, threads: threads) {
      first, second, distance in
      let (one, other) = (hashed[first], hashed[second])
      guard one.digest != other.digest else { return }
      pairs += 1
      joined.join(first, second)
      let pair = Pair(first: one.place, second: other.place, distance: distance)
      for number in [first, second] where distance < closest[number]?.distance ?? .max {
        closest[number] = pair
      }
      if one.place.set != other.place.set {
        let key = [one.place.set, other.place.set]
        let known = acrossSets[key]?[second]
        if distance < known?.distance ?? .max { acrossSets[key, default: [:]][second] = pair }
      }
    }
    self.pairs = pairs
    let numbers = joined.sets
    groups = Dictionary(grouping: hashed.indices, by: { numbers[$0] }).values.compactMap {
      members in
      guard members.count > 1,
        let best = members.compactMap({ closest[$0] }).min(by: Self.isCloser)
      else { return nil }
      return Group(places: members.map { hashed[$0].place }.sorted(), closest: best)
    }.sorted {
      ($1.places.count, $0.places[0]) < ($0.places.count, $1.places[0])
    }
    leaks = acrossSets.map { sets, found in
      let sorted = found.values.sorted(by: Self.isCloser)
      return Leak(
        sets: sets, places: found.values.map(\.second).sorted(),
        pairs: Array(sorted.prefix(Self.keptPairs)))
    }.sorted { $0.sets.lexicographicallyPrecedes($1.sets) }
  }

  private struct Hashed {
    let place: DataOverview.Place
    let words: [UInt64]
    let digest: SHA256.Value
  }

  private static func isCloser(_ one: Pair, _ other: Pair) -> Bool {
    (one.distance, one.first, one.second) < (other.distance, other.first, other.second)
  }

  /// Calls `receive` with every two that look alike, in their order whatever the number of threads.
  private static func forEachPair(
    _ words: [UInt64], count: Int, threads: Int, receive: (Int, Int, Int) -> Void
  ) {
    let rows = 64
    for start in stride(from: 0, to: count, by: rows) {
      let end = min(start + rows, count)
      var found = [[(Int32, Int32)]](repeating: [], count: end - start)
      found.withUnsafeMutableBufferPointer { found in
        nonisolated(unsafe) let found = found
        parallel(threads: threads, units: end - start) { unit, _ in
          let row = start + unit
          var others = [Int32](repeating: 0, count: count - row)
          var distances = others
          let near = ck_near_hashes(
            words, count, Int32(PerceptualHash.words), row, Int32(PerceptualHash.threshold),
            &others, &distances)
          found[unit] = Array(zip(others.prefix(near), distances.prefix(near)))
        }
      }
      for (unit, others) in found.enumerated() {
        for (other, distance) in others { receive(start + unit, Int(other), Int(distance)) }
      }
    }
  }
}
