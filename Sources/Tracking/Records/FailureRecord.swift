/// Why an attempt ended before its end, as far as what is done about it depends on it.
package struct FailureRecord: Sendable, Codable, Hashable {
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// The loss was no number.
    case diverged
    case outOfMemory = "out_of_memory"
    /// What it reads is gone, damaged or another than it was.
    case dataError = "data_error"
    /// By a signal from outside.
    case killed
    /// It has had the time that it was given.
    case timedOut = "timed_out"
    /// Its process did not move any more, and was ended.
    case hung
    /// By a mistake of the program or of a library.
    case crashed
  }

  package var kind: Kind
  /// The signal that ended the process; `nil` where none did.
  package var signal: Int?
  /// Of a training that timed out: the seconds that it was given.
  package var timeLimit: Double?

  package init(_ kind: Kind, signal: Int? = nil, timeLimit: Double? = nil) {
    (self.kind, self.signal, self.timeLimit) = (kind, signal, timeLimit)
  }
}

extension FailureRecord: CustomStringConvertible {
  /// `crashed, signal 11`.
  package var description: String {
    kind.rawValue + (signal.map { ", signal \($0)" } ?? "")
  }
}

extension RunRecord {
  /// Why the run ended before its end; `nil` where it did not, or nothing tells.
  package var failure: FailureRecord? {
    switch status {
    case .failed, .interrupted, .running: result?.failure
    case .waiting, .finished, .pruned, .damaged: nil
    }
  }
}

extension RunStatus {
  /// As tables show it, with the kind of a failure: `interrupted (out_of_memory)`.
  package func word(_ failure: FailureRecord.Kind?) -> String {
    guard self != .running, let failure else { return word }
    return "\(word) (\(failure.rawValue))"
  }
}
