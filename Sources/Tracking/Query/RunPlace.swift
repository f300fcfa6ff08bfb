/// What tells a run from every other of a store; sorts by experiment, then trial number.
public struct RunPlace: Sendable, Hashable {
  public let experiment: String
  public let number: Int
  public let id: String
}

extension RunPlace: Comparable {
  public static func < (left: RunPlace, right: RunPlace) -> Bool {
    (left.experiment, left.number, left.id) < (right.experiment, right.number, right.id)
  }
}

extension RunPlace: CustomStringConvertible {
  /// `9f8e7d6c5b4a3210 (camvid/3)`.
  public var description: String { "\(id) (\(experiment)/\(number))" }
}

extension RunRecord {
  public var place: RunPlace { RunPlace(experiment: experiment, number: number, id: id) }
}
