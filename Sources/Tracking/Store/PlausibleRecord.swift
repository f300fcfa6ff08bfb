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
  /// Evaluations, steps, samples and the like.
  static let counts = 0...(1 << 53)
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
      [("cores", machine.cores), ("resumedAfterRound", resumedAfterRound)]
      + data.map { ("number of samples", $0.samples) }
    for (name, value) in counts where !PlausibleNumbers.counts.contains(value) {
      return "its \(name) is \(value)"
    }
    return nil
  }
}

extension StoredResult: PlausibleRecord {
  var problem: String? {
    let counts = [("rounds", result.rounds), ("bestRound", result.bestRound ?? 0)]
    for (name, value) in counts where !PlausibleNumbers.counts.contains(value) {
      return "its \(name) is \(value)"
    }
    return PlausibleNumbers.attempts.contains(attempt) ? nil : "its attempt is \(attempt)"
  }
}

extension RunState: PlausibleRecord {
  var problem: String? {
    if !PlausibleNumbers.attempts.contains(attempt) { return "its attempt is \(attempt)" }
    if !PlausibleNumbers.counts.contains(round) { return "its round is \(round)" }
    for (name, digest) in files {
      if !RunFolder.isRecorded(name) { return "it names '\(name)', which no run has" }
      if !PlausibleNumbers.counts.contains(digest.bytes) {
        return "'\(name)' has \(digest.bytes) bytes"
      }
    }
    for (name, checkpoint) in checkpoints {
      if name != Self.lastName, name != Self.bestName { return "it names a checkpoint '\(name)'" }
      if !RunFolder.isCheckpoint(checkpoint.file) {
        return "its checkpoint '\(name)' is '\(checkpoint.file)'"
      }
      if !PlausibleNumbers.counts.contains(checkpoint.round) || checkpoint.round == 0 {
        return "its checkpoint '\(name)' is of round \(checkpoint.round)"
      }
    }
    return nil
  }
}

extension MetricHistory: PlausibleRecord {
  var problem: String? {
    var before = 0
    for row in rows {
      if row.round <= before { return "round \(row.round) stands behind round \(before)" }
      before = row.round
      if let problem = row.problem { return "round \(row.round): \(problem)" }
    }
    return PlausibleNumbers.counts.contains(before) ? nil : "it has a round \(before)"
  }
}

extension MetricHistory.Row {
  fileprivate var problem: String? {
    if !PlausibleNumbers.counts.contains(step) { return "its step is \(step)" }
    if !PlausibleNumbers.attempts.contains(attempt) { return "its attempt is \(attempt)" }
    for value in [epoch, trainingSeconds, evaluationSeconds]
    where !PlausibleNumbers.seconds.contains(value) {
      return "it has taken \(value) epochs or seconds"
    }
    var pixels: UInt64 = 0
    for count in confusion {
      let (sum, isTooLarge) = pixels.addingReportingOverflow(count)
      pixels = sum
      if isTooLarge || sum > UInt64(PlausibleNumbers.counts.upperBound) {
        return "it counts more pixels than there can be"
      }
    }
    return nil
  }
}
