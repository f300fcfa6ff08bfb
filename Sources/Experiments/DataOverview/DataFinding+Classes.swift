internal import Datasets
internal import Learning
internal import Measurements

/// Classes that are missing, rare, or not in all sets alike.
extension DataFinding {
  /// From this ratio of the most common class to the rarest on something should be done.
  private static let unequal = 10.0
  /// From this ratio of a class's shares in two sets on they are not alike.
  private static let unbalanced = 3.0
  /// Smaller shares are too small to compare.
  private static let leastShare = 0.001

  static func classes(_ data: LookedData) -> [DataFinding] {
    missing(data) + imbalance(data) + manyValues(data) + specks(data)
  }

  private static func missing(_ data: LookedData) -> [DataFinding] {
    let overview = data.overview
    guard overview.knowsClasses else { return [] }
    return overview.sets.enumerated().compactMap { number, set in
      let missing = overview.classes.indices.filter { set.labels[$0].images == 0 }
      guard set.masked > 0, !missing.isEmpty else { return nil }
      let names =
        missing.prefix(8).map { overview.classes[$0].name }.joined(separator: ", ")
        + (missing.count > 8 ? " and \(missing.count - 8) more" : "")
      return DataFinding(
        kind: "missing_classes", weight: .serious,
        title: "no \(set.name) mask shows \(names)",
        advice: number == 0
          ? "A class that nothing shows is not learned: list images that show it, or leave it out of "
            + "data.classes."
          : "A class that nothing shows has no metric value: move images that show it there.")
    }
  }

  private static func imbalance(_ data: LookedData) -> [DataFinding] {
    let overview = data.overview
    guard let set = overview.sets.first, set.labelledPixels > 0 else { return [] }
    let shown = overview.classes.indices.filter { label in
      set.labels[label].pixels > 0
        && (overview.knowsClasses || (set.share(of: label) ?? 0) >= leastShare)
    }
    guard shown.count > 1,
      let rarest = shown.min(by: { set.labels[$0].pixels < set.labels[$1].pixels }),
      let largest = shown.max(by: { set.labels[$0].pixels < set.labels[$1].pixels })
    else { return [] }
    let ratio = Double(set.labels[largest].pixels) / Double(set.labels[rarest].pixels)
    guard ratio >= unequal else { return [] }
    let (rare, common) = (overview.name(of: rarest), overview.name(of: largest))
    return [
      DataFinding(
        kind: "imbalance", weight: .note,
        title: "\(rare) has \(percent(set.share(of: rarest) ?? 0)) of the \(set.name) pixels, "
          + "\(common) \(percent(set.share(of: largest) ?? 0)): one to \(ratioText(ratio))",
        advice: overview.knowsClasses
          ? advice(data, set, rarest: rarest, largest: largest)
          : "A loss that counts pixels hardly sees it: weigh classes, or add an overlap loss as dice."
      )
    ]
  }

  private static func advice(
    _ data: LookedData, _ set: SetOverview, rarest: Int, largest: Int
  ) -> String {
    let overview = data.overview
    let (rare, common) = (overview.classes[rarest].name, overview.classes[largest].name)
    var ways: [String] = []
    let weights = overview.statistics.medianFrequencyWeights
    if data.said.hasSeveralLabels {
      ways.append("losses: [bce, dice] weighs objects by their overlap")
    } else if data.said.weighsClasses {
      ways.append("the spec weighs classes already")
    } else if weights.indices.contains(max(rarest, largest)) {
      ways.append(
        "losses: [{cross_entropy: {class_weights: median_frequency}}] weighs \(rare) "
          + "\(ValueFormat.decimals(weights[rarest], 2)) and \(common) "
          + "\(ValueFormat.decimals(weights[largest], 2))")
      ways.append("losses: [cross_entropy, dice] weighs classes by their overlap")
    }
    let images = set.labels[rarest].images
    if data.said.drawsBalanced {
      ways.append("the spec draws images of rare classes more often already")
    } else if images * 2 < set.masked {
      ways.append(
        "\(rare) is in \(Units.count(images)) of \(Units.count(set.masked, "image")): "
          + "data.sampling: {class_balanced: true} draws these more often")
    }
    return ways.isEmpty ? "" : "What helps: " + ways.joined(separator: "; ") + "."
  }

