/// What tells a run from every other of a store; sorts by experiment, then trial number.
package struct RunPlace: Sendable, Hashable {
  package let experiment: String
  package let number: Int
  package let id: String
}

extension RunPlace: Comparable {
  package static func < (left: RunPlace, right: RunPlace) -> Bool {
    (left.experiment, left.number, left.id) < (right.experiment, right.number, right.id)
  }
}

/// How runs are listed.
struct ListingOrder: Comparable {
  let isSuperseded: Bool
  let place: RunPlace

  static func < (left: ListingOrder, right: ListingOrder) -> Bool {
    let ranks = (left.isSuperseded ? 1 : 0, right.isSuperseded ? 1 : 0)
    return (left.place.experiment, ranks.0, left.place.number, left.place.id)
      < (right.place.experiment, ranks.1, right.place.number, right.place.id)
  }
}
