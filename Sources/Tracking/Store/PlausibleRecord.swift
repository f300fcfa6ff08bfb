internal import Measurements

/// Something recorded whose numbers are looked at when it is read, because whoever made the file can
/// write any digest beside them: what passes can be counted with.
protocol PlausibleRecord {
  /// The first thing that no record can say, or `nil`.
  var problem: String? { get }
}

/// The numbers that records may hold.
enum PlausibleNumbers {
  static let attempts = 1...999_999
  static let threads = 1...4096
  static let signals = 1...127
  /// Evaluations, steps, samples and the like.
  static let counts = 0...(1 << 53)
  /// Rows or columns of an image.
  static let extents = 1...1_000_000
  static let epochs = 0...1e10
  /// Three hundred years.
  static let seconds = 0...1e10
}

extension TrialRecord: PlausibleRecord {
  var problem: String? {
    for (name, value) in [("number", number), ("replicate", replicate), ("point", point)]
    where !PlausibleNumbers.counts.contains(value) {
      return "its \(name) is \(value)"
    }
    let paths = hyperparameters.map(\.path)
    return Set(paths).count == paths.count ? nil : "it names a hyperparameter twice"
  }
}

extension ProvenanceRecord: PlausibleRecord {
  var problem: String? {
    if !PlausibleNumbers.attempts.contains(attempt) { return "its attempt is \(attempt)" }
    if !PlausibleNumbers.threads.contains(threads) { return "its number of threads is \(threads)" }
    let counts =
      [("cores", machine.cores), ("number of ranks", ranks ?? 1)]
      + data.map { ("number of samples", $0.samples) }
    for (name, value) in counts where !PlausibleNumbers.counts.contains(value) {
      return "its \(name) is \(value)"
    }
    return input?.problem ?? resumedAfter?.problem ?? weights?.problem
  }
}

extension RunLabels: PlausibleRecord {
  var problem: String? {
    do throws(LabelError) {
      if let name { try LabelChange.check(name: name) }
      for tag in tags { try LabelChange.check(tag: tag) }
      try LabelChange.check(note: note)
    } catch {
      return error.description
    }
    return Set(tags).count == tags.count ? nil : "it has a tag twice"
  }
}

extension InputRecord: PlausibleRecord {
  var problem: String? {
    guard PlausibleNumbers.extents.contains(height), PlausibleNumbers.extents.contains(width) else {
      return "its input is \(height)×\(width)"
    }
    if channels.isEmpty { return "its input has no channel" }
    for channel in channels {
      let numbers = [channel.mean, channel.missing, channel.lowest, channel.highest]
      guard numbers.allSatisfy(\.isFinite), channel.std > 0, channel.black < channel.white,
        channel.lowest < channel.highest
      else { return "a channel of its input cannot be normalized" }
    }
    return nil
  }
}

extension WeightsRecord: PlausibleRecord {
  var problem: String? {
    for entry in entries {
      for extent in entry.shape + (entry.fromShape ?? [])
      where !PlausibleNumbers.counts.contains(extent) {
        return "'\(entry.name)' has an axis of \(extent)"
      }
    }
    return nil
  }
}

extension EvaluationPoint: PlausibleRecord {
  var problem: String? {
    if !PlausibleNumbers.counts.contains(step) { return "its step is \(step)" }
    return PlausibleNumbers.epochs.contains(epoch) ? nil : "its epoch is \(epoch)"
  }
}

extension StoredResult: PlausibleRecord {
  var problem: String? {
    if !PlausibleNumbers.counts.contains(result.evaluations) {
      return "its number of evaluations is \(result.evaluations)"
    }
    if let problem = result.bestEvaluation?.problem ?? result.earlyStop?.problem
      ?? result.pruning?.problem ?? result.failure?.problem
    {
      return problem
    }
    if (result.outcome == .pruned) != (result.pruning != nil) {
      return "it does not say how the run was pruned"
    }
    return PlausibleNumbers.attempts.contains(attempt) ? nil : "its attempt is \(attempt)"
  }
}

