internal import Foundation

/// A setting that differs between points, with the level of each.
struct ChartParameter {
  /// As a spec writes it: `solver.base_lr`.
  let path: String
  /// Its last word, or more where that would be ambiguous: `base_lr`.
  let name: String
  /// From the least to the greatest; names in the order in which they occur.
  let levels: [Level]
  private let places: [Int?]

  struct Level: Hashable {
    let text: String
    let number: Double?
  }

  /// True where all levels are numbers.
  var isNumeric: Bool { levels.allSatisfy { $0.number != nil } }

  /// The level of a point; `nil` where it has no such setting.
  func level(of point: Int) -> Int? { places.indices.contains(point) ? places[point] : nil }

  func number(of point: Int) -> Double? { level(of: point).flatMap { levels[$0].number } }

  func text(of point: Int) -> String { level(of: point).map { levels[$0].text } ?? "–" }

  /// A number with the name, other values alone; empty for a point that has no such setting.
  func label(of point: Int) -> String {
    level(of: point).map { label(ofLevel: $0) } ?? ""
  }

  func label(ofLevel level: Int) -> String {
    isNumeric || ["true", "false", "none"].contains(levels[level].text)
      ? "\(name) \(levels[level].text)" : levels[level].text
  }

  /// True where distances between levels are more even between their logarithms.
  var isLogarithmic: Bool {
    let numbers = levels.compactMap(\.number)
    guard numbers.count == levels.count, numbers.count > 1, numbers.allSatisfy({ $0 > 0 }) else {
      return false
    }
    guard numbers.count > 2 else { return numbers[1] / numbers[0] >= 8 }
    // Of many, which were drawn, neighbours lie as near as chance will have it; quarters do not.
    let spread =
      numbers.count > 8 ? (0...4).map { numbers[$0 * (numbers.count - 1) / 4] } : numbers
    return Self.unevenness(spread.map { log($0) }) < Self.unevenness(spread)
  }

  /// The greatest distance between neighbours over the least.
  private static func unevenness(_ sorted: [Double]) -> Double {
    let gaps = zip(sorted, sorted.dropFirst()).map { $1 - $0 }
    return (gaps.max() ?? 1) / max(gaps.min() ?? 1, .leastNonzeroMagnitude)
  }

  /// A scale with a tick at every level, as the spec writes it.
  var axis: Axis {
    guard isNumeric else { return Axis(name, .band(levels.map(\.text))) }
    let numbers = levels.compactMap(\.number)
    let scale: Scale =
      isLogarithmic ? .log(over: numbers, margin: 0.12) : .linear(over: numbers, margin: 0.12)
    let ticks = levels.count <= 8 ? levels.map { Tick($0.number ?? 0, $0.text) } : nil
    return Axis(name + (isLogarithmic ? ", log scale" : ""), scale, ticks: ticks)
  }

  /// Where a point lies on ``axis``.
  func place(of point: Int) -> Double? {
    isNumeric ? number(of: point) : level(of: point).map(Double.init)
  }
}

extension ChartParameter {
  /// What differs between the runs, each standing for its point. Runs of several experiments differ in
  /// that first.
  static func all(
    of runs: [ComparedRun], _ complete: @escaping @Sendable (TrialSettings) -> TrialSettings
  ) -> [ChartParameter] {
    var columns: [(path: String, cells: [Level?])] = DifferingSettings.columns(of: runs, complete)
      .map { column in
        let cells = column.cells.map { cell -> Level? in
          guard !cell.isMissing else { return nil }
          switch cell.value {
          case .integer(let number): return Level(text: cell.text, number: Double(number))
          case .number(let number): return Level(text: cell.text, number: number)
          default: return Level(text: cell.text, number: nil)
          }
        }
        return (column.path, cells)
      }
    if Set(runs.map(\.experiment)).count > 1 {
      columns.insert(("experiment", runs.map { Level(text: $0.experiment, number: nil) }), at: 0)
    }
    let names = ShortPaths.of(columns.map(\.path))
    return zip(columns, names).map { column, name in
      ChartParameter(path: column.path, name: name, cells: column.cells)
    }.filter { $0.levels.count > 1 || $0.places.contains(nil) }
  }

  private init(path: String, name: String, cells: [Level?]) {
    var levels: [Level] = []
    for level in cells.compactMap({ $0 })
    where !levels.contains(where: { $0.text == level.text }) {
      levels.append(level)
    }
    if levels.allSatisfy({ $0.number != nil }) {
      levels.sort { ($0.number ?? 0) < ($1.number ?? 0) }
    }
    self.path = path
    self.name = name
    self.levels = levels
    places = cells.map { cell in
      cell.flatMap { cell in levels.firstIndex { $0.text == cell.text } }
    }
  }
}

/// Paths of settings by as few of their last words as tell them apart.
enum ShortPaths {
  static func of(_ paths: [String]) -> [String] {
    paths.map { path in
      let words = path.split(separator: ".")
      for count in 1...max(1, words.count) {
        let short = words.suffix(count).joined(separator: ".")
        let others = paths.filter { $0 != path && ($0 == short || $0.hasSuffix("." + short)) }
        if others.isEmpty { return short }
      }
      return path
    }
  }
}
