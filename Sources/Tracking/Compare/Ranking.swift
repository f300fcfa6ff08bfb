/// Runs from the best to the worst.
struct Ranking {
  /// What all of them are judged by, even where a spec's objective changed between them.
  let objective: Objective
  /// Runs without a value last; equals by experiment and trial number.
  let entries: [Entry]

  struct Entry {
    let run: RunRecord
    /// `nil` for a run without a value of the objective.
    let best: BestRound?
  }

  /// - Parameter objective: unless given, that of the first run by experiment and trial number.
  init(_ runs: [RunRecord], by objective: Objective? = nil) {
    let ordered = runs.sorted { $0.place < $1.place }
    let objective =
      objective ?? ordered.first?.trial.objective
      ?? Objective(metric: "validation.mean_iou", maximize: true)
    self.objective = objective
    let entries = ordered.map { Entry(run: $0, best: $0.history?.best(of: objective)) }
    self.entries = objective.sorted(entries) { $0.best?.value }
  }

  /// The best run whose record is sound.
  var best: RunRecord? { entries.first { $0.best != nil && !$0.run.isDamaged }?.run }
}

extension Objective {
  /// The elements from the best to the worst value, those without one last, and equals in the
  /// order they came in.
  func sorted<Element>(_ elements: [Element], by value: (Element) -> Double?) -> [Element] {
    let keyed = elements.enumerated().map { (offset: $0, element: $1, value: value($1)) }
    return keyed.sorted { left, right in
      switch (left.value, right.value) {
      case (let first?, let second?) where first != second: prefers(first, to: second)
      case (.some, nil): true
      case (nil, .some): false
      default: left.offset < right.offset
      }
    }.map(\.element)
  }
}

extension RunRecord {
  /// Whether some file of the record is not what was written.
  var isDamaged: Bool { status == .damaged || !damage.isEmpty }
}
