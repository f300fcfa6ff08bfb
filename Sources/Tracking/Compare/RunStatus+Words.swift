extension RunRecord {
  /// True where some file of the record is not what was written.
  package var isDamaged: Bool { status == .damaged || !damage.isEmpty }

  /// The status, damaged wherever something is.
  var soundStatus: RunStatus { isDamaged ? .damaged : status }
}

extension RunStatus {
  /// - Parameters:
  ///   - word: that of a run that has ended.
  ///   - cause: why it failed, if it did.
  init(ended word: String, cause: String) {
    switch word {
    case Self.finished.word: self = .finished
    case Self.pruned.word: self = .pruned
    case Self.failed(cause: cause).word: self = .failed(cause: cause)
    default: self = .damaged
    }
  }

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
