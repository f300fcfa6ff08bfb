extension RunRecord {
  /// True where the run was trained to its end and its record is sound.
  var isWhole: Bool { status == .finished && !isDamaged }

  /// The status, damaged wherever something is.
  var soundStatus: RunStatus { isDamaged ? .damaged : status }
}

extension RunStatus {
  /// As tables show it.
  package var word: String {
    switch self {
    case .waiting: "waiting"
    case .running: "running"
    case .finished: "finished"
    case .pruned: "pruned"
    case .interrupted: "interrupted"
    case .failed: "failed"
    case .damaged: "damaged"
    }
  }
}