extension EarlyStopRecord: PlausibleRecord {
  var problem: String? {
    if planned.step < after.step { return "it stopped early behind its planned end" }
    return after.problem ?? planned.problem ?? best?.problem
  }
}

extension FailureRecord: PlausibleRecord {
  var problem: String? {
    if let signal, !PlausibleNumbers.signals.contains(signal) { return "its signal is \(signal)" }
    guard let timeLimit, !PlausibleNumbers.seconds.contains(timeLimit) else { return nil }
    return "its limit of time is \(timeLimit) s"
  }
}

extension PruningRecord: PlausibleRecord {
  var problem: String? {
    if let after, let planned, planned.step < after.step {
      return "it was pruned behind its planned end"
    }
    if let rung, !PlausibleNumbers.counts.contains(rung) { return "its rung is \(rung)" }
    return after?.problem ?? planned?.problem
  }
}

extension RunState: PlausibleRecord {
  var problem: String? {
    if !PlausibleNumbers.attempts.contains(attempt) { return "its attempt is \(attempt)" }
    if !PlausibleNumbers.counts.contains(step) { return "its step is \(step)" }
    for (name, digest) in files {
      if !RunFolder.isRecorded(name) { return "it names '\(name)', which no run has" }
      if !PlausibleNumbers.counts.contains(digest.bytes) {
        return "'\(name)' has \(digest.bytes) bytes"
      }
    }
    for (name, checkpoint) in checkpoints {
      if name != Self.lastName, name != Self.bestName { return "it names a checkpoint '\(name)'" }
      if let problem = checkpoint.problem(name, RunFolder.isCheckpoint) { return problem }
    }
    let named = Set(checkpoints.values.map(\.file))
    for name in dropped ?? [] where !named.contains(name) || files[name] == nil {
      return "it has dropped '\(name)', which is no checkpoint of it"
    }
    return interim?.problem("interim", RunFolder.isInterim)
  }
}

extension RunState.NamedCheckpoint {
  /// - Parameter isFile: whether it is a name of such checkpoints.
  fileprivate func problem(_ name: String, _ isFile: (String) -> Bool) -> String? {
    if !isFile(file) { return "its checkpoint '\(name)' is '\(file)'" }
    if evaluation.problem != nil || evaluation.step == 0 {
      return "its checkpoint '\(name)' is of \(evaluation)"
    }
    return nil
  }
}

extension MetricHistory: PlausibleRecord {
  var problem: String? {
    // Other programs evaluate before their first step too.
    var before = -1
    let times = series.indices.filter { series[$0].isWallTime }
    let arrays = series.indices.filter { !series[$0].isScalar }
    for row in rows {
      if row.step <= before { return "step \(row.step) stands behind step \(before)" }
      before = row.step
      if let problem = problem(of: row, times: times, arrays: arrays) {
        return "step \(row.step): \(problem)"
      }
    }
    return nil
  }

  /// - Parameters:
  ///   - times: the series that are times.
  ///   - arrays: those that may count.
  private func problem(of row: Row, times: [Int], arrays: [Int]) -> String? {
    if let problem = row.point.problem { return problem }
    if !PlausibleNumbers.attempts.contains(row.attempt) { return "its attempt is \(row.attempt)" }
    for index in times where !PlausibleNumbers.seconds.contains(row.values[index][0]) {
      return "it has taken \(row.values[index][0]) seconds"
    }
    for index in arrays {
      guard let counts = row.values[index].counts, !Self.areCountable(counts) else { continue }
      return "it counts more \(series[index].unit) than there can be"
    }
    return nil
  }

  private static func areCountable(_ counts: [UInt64]) -> Bool {
    var sum: UInt64 = 0
    for count in counts {
      let (more, isTooLarge) = sum.addingReportingOverflow(count)
      sum = more
      if isTooLarge || sum > UInt64(PlausibleNumbers.counts.upperBound) { return false }
    }
    return true
  }
}
