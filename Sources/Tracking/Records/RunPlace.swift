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

/// What has a place among the runs of a store.
package protocol NamedRun {
  var id: String { get }
  var experiment: String { get }
  /// 1 for the experiment's first trial; 0 where the record does not say.
  var number: Int { get set }
  /// True where another trial has the number now.
  var isSuperseded: Bool { get set }
}

extension RunRecord: NamedRun {}

extension NamedRun {
  package var place: RunPlace { RunPlace(experiment: experiment, number: number, id: id) }

  /// What selects this run and no other: `camvid/3`, or `camvid/9f8e7d6c` where another trial has
  /// the number now.
  package var name: String {
    isSuperseded ? "\(experiment)/\(id.prefix(8))" : "\(experiment)/\(number)"
  }

  /// Runs by experiment, then number, those last that have no number any more.
  var listingOrder: ListingOrder { ListingOrder(isSuperseded: isSuperseded, place: place) }

  /// The same order, of two runs.
  func isListed(before other: Self) -> Bool {
    if experiment != other.experiment { return experiment < other.experiment }
    if isSuperseded != other.isSuperseded { return other.isSuperseded }
    return number != other.number ? number < other.number : id < other.id
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
