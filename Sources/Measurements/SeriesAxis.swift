/// An axis of the values that one evaluation has of a series.
package struct SeriesAxis: Sendable, Codable, Hashable {
  /// `class`, `truth`, `prediction`, `rank`.
  package var name: String
  /// What stands at each place, such as the names of the classes.
  package var labels: [String]

  package init(_ name: String, labels: [String]) {
    self.name = name
    self.labels = labels
  }

  /// The classes of the data, by name.
  package static func classes(_ names: [String]) -> SeriesAxis {
    SeriesAxis("class", labels: names)
  }

  /// Images in the order in which a metric ranks them, the worst first.
  package static func ranks(_ count: Int) -> SeriesAxis {
    SeriesAxis("rank", labels: (0..<count).map { "\($0 + 1)" })
  }

  /// True where the labels are names of things, and no mere numbers of places.
  package var isNamedByLabels: Bool { name != "rank" }
}
