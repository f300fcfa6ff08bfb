internal import Measurements

/// Runs from the best to the worst.
struct Ranking {
  /// What all of them are judged by, even where a spec's objective changed between them.
  let objective: Objective
  /// Those of the newest data first; of equal data pruned runs behind all others that have a value, those
  /// that came further first, then runs without a value, and equals by experiment and trial number. Runs
  /// without settings come after all of them, without values.
  let entries: [Entry]
  /// What the runs were validated on.
  let data: ValidationData
  /// Whether higher values come first.
  let maximize: Bool

  struct Entry {
    let run: ComparedRun
    /// The evaluation that the run's row is of; `nil` for a run without a value of the objective.
    let best: BestEvaluation?
    /// What the run is ranked by.
    let value: Double?

    /// The whole record; `nil` where it is gone.
    var record: RunRecord? { run.values.record }
  }

  /// - Parameters:
  ///   - objective: unless given, that of the first run by experiment and trial number.
  ///   - judge: what runs are ranked by, if not by their best value of the objective, with whether higher
  ///     is better.
  init(
    _ runs: [ComparedRun], by objective: Objective? = nil,
    judge: (higherIsBetter: Bool, value: (ComparedRun) -> Double?)? = nil
  ) {
    let known = runs.filter(\.hasSettings)
    let ordered = known.sorted { $0.listingOrder < $1.listingOrder }
    let objective =
      objective ?? ordered.first?.objective
      ?? Objective(metric: "validation.mean_iou", maximize: true)
    self.objective = objective
    let data = ValidationData(known)
    self.data = data
    let maximize = judge?.higherIsBetter ?? objective.maximize
    self.maximize = maximize
    let entries = ordered.map { run in
      let best = run.values.best(of: objective)
      return Entry(run: run, best: best, value: judge.map { $0.value(run) } ?? best?.value)
    }
    let unknown = runs.filter { !$0.hasSettings }.sorted { $0.listingOrder < $1.listingOrder }
    self.entries =
      data.sorted(
        Objective.sorted(entries, maximize: maximize, behind: \.run.prunedEpochs) { $0.value }
      ) { $0.run }
      + unknown.map { Entry(run: $0, best: nil, value: nil) }
  }

  init(_ runs: [RunRecord]) { self.init(runs.map(ComparedRun.init)) }

  /// The best run whose record is sound, of each data that runs were validated on.
  var bests: [ComparedRun] {
    var groups: Set<Int> = []
    return entries.filter { $0.value != nil && !$0.run.isDamaged && $0.run.status != .pruned }
      .map(\.run)
      .filter { groups.insert(data.group(of: $0)).inserted }
  }
}

extension ValidationData {
  /// The elements by their data, the newest first, otherwise in the order they came in.
  func sorted<Element>(_ elements: [Element], by run: (Element) -> ComparedRun) -> [Element] {
    guard areSeveral else { return elements }
    return Dictionary(grouping: elements) { group(of: run($0)) }.sorted { $0.key < $1.key }
      .flatMap(\.value)
  }
}

extension Objective {
  /// The elements from the best to the worst value, those without one last, and equals in the
  /// order they came in.
  ///
  /// - Parameter pruned: the epochs of what was pruned, which comes behind all else that has a value, and
  ///   what came further first; `nil` for what was not.
  static func sorted<Element>(
    _ elements: [Element], maximize: Bool, behind pruned: (Element) -> Double? = { _ in nil },
    by value: (Element) -> Double?
  ) -> [Element] {
    let keyed = elements.enumerated().map {
      (offset: $0, element: $1, value: value($1), pruned: pruned($1) ?? .infinity)
    }
    return keyed.sorted { left, right in
      switch (left.value, right.value) {
      case (.some, .some) where left.pruned != right.pruned: left.pruned > right.pruned
      case (let first?, let second?) where first != second:
        maximize ? first > second : first < second
      case (.some, nil): true
      case (nil, .some): false
      default: left.offset < right.offset
      }
    }.map(\.element)
  }
}
