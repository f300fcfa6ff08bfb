internal import Datasets

/// The command line that starts a worker; the `worker` command reads it back.
enum WorkerInvocation {
  static let command = "worker"

  /// - Parameters:
  ///   - results: the folder of the records.
  ///   - threads: how many the worker trains with, or each of its ranks.
  ///   - ranks: the processes that share the trial.
  ///   - algorithms: a file of the algorithms to use, for a repetition.
  ///   - endsAfter: the steps after which a repetition ends.
  ///   - pruning: a file of what may end the trial for others.
  ///   - deadline: when it stops with its next evaluation, in seconds of ``Uptime``.
  ///   - timeLimit: the seconds that the trial may train for.
  static func arguments(
    for trial: Trial, results: String, threads: Int, ranks: Int = 1,
    algorithms: String? = nil,
    endsAfter: Int? = nil, pruning: String? = nil, deadline: Double? = nil, timeLimit: Double? = nil
  ) -> [String] {
    [
      command, "--results", results, "--experiment", trial.record.experiment, "--run", trial.id,
      "--threads", "\(threads)", "--data", JSONOutput.line(trial.spec.places),
    ] + (ranks > 1 ? ["--ranks", "\(ranks)"] : [])
      + (algorithms.map { ["--algorithms", $0] } ?? [])
      + (endsAfter.map { ["--ends-after", "\($0)"] } ?? [])
      + (pruning.map { ["--pruning", $0] } ?? [])
      + (deadline.map { ["--deadline", "\($0)"] } ?? [])
      + (timeLimit.map { ["--time-limit", "\($0)"] } ?? [])
  }
}
