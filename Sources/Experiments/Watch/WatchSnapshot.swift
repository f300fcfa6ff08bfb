import Foundation
import Measurements
import Tracking

/// What the records say at one time, as it is watched.
struct WatchSnapshot {
  /// Points of the sweep in the order of their numbers.
  let points: [WatchPoint]
  let experiments: [String]
  /// How many trials there are, also of those that nothing is recorded of.
  let trials: Int
  /// By the run's id, what its last attempt took of the machine, of those that run.
  let system: [String: SystemHistory]
  /// What is wrong with the records or the selection, in words.
  var problem: String?

  /// - Parameters:
  ///   - runs: those that are watched.
  ///   - planned: the number of trials of an experiment, where all of it is watched.
  init(
    _ runs: [RunRecord], planned: [String: Int] = [:], system: [String: SystemHistory] = [:],
    problem: String? = nil
  ) {
    var keys: [String] = []
    var groups: [String: [RunRecord]] = [:]
    for run in runs {
      let key = run.isSuperseded ? run.name : "\(run.experiment)#\(run.trial.point)"
      if groups[key] == nil { keys.append(key) }
      groups[key, default: []].append(run)
    }
    points = keys.map { WatchPoint(key: $0, runs: groups[$0] ?? []) }
    var names: [String] = []
    for run in runs where !names.contains(run.experiment) { names.append(run.experiment) }
    experiments = names
    trials = names.reduce(0) { sum, name in
      let recorded = runs.filter { $0.experiment == name }.count
      return sum + max(recorded, planned[name] ?? 0)
    }
    self.system = system
    self.problem = problem
  }

  var runs: [RunRecord] { points.flatMap(\.runs) }
  var running: [RunRecord] { runs.filter { $0.status == .running } }
  var isSeveralExperiments: Bool { experiments.count > 1 }

  /// The points that pass the filter, sorted as a person wants them; equals stay in their order.
  func shown(_ state: WatchState) -> [WatchPoint] {
    // A condition as that of --where, or else words that all have to be there.
    let condition = state.filter.isEmpty ? nil : try? RunFilter(state.filter, source: "filter")
    let words = state.filter.lowercased().split(separator: " ")
    let found = points.filter { point in
      if let condition { return point.runs.contains { condition.matches($0) } }
      return words.allSatisfy { word in point.words.contains { $0.lowercased().contains(word) } }
    }
    guard state.sort != .number else { return found }
    return found.enumerated().sorted { left, right in
      switch state.sort.order(left.element, right.element) {
      case .orderedAscending: true
      case .orderedDescending: false
      case .orderedSame: left.offset < right.offset
      }
    }.map(\.element)
  }

  func selected(_ state: WatchState) -> WatchPoint? {
    let shown = shown(state)
    return shown.first { $0.key == state.selected } ?? shown.first
  }

  /// Seconds until every trial has ended; `nil` before anything is known.
  var secondsLeft: Double? {
    let running = running
    guard !running.isEmpty else { return nil }
    let left = running.map(\.secondsLeft)
    guard !left.contains(nil) else { return nil }
    let waiting = trials - runs.count { $0.status != .waiting && $0.status != .interrupted }
    let lengths = runs.compactMap(\.expectedSeconds)
    let mean = lengths.isEmpty ? 0 : lengths.reduce(0, +) / Double(lengths.count)
    let work = left.compactMap(\.self).reduce(0, +) + Double(max(0, waiting)) * mean
    return max(left.compactMap(\.self).max() ?? 0, work / Double(running.count))
  }

  /// How many trials have which status, those with nothing recorded counted as waiting.
  var counts: [(word: String, count: Int)] {
    var counts = Dictionary(runs.map { ($0.status.word, 1) }, uniquingKeysWith: +)
    counts["waiting", default: 0] += trials - runs.count
    let order = ["finished", "pruned", "running", "waiting", "interrupted", "failed", "damaged"]
    return order.compactMap { word in
      counts[word].flatMap { $0 > 0 ? (word, $0) : nil }
    }
  }
}

/// A point of a sweep with its runs, one for each seed or fold.
struct WatchPoint {
  let key: String
  let runs: [RunRecord]

  /// The hyperparameters that all its runs share.
  var hyperparameters: [Hyperparameter] {
    (runs.first?.trial.hyperparameters ?? []).filter { $0.path != TrialRecord.foldPath }
  }

  /// What a filter looks in.
  var words: [String] {
    runs.flatMap { [$0.name, $0.id, $0.status.word, $0.labels.name ?? ""] + $0.tags }
      + hyperparameters.flatMap { [$0.path, $0.text, "\($0.path)=\($0.text)"] }
  }

  var label: String {
    let names = hyperparameters.map { "\($0.path.split(separator: ".").last ?? "") \($0.text)" }
    return names.isEmpty ? runs.first?.name ?? "" : names.joined(separator: ", ")
  }

  var objective: Objective? { runs.first?.trial.objective }

  /// Best values of the objective, of the runs that have one.
  var bests: [Double] { runs.compactMap { $0.history?.best(of: $0.trial.objective)?.value } }

  var meanBest: Double? {
    bests.isEmpty ? nil : bests.reduce(0, +) / Double(bests.count)
  }

  var epochs: Double { runs.map { $0.history?.rows.last?.point.epoch ?? 0 }.max() ?? 0 }
  var seconds: Double { runs.reduce(0) { $0 + ($1.history?.seconds ?? 0) } }

  /// The run that is looked at, whatever number a person has counted to.
  func run(_ seed: Int) -> RunRecord? {
    guard !runs.isEmpty else { return nil }
    return runs[((seed % runs.count) + runs.count) % runs.count]
  }

  /// One mark a run: done, pruned, running, waiting, stopped, failed.
  var strip: String {
    runs.map { run in
      switch run.status {
      case .finished: "●"
      case .pruned: "◐"
      case .running: "▸"
      case .waiting: "○"
      case .interrupted: "◌"
      case .failed: "×"
      case .damaged: "!"
      }
    }.joined()
  }
}

extension WatchSort {
  fileprivate func order(_ left: WatchPoint, _ right: WatchPoint) -> ComparisonResult {
    func descending(_ first: Double, _ second: Double) -> ComparisonResult {
      first == second ? .orderedSame : first > second ? .orderedAscending : .orderedDescending
    }
    switch self {
    case .number: return .orderedSame
    case .best:
      switch (left.meanBest, right.meanBest) {
      case (nil, nil): return .orderedSame
      case (nil, _): return .orderedDescending
      case (_, nil): return .orderedAscending
      case (let first?, let second?):
        let sign = left.objective?.maximize == false ? -1.0 : 1
        return descending(sign * first, sign * second)
      }
    case .epochs: return descending(left.epochs, right.epochs)
    case .time: return descending(left.seconds, right.seconds)
    case .status:
      let (first, second) = (
        left.runs.map(\.status.word).max() ?? "", right.runs.map(\.status.word).max() ?? ""
      )
      return first == second
        ? .orderedSame : first > second ? .orderedAscending : .orderedDescending
    }
  }
}
