/// What a list of runs has to say of the data that they were validated on.
package struct ValidationSummary: Sendable {
  private let data: ValidationData
  private let counts: [Int]

  package init(_ runs: [RunRecord]) { self.init(runs.map(ComparedRun.init)) }

  init(_ runs: [ComparedRun]) {
    let data = ValidationData(runs)
    self.data = data
    counts = data.labels.indices.map { group in runs.count { data.group(of: $0) == group } }
  }

  /// What tells the run's data from that of others; empty where all were validated alike.
  package func label(of run: RunRecord) -> String {
    data.areSeveral && run.validationDigest != nil ? data.label(of: run) : ""
  }

  /// That runs were validated differently, in a sentence; `nil` where all were validated alike.
  package var warning: String? {
    guard data.areSeveral else { return nil }
    let parts = zip(data.labels, counts).map { label, count in
      "\(label): \(count) run\(count == 1 ? "" : "s")"
    }.joined(separator: "; ")
    let (what, column) =
      data.differsInClasses
      ? ("with different class lists", "classes") : ("on different data", "data")
    return "these runs were validated \(what) (\(parts)), so their values cannot be compared; "
      + "each is ranked among those with the same \(column)"
  }
}
