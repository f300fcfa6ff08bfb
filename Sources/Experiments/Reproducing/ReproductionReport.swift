/// The outcome of a reproduction in words.
struct ReproductionReport {
  let status: ExitStatus
  let text: String

  /// - Parameter circumstances: `nil` where the repetition ended before they were known.
  init(_ verdict: Reproduction.Verdict, of run: String, _ circumstances: Circumstances?) {
    let causes = circumstances.map(Self.causes) ?? ""
    switch verdict {
    case .identical(let rounds, let tensors, let checkpoints):
      let parts = [Units.count(rounds, "round"), Units.count(tensors, "tensor")]
      let files = checkpoints > 0 ? [Units.count(checkpoints, "checkpoint")] : []
      status = .done
      text = "identical: " + (parts + files).joined(separator: ", ")
    case .differs(let divergence):
      status = .differs
      text = "different from \(divergence)" + causes
    case .checkpointsDiffer(let names):
      status = .differs
      let files = names.joined(separator: ", ")
      text = "every round is the same, but not the checkpoint \(files)" + causes
    case .endsOtherwise(let recorded, let repeated):
      status = .differs
      text = "it ended otherwise\n  recorded: \(recorded)\n  repeated: \(repeated)" + causes
    case .dataChanged:
      status = .differs
      text = "the data is not what the run was trained on; nothing was trained"
    case .interrupted:
      status = .interrupted
      text = "stopped; nothing is kept of the repetition of \(run)"
    }
  }

  private static func causes(_ circumstances: Circumstances) -> String {
    guard !circumstances.changes.isEmpty else {
      return "\nnothing that is recorded has changed since: this should not happen"
    }
    return "\nwhat has changed since the record:\n"
      + circumstances.changes.map { "  \($0)" }.joined(separator: "\n")
  }
}
