import Foundation
internal import Groundwork
internal import Tracking

/// The programs that a person wants run when trials end, one after the other on a thread of their own, so
/// that a slow one holds up no training.
///
/// They come from the command line and the person's own environment, never from a spec or a record:
/// whoever checks, runs or reproduces the work of others runs no program of theirs.
final class Hooks: Sendable {
  /// Run once for each trial that has ended.
  let onFinish: [HookCommand]
  /// Run once when nothing is left to train.
  let onEnd: [HookCommand]
  private let store: FolderStore
  private let jobs = Mailbox<Job?>()
  private let failures = Mailbox<String>()
  private let isDone = Mailbox<Bool>()

  private struct Job: Sendable {
    let command: HookCommand
    let option: String
    let subject: String
    let input: @Sendable () throws -> String
    let environment: [String: String]
    /// Where a failure is noted, beside being said; `nil` for nowhere.
    let log: String?
  }

  static let finishOption = "--on-finish"
  static let endOption = "--on-end"

  init(onFinish: [HookCommand], onEnd: [HookCommand], store: FolderStore) throws {
    (self.onFinish, self.onEnd, self.store) = (onFinish, onEnd, store)
    guard !onFinish.isEmpty || !onEnd.isEmpty else { return }
    try SystemThread.start { [jobs, failures, isDone] in
      while let job = jobs.receive() {
        if let failure = Self.run(job) { failures.post(failure) }
      }
      isDone.post(true)
    }
  }

  /// What is going to be run, a line each, said before anything is trained.
  var lines: [String] {
    onFinish.map { "on finish of each trial: \($0.description)" }
      + onEnd.map { "on the end of all: \($0.description)" }
  }

  /// A trial has ended: finished, pruned, or failed for good.
  func trialEnded(_ id: String, experiment: String, _ outcome: TrialOutcome) {
    let word: String
    switch outcome {
    case .finished: word = "finished"
    case .pruned: word = "pruned"
    case .failed: word = "failed"
    default: return
    }
    for command in onFinish {
      jobs.post(
        Job(
          command: command, option: Self.finishOption, subject: "\(experiment)/\(id.prefix(8))",
          input: { [store] in
            guard let run = try store.run(id, experiment: experiment) else {
              throw Failure(.failed, "its record is gone")
            }
            return try JSONOutput.text(
              RunDescription(run, system: store.systemHistories(of: run)))
          },
          environment: [
            "EXPERIMENTS_EXPERIMENT": experiment, "EXPERIMENTS_RUN": id,
            "EXPERIMENTS_STATUS": word, "EXPERIMENTS_RESULTS": folder,
          ], log: lastLog(id, experiment)))
    }
  }

  /// Nothing is left to train, or nothing more can be.
  func sweepEnded(_ ids: Set<String>, experiment: String, isDone: Bool) {
    for command in onEnd {
      jobs.post(
        Job(
          command: command, option: Self.endOption, subject: experiment,
          input: { [store] in
            let runs = try store.catalogue(of: experiment).runs.filter { ids.contains($0.id) }
            return try JSONOutput.text(RunTable(runs).rows)
          },
          environment: [
            "EXPERIMENTS_EXPERIMENT": experiment,
            "EXPERIMENTS_STATUS": isDone ? "finished" : "failed", "EXPERIMENTS_RESULTS": folder,
          ], log: nil))
    }
  }

  /// Waits for those that are still to run.
  func finish() {
    guard !onFinish.isEmpty || !onEnd.isEmpty else { return }
    jobs.post(nil)
    _ = isDone.receive()
  }

  /// What went wrong since the last time, a sentence each.
  func newFailures() -> [String] {
    var sentences: [String] = []
    while let next = failures.receive(within: 0) { sentences.append(next) }
    return sentences
  }

  private var folder: String {
    Path.absolute(store.root, in: FileManager.default.currentDirectoryPath)
  }

  private func lastLog(_ id: String, _ experiment: String) -> String? {
    let attempts = (try? store.run(id, experiment: experiment))?.attempts ?? []
    return attempts.last.flatMap {
      store.logPath(id, experiment: experiment, attempt: $0.attempt)
    }
  }

  private static func run(_ job: Job) -> String? {
    let failure: String?
    do {
      failure = HookProcess(
        command: job.command, input: try job.input(), environment: job.environment
      ).run()
    } catch {
      failure = "\(error)"
    }
    guard let failure else { return nil }
    let sentence = "\(job.option) \(job.command.description): \(job.subject): \(failure)"
    if let log = job.log { AttemptLog.note("warning: \(sentence)", in: log) }
    return sentence
  }
}
