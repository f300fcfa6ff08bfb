/// A task of a job array as `squeue` tells of it. It is advice: that a task is in the queue, or is not, says
/// nothing of its trials, which their records tell of.
struct SlurmTaskState: Sendable, Hashable {
  /// The number of the job array.
  let job: String
  /// The number of the task in it.
  let task: String
  let phase: Phase
  /// Where it runs; empty where it does not.
  let node: String
  /// Why it does not run, in Slurm's words.
  let reason: String

  enum Phase: Sendable, Hashable {
    case running
    case waiting
    /// It waits until somebody lets it go on.
    case held
  }

  /// What `squeue` is asked to print of a task.
  static let format = "%F|%K|%T|%N|%r"

  /// - Parameter line: of `squeue`; `nil` is made of one that is not of this form.
  init?(_ line: String) {
    let parts = line.split(separator: "|", maxSplits: 4, omittingEmptySubsequences: false)
      .map { $0.trimmingWhitespace }
    guard parts.count == 5, !parts[0].isEmpty else { return nil }
    (job, task, node, reason) = (parts[0], parts[1], parts[3], parts[4])
    switch parts[2] {
    case "RUNNING", "COMPLETING", "CONFIGURING", "SIGNALING", "STAGE_OUT": phase = .running
    case "REQUEUE_HOLD", "SPECIAL_EXIT": phase = .held
    default: phase = reason.lowercased().contains("held") ? .held : .waiting
    }
  }
}

extension Substring {
  fileprivate var trimmingWhitespace: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}

/// What the tasks of a job are doing, in a line: "2 tasks train on n1 and n2, 1 waits (Resources)".
struct SlurmQueueText: CustomStringConvertible {
  let description: String

  init(_ tasks: [SlurmTaskState]) {
    func counted(_ phase: SlurmTaskState.Phase) -> [SlurmTaskState] {
      tasks.filter { $0.phase == phase }
    }
    var parts: [String] = []
    let running = counted(.running)
    if !running.isEmpty {
      let nodes = Set(running.map(\.node).filter { !$0.isEmpty }).sorted()
      let places = nodes.count > 3 ? "\(nodes.count) nodes" : nodes.joined(separator: ", ")
      parts.append(
        "\(Self.tasks(running)) \(running.count == 1 ? "runs" : "run")"
          + (places.isEmpty ? "" : " on \(places)"))
    }
    for (phase, one, several) in [
      (SlurmTaskState.Phase.waiting, "waits", "wait"), (.held, "is held", "are held"),
    ] {
      let found = counted(phase)
      guard !found.isEmpty else { continue }
      let reasons = Set(found.map(\.reason).filter { !$0.isEmpty && $0 != "None" }).sorted()
      parts.append(
        "\(parts.isEmpty ? Self.tasks(found) : "\(found.count)") \(found.count == 1 ? one : several)"
          + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))"))
    }
    description = parts.isEmpty ? "no task in the queue" : parts.joined(separator: ", ").printable
  }

  private static func tasks(_ tasks: [SlurmTaskState]) -> String {
    tasks.count == 1 ? "1 task" : "\(tasks.count) tasks"
  }
}
