import Foundation
import Tracking
import Trackers

/// The hyperparameters of runs that are imported together: what differs between them is what was swept, and
/// runs that differ in the seed alone are one point.
struct ImportedParameters {
  /// The point of each run, from 1, and its place among the runs of the point, from 0.
  let points: [(number: Int, replicate: Int)]
  private let runs: [[String: String]]
  private let swept: [String]

  /// - Parameter runs: for each its hyperparameters by name, parts apart by slashes or dots.
  init(_ runs: [[String: String]]) {
    let named = runs.map { run in
      Dictionary(run.map { (Self.path($0.key), $0.value) }) { first, _ in first }
    }
    self.runs = named
    let paths = Set(named.flatMap(\.keys)).subtracting(Self.seeds)
    swept = paths.filter { path in Set(named.map { $0[path] }).count > 1 }.sorted()
    var (known, members): ([[String: String]: Int], [Int: Int]) = ([:], [:])
    points = named.map { run in
      let settings = run.filter { !Self.seeds.contains($0.key) }
      let number = known[settings] ?? known.count + 1
      known[settings] = number
      defer { members[number, default: 0] += 1 }
      return (number, members[number] ?? 0)
    }
  }

  func hyperparameters(of run: Int) -> [Hyperparameter] {
    swept.map { Hyperparameter(path: $0, text: runs[run][$0] ?? "none") }
  }

  /// What the run names a seed; where it names none, its place among those that are equal else, so that they
  /// are replicates of one point.
  func seed(of run: Int) -> UInt64 {
    Self.seeds.lazy.compactMap { runs[run][$0] }.compactMap { UInt64($0) }.first
      ?? UInt64(points[run].replicate)
  }

  /// All but the seed, as one text.
  func settings(_ run: Int) -> String {
    runs[run].filter { !Self.seeds.contains($0.key) }.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
  }

  /// As a resolved spec has them: mappings in mappings, numbers as numbers.
  func resolved(_ run: Int) -> String {
    var root = Node()
    for (path, text) in runs[run].sorted(by: { $0.key < $1.key }) {
      root.insert(text, at: path.split(separator: ".").map(String.init)[...])
    }
    root.entries["seed"] = .value("\(seed(of: run))")
    return root.json
  }

  private static let seeds: Set = ["seed", "random_seed", "training.seed", "hparams.seed"]

  /// The parts apart by dots, as in a spec.
  private static func path(_ name: String) -> String {
    let parts = name.split { "/.".contains($0) }.map { part in
      part.trimmingCharacters(in: .whitespaces)
    }.filter { !$0.isEmpty }
    return parts.isEmpty ? "value" : parts.joined(separator: ".")
  }
}

/// A mapping while it is filled.
private struct Node {
  enum Entry {
    case value(String)
    case node(Node)
  }

  var entries: [String: Entry] = [:]

  /// Where a value stands in the way of a mapping, the rest of the path is one key.
  mutating func insert(_ text: String, at path: ArraySlice<String>) {
    guard let key = path.first else { return }
    if path.count == 1 {
      entries[key] = .value(text)
    } else if case .value = entries[key] {
      entries[path.joined(separator: ".")] = .value(text)
    } else {
      var inner = Node()
      if case .node(let found) = entries[key] { inner = found }
      inner.insert(text, at: path.dropFirst())
      entries[key] = .node(inner)
    }
  }

  var json: String {
    let parts = entries.sorted { $0.key < $1.key }.map { key, entry in
      let value =
        switch entry {
        case .value(let text): Self.json(text)
        case .node(let node): node.json
        }
      return "\(JSONOutput.line(key)):\(value)"
    }
    return "{\(parts.joined(separator: ","))}"
  }

  private static func json(_ text: String) -> String {
    switch HyperparameterValue(text) {
    case .number(let number): JSONOutput.line(number)
    case .bool(let bool): bool ? "true" : "false"
    case .text(let text): JSONOutput.line(text)
    }
  }
}
