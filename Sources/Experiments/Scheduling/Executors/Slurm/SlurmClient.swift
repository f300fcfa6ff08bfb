import Foundation

/// The programs by which a Slurm cluster is asked and told. Where its controller is down they wait, so
/// that each has a time in which it must answer.
struct SlurmClient: Sendable {
  /// The folders in which the programs are looked for, with ':' between them.
  var path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  /// Seconds that a program is waited for.
  var patience = 20.0

  /// How a program ended.
  struct Answer {
    let end: ChildProcess.End
    let lines: [String]
  }

  /// - Parameter isQuiet: whether what it says on standard error is thrown away, rather than shown.
  /// - Returns: `nil` where it did not end in time.
  /// - Throws: ``Failure`` where there is no such program.
  func ask(_ program: String, _ arguments: [String], isQuiet: Bool) throws -> Answer? {
    guard let executable = ProgramSearch.find(program, in: path) else {
      throw Failure(
        .usage,
        "error: there is no program '\(program)' in $PATH: run this on a machine of the cluster, with "
          + "Slurm's programs installed, or leave '--executor slurm' out")
    }
    let mailbox = Mailbox<Letter>()
    let process = try ChildProcess.start(
      executable, arguments, environment: ProcessInfo.processInfo.environment, isQuiet: isQuiet,
      line: { mailbox.post(.line($0)) }, ended: { mailbox.post(.ended($0)) })
    let end = ContinuousClock.now + .seconds(patience)
    var lines: [String] = []
    while true {
      let left = (end - ContinuousClock.now) / .seconds(1)
      switch left > 0 ? mailbox.receive(within: left) : nil {
      case .line(let line): lines.append(String(decoding: line, as: UTF8.self))
      case .ended(let end): return Answer(end: end, lines: lines)
      case nil:
        process.send(SIGKILL)
        return nil
      }
    }
  }

  private enum Letter: Sendable {
    case line(Data)
    case ended(ChildProcess.End)
  }
}

extension SlurmClient {
  /// Submits a job.
  ///
  /// - Returns: its number.
  /// - Throws: ``Failure`` where it is refused; `sbatch` itself has said why.
  func submit(_ arguments: [String]) throws -> String {
    guard let answer = try ask("sbatch", ["--parsable"] + arguments, isQuiet: false) else {
      throw Failure(
        .damagedStore,
        "error: sbatch did not answer within \(Int(patience)) s: whether the job was submitted is not "
          + "known; look with 'squeue --me' before the next try")
    }
    // On a federation of clusters the job's number is followed by the name of its cluster.
    let job = answer.lines.last.map { String($0.prefix { $0 != ";" }) } ?? ""
    guard answer.end == .exited(0), !job.isEmpty, job.allSatisfy(\.isNumber) else {
      throw Failure(
        .failed,
        "error: the job was not submitted: sbatch ended with \(answer.end)"
          + (answer.lines.last.map { ": \($0)".printable } ?? ""))
    }
    return job
  }

  /// The tasks of a job that are in the queue, waiting or running.
  ///
  /// - Returns: `nil` where the controller did not say.
  func tasks(of job: String) throws -> [SlurmTaskState]? {
    let arguments = ["--me", "--noheader", "--array", "--format=\(SlurmTaskState.format)"]
    guard let answer = try ask("squeue", arguments, isQuiet: true), answer.end == .exited(0) else {
      return nil
    }
    return answer.lines.compactMap(SlurmTaskState.init).filter { $0.job == job }
  }

  /// Puts the job that this process is back into the queue.
  ///
  /// - Returns: whether it was.
  func requeue(_ job: String) throws -> Bool {
    try ask("scontrol", ["requeue", job], isQuiet: false)?.end == .exited(0)
  }
}
