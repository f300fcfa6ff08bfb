/// The outcome of a reproduction in words.
struct ReproductionReport {
  let status: ExitStatus
  let text: String

  init(_ verdict: Reproduction.Verdict, of run: String, _ circumstances: Circumstances) {
    switch verdict {
    case .identical(let rounds, let tensors, let checkpoints):
      let parts = [Units.count(rounds, "round"), Units.count(tensors, "tensor")]
      let files = checkpoints > 0 ? [Units.count(checkpoints, "checkpoint")] : []
      (status, text) = (.done, "identical: " + (parts + files).joined(separator: ", "))
    case .differs(let divergence):
      (status, text) = (
        .differs, "different from \(divergence)\n" + Self.causes(circumstances)
      )
    case .checkpointsDiffer(let names):
      (status, text) = (
        .differs,
        "every round is the same, but not the checkpoint \(names.joined(separator: ", "))\n"
          + Self.causes(circumstances)
      )
    case .endsOtherwise(let recorded, let repeated):
      (status, text) = (
        .differs,
        "it ended otherwise\n  recorded: \(recorded)\n  repeated: \(repeated)\n"
          + Self.causes(circumstances)
      )
    case .interrupted:
      (status, text) = (.interrupted, "stopped; nothing is kept of the repetition of \(run)")
    }
  }

  private static func causes(_ circumstances: Circumstances) -> String {
    guard !circumstances.changes.isEmpty else {
      return "nothing that is recorded has changed since: this should not happen"
    }
    return "what has changed since the record:\n"
      + circumstances.changes.map { "  \($0)" }.joined(separator: "\n")
  }
}
