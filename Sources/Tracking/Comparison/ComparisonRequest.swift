/// What a person asks of a comparison.
package struct ComparisonRequest: Sendable {
  package var grouping: Grouping = .points
  /// In the order that they are to have; where there are none the table shows the objective, what specs
  /// ask for, and the principal series.
  package var columns: [RunValue] = []
  /// True where everything else that is recorded follows, also what is the same in every row.
  package var isWhole = false
  /// True where every measured series has a column, also those that are the same in every row.
  package var holdsEverySeries = false
  /// What can be named besides what is recorded.
  package var facts: [ComparedFact] = []
  /// Columns whose names fit stay, also where every row says the same.
  package var kept: ColumnPattern?
  /// Columns whose names fit are left out.
  package var dropped: ColumnPattern?
  package var order: [SortKey] = []
  /// What rows are ranked and tested by; by default the objective, at its best evaluation.
  package var judge: RunValue?
  package var spread: Comparison.Spread = .deviation
  /// The runs of the row that the others are tested against; by default the best row is.
  package var baseline: Set<RunPlace> = []

  package init() {}

  /// Everything that runs are asked for by name.
  var values: [RunValue] {
    var values = columns + order.map(\.value)
    if let judge { values.append(judge) }
    if case .values(let grouped) = grouping { values += grouped }
    return values
  }

  package enum Grouping: Sendable, Hashable {
    /// A row for every run.
    case runs
    /// A row for each point of a sweep, over its seeds and folds.
    case points
    /// A row for all runs that answer alike.
    case values([RunValue])
  }

  package struct SortKey: Sendable, Hashable {
    package var value: RunValue
    /// True where what would come last comes first.
    package var isReversed: Bool

    package init(_ value: RunValue, isReversed: Bool = false) {
      (self.value, self.isReversed) = (value, isReversed)
    }

    /// `max(mean_iou), -seconds`: parted by commas, a minus in front of what is to be reversed.
    package static func list(
      _ text: String, source: String
    ) throws(QueryError) -> [SortKey] {
      var keys: [SortKey] = []
      for part in parts(of: text) {
        let isReversed = part.hasPrefix("-")
        keys.append(
          SortKey(
            try RunValue(String(isReversed ? part.dropFirst() : part[...]), source: source),
            isReversed: isReversed))
      }
      return keys
    }

    /// The text at its commas that are in no parentheses.
    private static func parts(of text: String) -> [String] {
      var (parts, depth) = ([""], 0)
      for character in text {
        depth += character == "(" ? 1 : character == ")" ? -1 : 0
        if character == ",", depth == 0 {
          parts.append("")
        } else if !(character == " " && parts[parts.count - 1].isEmpty) {
          parts[parts.count - 1].append(character)
        }
      }
      return parts
    }
  }
}

/// A regular expression that names of columns fit or do not.
package struct ColumnPattern: Sendable {
  package let text: String

  /// - Throws: where it is no regular expression.
  package init(_ text: String) throws {
    _ = try Regex(text)
    self.text = text
  }

  /// Tells whether some part of the name fits.
  package func fits(_ name: String) -> Bool {
    guard let pattern = try? Regex(text) else { return false }
    return name.contains(pattern)
  }
}
