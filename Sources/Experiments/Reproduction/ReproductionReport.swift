internal import Datasets

/// The outcome of a reproduction in words.
struct ReproductionReport {
  let status: ExitStatus
  let text: String

  /// - Parameters:
  ///   - environment: the difference from the environment of the attempt that differs; `nil` where
  ///     the repetition ended before it was known.
  ///   - attempt: its number, where it is not the first.
  init(
    _ verdict: Reproduction.Verdict, of run: String, _ environment: EnvironmentDifference?,
    attempt: Int? = nil
  ) {
    let causes = environment.map { Self.causes($0, attempt) } ?? ""
    switch verdict {
    case .identical(let evaluations, let tensors, let checkpoints):
      let parts = [Units.count(evaluations, "evaluation"), Units.count(tensors, "tensor")]
      let files = checkpoints > 0 ? [Units.count(checkpoints, "checkpoint")] : []
      status = .done
      text = "identical: " + (parts + files).joined(separator: ", ")
    case .differs(let divergence):
      status = .differs
      text = "different from \(divergence)" + causes
    case .checkpointsDiffer(let names):
      status = .differs
      let files = names.joined(separator: ", ")
      text = "every evaluation is the same, but not the checkpoint \(files)" + causes
    case .endsOtherwise(let recorded, let repeated):
      status = .differs
      text = "it ended otherwise\n  recorded: \(recorded)\n  repeated: \(repeated)" + causes
    case .dataChanged:
      status = .badInput
      text = "the data is not what the run was trained on; nothing was trained"
    case .stopped(let cause):
      status = .damagedStore
      text = "the repetition was ended by the system, nothing is known: \(cause)"
    case .interrupted:
      status = .interrupted
      text = "stopped; nothing is kept of the repetition of \(run)"
    }
  }

  private static func causes(_ environment: EnvironmentDifference, _ attempt: Int?) -> String {
    guard !environment.changes.isEmpty else {
      return
        "\nnothing that is recorded has changed since. Reproduce it once more: where it differs "
        + "each time in another place, the machine computes wrongly (memory, overclocking); where it "
        + "is always the same place, something that is not recorded has changed, or a record was "
        + "changed along with its digests"
    }
    let subject = attempt.map {
      "what attempt \($0), which computed it, ran with, and what this did"
    }
    return "\n\(subject ?? "what has changed since the record"):\n"
      + environment.changes.map { "  \($0)" }.joined(separator: "\n")
  }
}
