internal import Foundation

extension RunNames {
  /// Everything that values of indexed runs can be called.
  package init(_ runs: [IndexedRun]) {
    self.init()
    let tables = Dictionary(grouping: runs.enumerated(), by: \.element.tableNumber)
    for (table, numbered) in tables.sorted(by: { $0.value[0].offset < $1.value[0].offset }) {
      let runs = numbered.map(\.element)
      guard let first = runs.first else { continue }
      add(first.schema.series)
      for test in first.schema.tests { add(test.series) }
      for (path, kinds) in first.settingKinds(inRows: runs.map(\.rowNumber), ofTable: table) {
        add(setting: path, kinds)
      }
    }
  }
}

extension RunFilter {
  /// The indexed runs that are meant, in their order.
  ///
  /// - Throws: ``QueryError`` where it asks for what no run has, or compares text with a number.
  package func select(from runs: [IndexedRun]) throws(QueryError) -> [IndexedRun] {
    guard !runs.isEmpty else { return [] }
    try check(RunNames(runs))
    return runs.filter { matches($0) }
  }
}

extension RunOrder {
  /// The best first; `nil` where the runs are judged differently.
  package static func best(of runs: [IndexedRun]) -> RunOrder? {
    let tables = Dictionary(runs.map { ($0.tableNumber, $0) }) { first, _ in first }
    let objectives = Set(tables.values.filter(\.hasSettings).map(\.schema.objective))
    guard objectives.count == 1, let objective = objectives.first else { return nil }
    return best(by: objective)
  }
}