  private static func manyValues(_ data: LookedData) -> [DataFinding] {
    let overview = data.overview
    guard !overview.knowsClasses, overview.values > overview.classes.count else { return [] }
    return [
      DataFinding(
        kind: "many_values", weight: .note,
        title: "masks hold \(Units.count(overview.values)) different values, of which the "
          + "\(overview.classes.count) that cover most are shown",
        advice: "They may number instances, or be images.")
    ]
  }

  private static func specks(_ data: LookedData) -> [DataFinding] {
    let overview = data.overview
    let found = overview.classes.indices.compactMap {
      label -> (name: String, specks: Int, all: Int)? in
      let specks = overview.sets.reduce(0) { $0 + $1.labels[label].specks }
      let all = overview.sets.reduce(0) { $0 + $1.labels[label].objects }
      // Values that hardly occur are mistakes of another kind.
      let isMeant = overview.knowsClasses || (overview.sets[0].share(of: label) ?? 0) >= leastShare
      return isMeant && specks > 20 && 2 * specks > all
        ? (overview.name(of: label), specks, all) : nil
    }
    guard let worst = found.max(by: { $0.specks * $1.all < $1.specks * $0.all }) else { return [] }
    let others = found.count - 1
    return [
      DataFinding(
        kind: "specks", weight: .note,
        title: "\(percent(Double(worst.specks) / Double(worst.all))) of the "
          + "\(Units.count(worst.all)) objects of \(worst.name) have fewer than "
          + "\(MaskCensus.leastPixels) pixels"
          + (others > 0
            ? "; more than half are so small in \(Units.count(others, "other class")) too" : ""),
        advice: "Slips of a brush count where objects are judged; "
          + "evaluation: {postprocessing: [{remove_small: {area: 10}}]} drops them from predictions alone."
      )
    ]
  }

  static func balance(_ data: LookedData) -> [DataFinding] {
    let overview = data.overview
    guard let train = overview.sets.first, train.labelledPixels > 0 else { return [] }
    return overview.sets.dropFirst().compactMap { set in
      guard set.labelledPixels > 0 else { return nil }
      let differing = overview.classes.indices.compactMap { label -> (label: Int, ratio: Double)? in
        guard let here = train.share(of: label), let there = set.share(of: label), here > 0,
          there > 0, max(here, there) >= leastShare
        else { return nil }
        let ratio = max(here / there, there / here)
        return ratio >= unbalanced ? (label, ratio) : nil
      }.sorted { ($1.ratio, $0.label) < ($0.ratio, $1.label) }
      guard let most = differing.first else { return nil }
      let more = differing.count - 1
      return DataFinding(
        kind: "balance", weight: .note,
        title:
          "\(overview.name(of: most.label)) has \(percent(train.share(of: most.label) ?? 0)) of "
          + "the \(train.name) pixels and \(percent(set.share(of: most.label) ?? 0)) of the \(set.name) "
          + "pixels"
          + (more > 0
            ? "; \(Units.count(more, "other class")) \(more == 1 ? "differs" : "differ") as much"
            : ""),
        advice: "Sets of other scenes judge what was not trained for; that may be meant.")
    }
  }

  /// `12.3 %`, `0.042 %`.
  static func percent(_ share: Double) -> String {
    let percent = 100 * share
    return ValueFormat.decimals(
      percent, percent == 0 || percent >= 0.95 ? 1 : percent >= 0.01 ? 2 : 4)
      + " %"
  }

  private static func ratioText(_ ratio: Double) -> String {
    ratio < 1e6 ? Units.count(Int(ratio.rounded())) : ValueFormat.decimals(ratio, 0)
  }
}

extension DataOverview {
  /// `car`, or `value 7` where classes are not known.
  fileprivate func name(of label: Int) -> String {
    knowsClasses ? classes[label].name : "value \(classes[label].name)"
  }
}
