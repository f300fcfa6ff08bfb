internal import Digest

/// Samples that may be mistakes, all in the same way.
package struct Suspicion: Sendable, Hashable {
  package let kind: Kind
  /// In the order of the sets and lists.
  package let places: [DataOverview.Place]

  /// What may be wrong, the gravest first.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case maskIsImage, blankImage, compressedMask, antialiasedMask, ignoredMask, sharedMask, oneClass
  }

  /// - Parameter holdsClasses: whether a pixel of a mask says which class it is of; else a mask of zeros
  ///   alone is no mistake.
  static func all(
    _ seen: [(place: DataOverview.Place, overview: SampleOverview)], holdsClasses: Bool
  ) -> [Suspicion] {
    var found: [Kind: [DataOverview.Place]] = [:]
    var byMask: [SHA256.Value: [(place: DataOverview.Place, overview: SampleOverview)]] = [:]
    for (place, overview) in seen {
      if overview.isBlank { found[.blankImage, default: []].append(place) }
      guard let mask = overview.mask else { continue }
      let isCopy = overview.digest.masks.contains { overview.digest.images.contains($0) }
      if mask.isImage || isCopy && !overview.isBlank {
        found[.maskIsImage, default: []].append(place)
      }
      switch mask.census.edges {
      case .sharp: break
      case .antialiased: found[.antialiasedMask, default: []].append(place)
      case .compressed: found[.compressedMask, default: []].append(place)
      }
      if mask.census.labelled == 0 {
        found[.ignoredMask, default: []].append(place)
      } else if mask.census.labels.count == 1, overview.digest.masks.count == 1 {
        found[.oneClass, default: []].append(place)
      }
      // Masks of one class are often the same, and rightly.
      if mask.census.labels.count > 1, let digest = overview.digest.masks.first {
        byMask[digest, default: []].append((place, overview))
      }
    }
    for group in byMask.values {
      let unlike = group.filter { one in group.contains { one.overview.isUnlike($0.overview) } }
      if !unlike.isEmpty { found[.sharedMask, default: []] += unlike.map(\.place) }
    }
    return Kind.allCases.compactMap { kind in
      found[kind].map { Suspicion(kind: kind, places: $0.sorted()) }
    }
  }
}

extension SampleOverview {
  /// True where two images are neither copies nor look alike.
  fileprivate func isUnlike(_ other: SampleOverview) -> Bool {
    guard digest.images != other.digest.images else { return false }
    guard let hash = images[0].hash, let another = other.images[0].hash else { return true }
    return hash.distance(to: another) > PerceptualHash.threshold
  }
}
