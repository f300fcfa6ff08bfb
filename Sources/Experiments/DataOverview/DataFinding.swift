internal import Datasets

/// Something about the data that a person should know before training on them, with what to do.
struct DataFinding {
  let kind: String
  let weight: Weight
  /// What is so, a sentence without its point.
  let title: String
  /// Why it matters, and what to do: sentences.
  let advice: String
  /// The samples concerned; empty where it is about all of them.
  var places: [DataOverview.Place] = []
  /// Of images that look alike.
  var pairs: [NearDuplicates.Pair] = []
  /// Groups of them, the largest first.
  var groups: [NearDuplicates.Group] = []

  enum Weight: String, Encodable, CaseIterable {
    /// A training refuses it.
    case error
    /// Results would be wrong or look better than they are.
    case serious
    /// It may be meant.
    case note
  }
}

extension DataFinding {
  /// Everything that was found, the gravest first.
  static func all(_ data: LookedData) -> [DataFinding] {
    let found =
      leaks(data) + suspicions(data) + classes(data) + alike(data) + balance(data) + kinds(data)
    return Weight.allCases.flatMap { weight in found.filter { $0.weight == weight } }
  }

  /// `12 of 101 validation images`, `1 of 3 train images`.
  static func share(_ count: Int, _ set: SetOverview, _ thing: String = "image") -> String {
    "\(Units.count(count)) of \(Units.count(set.samples.count, "\(set.name) \(thing)"))"
  }

  /// `train 3, validation 1`.
  static func counts(_ places: [DataOverview.Place], _ overview: DataOverview) -> String {
    overview.sets.indices.compactMap { set in
      let count = places.count { $0.set == set }
      return count > 0 ? "\(overview.sets[set].name) \(Units.count(count))" : nil
    }.joined(separator: ", ")
  }

  /// `a.png, b.png and 3 more`.
  static func names(
    _ places: [DataOverview.Place], _ overview: DataOverview, atMost most: Int = 3,
    ofMasks: Bool = false
  ) -> String {
    let shown = places.prefix(most).map { place in
      let sample = overview.sample(place)
      return ofMasks ? sample.masks.map(\.name).joined(separator: ";") : sample.name
    }.joined(separator: ", ")
    let more = places.count - most
    return shown + (more > 0 ? " and \(Units.count(more)) more" : "")
  }
}

// MARK: - Copies and near-duplicates

extension DataFinding {
  private static func leaks(_ data: LookedData) -> [DataFinding] {
    let overview = data.overview
    var findings: [DataFinding] = []
    let copies = overview.copies.filter(\.isLeak)
    if !copies.isEmpty {
      let places = copies.flatMap(\.places)
      findings.append(
        DataFinding(
          kind: "copies_across_sets", weight: .serious,
          title:
            "\(Units.count(copies.count, "image")) \(copies.count == 1 ? "is" : "are") in more "
            + "than one set, byte for byte (\(counts(places, overview)))",
          advice: "What judges must not have been trained on: leave each in one list. The first: "
            + names(copies[0].places, overview) + ".", places: places))
    }
    for leak in overview.duplicates.leaks {
      let (first, second) = (overview.sets[leak.sets[0]], overview.sets[leak.sets[1]])
      let closest = leak.pairs.first
      let example = closest.map { pair in
        " The closest: \(overview.sample(pair.second).name) and \(overview.sample(pair.first).name), "
          + "\(pair.distance) of \(PerceptualHash.bits) bits apart."
      }
      findings.append(
        DataFinding(
          kind: "near_duplicates_across_sets", weight: .serious,
          title:
            "\(share(leak.places.count, second)) \(leak.places.count == 1 ? "looks" : "look") like an image of \(first.name)",
          advice: "Metrics on them say little of new images. \(remedy(data))" + (example ?? ""),
          places: leak.places, pairs: leak.pairs))
    }
    return findings
  }

  private static func remedy(_ data: LookedData) -> String {
    data.said.dividesList
      ? "Keep what belongs together in one part: data.groups, as {pattern: \"(.*)_\\\\d+\"} for the "
        + "frames of a video."
      : "Move whole videos, volumes or patients to one list."
  }

  /// Images of one set that look alike, and copies there.
  private static func alike(_ data: LookedData) -> [DataFinding] {
    let overview = data.overview
    var findings: [DataFinding] = []
    let copies = overview.copies.filter { !$0.isLeak }
    if !copies.isEmpty {
      let others = copies.count { $0.hasOtherMasks }
      let more = copies.reduce(0) { $0 + $1.places.count - 1 }
      let spare = others > 0 ? ", \(Units.count(others)) of them with different masks" : ""
      findings.append(
        DataFinding(
          kind: "copies", weight: others > 0 ? .serious : .note,
          title: "\(Units.count(copies.count, "image")) \(copies.count == 1 ? "is" : "are") listed "
            + "\(Units.count(more, "time")) more, byte for byte\(spare)",
          advice:
            "Each counts as often as it is listed; weight=2 on its line says so more plainly. "
            + "The first: \(names(copies[0].places, overview)).", places: copies.flatMap(\.places)))
    }
    for (number, set) in overview.sets.enumerated() {
      let groups = overview.duplicates.groups.filter { group in
        group.places.count { $0.set == number } > 1
      }
      guard let largest = groups.first else { continue }
      let own = largest.places.filter { $0.set == number }
      let count = groups.reduce(0) { $0 + $1.places.count { $0.set == number } }
      findings.append(
        DataFinding(
          kind: "near_duplicates", weight: .note,
          title:
            "\(share(count, set)) are in \(Units.count(groups.count, "group")) that look alike",
          advice:
            "They teach less than as many different images, as frames of a video do. The largest "
            + "has \(Units.count(own.count, "image")): \(overview.sample(own[0]).name) … "
            + "\(overview.sample(own[own.count - 1]).name).",
          places: groups.flatMap { $0.places.filter { $0.set == number } },
          pairs: groups.map(\.closest), groups: groups))
    }
    return findings
  }
}

// MARK: - Images

extension DataFinding {
  /// Images whose kinds differ, which a spec must say something about.
  private static func kinds(_ data: LookedData) -> [DataFinding] {
    guard !data.said.isSpec else { return [] }
    let kinds = data.overview.sets.flatMap(\.images)
    let depths = Set(kinds.map(\.depth))
    guard depths.count > 1 else { return [] }
    return [
      DataFinding(
        kind: "depths", weight: .serious,
        title: "images are of different depths: "
          + depths.sorted().map(\.description).joined(separator: ", "),
        advice: "Their values have no scale in common: save all in one depth.")
    ]
  }
}
