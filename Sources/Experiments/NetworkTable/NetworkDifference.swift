internal import Networks
import Tracking

/// Two networks, operation beside operation.
struct NetworkDifference: Encodable {
  let entries: [Entry]
  /// Of the first network and the second.
  let parameters: [Int]
  let flops: [Int]

  struct Entry: Encodable {
    let change: Change
    /// `nil` where only the second network has it.
    let first: NetworkRow?
    /// `nil` where only the first network has it.
    let second: NetworkRow?
  }

  enum Change: String, Encodable {
    case equal
    /// Of one name, with another operation, shape or number of parameters.
    case changed
    case added
    case removed
  }

  init(_ first: Network, _ second: Network) {
    let rows = [first, second].map {
      NetworkBlocks($0, level: .operations).rows(batch: 1, valueBytes: 4)
    }
    entries = Self.entries(rows[0], rows[1])
    parameters = [first.parameterCount, second.parameterCount]
    flops = [first.flops, second.flops]
  }

  var isEmpty: Bool { entries.allSatisfy { $0.change == .equal } }

  /// Operations are beside each other where the longest common sequence of names has them.
  private static func entries(_ first: [NetworkRow], _ second: [NetworkRow]) -> [Entry] {
    let difference = second.map(\.name).difference(from: first.map(\.name))
    var (removed, added): (Set<Int>, Set<Int>) = ([], [])
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var entries: [Entry] = []
    var (left, right) = (0, 0)
    while left < first.count || right < second.count {
      if removed.contains(left) {
        entries.append(Entry(change: .removed, first: first[left], second: nil))
        left += 1
      } else if added.contains(right) {
        entries.append(Entry(change: .added, first: nil, second: second[right]))
        right += 1
      } else {
        let change: Change = first[left].isLike(second[right]) ? .equal : .changed
        entries.append(Entry(change: change, first: first[left], second: second[right]))
        (left, right) = (left + 1, right + 1)
      }
    }
    return entries
  }
}

extension NetworkRow {
  fileprivate func isLike(_ other: NetworkRow) -> Bool {
    operation == other.operation && output == other.output && parameters == other.parameters
  }
}

// MARK: - For people

extension NetworkDifference {
  /// Only what differs; runs of equal operations are one row.
  func text(style: Style, width: Int? = Screen.outputWidth) -> String {
    guard !isEmpty else { return "the networks are equal" }
    var table = TableLayout([
      .init(""), .init("name", importance: 9),
      .init("first", importance: 8, staysDistinct: false), .init("output", .right, importance: 7),
      .init("parameters", .right, importance: 5),
      .init("second", importance: 8, staysDistinct: false), .init("output", .right, importance: 7),
      .init("parameters", .right, importance: 5),
    ])
    table.remedy = "see all with --json, or in a wider terminal"
    var equal = 0
    func fold() {
      if equal > 0 {
        table.add(
          ["=", Units.count(equal, "equal operation")] + Array(repeating: "", count: 6))
      }
      equal = 0
    }
    for entry in entries {
      guard entry.change != .equal else {
        equal += 1
        continue
      }
      fold()
      table.add(
        [entry.change.mark, entry.first?.name ?? entry.second?.name ?? ""]
          + Self.cells(entry.first) + Self.cells(entry.second))
    }
    fold()
    return
      ([table.text(style: style, width: width), ""]
      + summary.flatMap {
        TextWidth.wrapped($0, to: width ?? .max)
      }).joined(separator: "\n")
  }

  private static func cells(_ row: NetworkRow?) -> [String] {
    guard let row else { return ["", "", ""] }
    return [
      row.operation, row.outputText, row.parameters == 0 ? "" : Units.count(row.parameters),
    ]
  }

  private var summary: [String] {
    let counts = [Change.changed, .added, .removed].compactMap { change -> String? in
      let count = entries.count { $0.change == change }
      return count == 0 ? nil : "\(Units.count(count)) \(change.rawValue)"
    }
    return [
      counts.joined(separator: ", "),
      "parameters \(Units.count(parameters[0])) → \(Units.count(parameters[1])), "
        + "FLOPs an image \(Units.flops(flops[0])) → \(Units.flops(flops[1]))",
    ]
  }
}

extension NetworkDifference.Change {
  fileprivate var mark: String {
    switch self {
    case .equal: "="
    case .changed: "≠"
    case .added: "+"
    case .removed: "−"
    }
  }
}
