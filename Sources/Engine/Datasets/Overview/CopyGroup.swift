internal import Digest

/// Images that are the same, byte for byte, under whatever names.
package struct CopyGroup: Sendable, Hashable {
  /// In the order of the sets and lists; at least two.
  package let places: [DataOverview.Place]
  /// True where their masks are not the same.
  package let hasOtherMasks: Bool

  /// True where they are in more than one set.
  package var isLeak: Bool { Set(places.map(\.set)).count > 1 }

  /// By their first images; those that are blank are left out.
  static func all(
    _ seen: [(place: DataOverview.Place, overview: SampleOverview)]
  ) -> [CopyGroup] {
    var groups: [SHA256.Value: [(DataOverview.Place, SampleOverview)]] = [:]
    for (place, overview) in seen where !overview.isBlank {
      guard let digest = overview.digest.images.first else { continue }
      groups[digest, default: []].append((place, overview))
    }
    return groups.values.filter { $0.count > 1 }.map { group in
      CopyGroup(
        places: group.map(\.0),
        hasOtherMasks: Set(group.map(\.1.digest.masks)).count > 1)
    }.sorted { $0.places[0] < $1.places[0] }
  }
}
