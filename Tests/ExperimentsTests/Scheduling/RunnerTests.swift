@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing
import Tracking

/// The runner with workers that are shell scripts.
struct RunnerTests {
  @Test("a worker that crashes is recorded with its cause and last words, and the others go on")
  func crash() throws {
    let bench = try RunnerBench(trials: 3)
    let crashing = bench.trials[1]
    let summary = try bench.run(
      """
      case "$*" in *\(crashing.id)*)
        mkdir -p "$3/$5/trials/\(crashing.id.prefix(2))/$7/attempts/1"
        echo "out of cheese" > "$3/$5/trials/\(crashing.id.prefix(2))/$7/attempts/1/log.txt"
        echo '\(try bench.line(.opened(.init(attempt: 1, resumedAfter: nil))))'
        kill -9 $$ ;;
      esac
      echo '\(try bench.line(.finished))'
      """)
    #expect(summary.outcomes[bench.trials[0].id] == .finished)
    #expect(summary.outcomes[bench.trials[2].id] == .finished)
    #expect(try bench.status(of: crashing) == .interrupted)
    let cause = try #require(try bench.cause(of: crashing))
    #expect(cause.hasPrefix("killed by signal 9"))
    #expect(cause.hasSuffix("out of cheese"))
    #expect(
      summary.outcomes[crashing.id]
        == .stopped(cause: cause, failure: FailureRecord(.killed, signal: 9)))
    #expect(try bench.failure(of: crashing) == FailureRecord(.killed, signal: 9))
  }

  @Test("an exit without a word is recorded with its status, and the run goes on when run again")
  func silentExit() throws {
    let bench = try RunnerBench(trials: 1)
    _ = try bench.run("exit 3")
    #expect(try bench.status(of: bench.trials[0]) == .interrupted)
    #expect(try bench.cause(of: bench.trials[0]) == "exit status 3")
    let agenda = try TrialLedger(trials: bench.trials, store: bench.store)
      .agenda(retriesFailed: false)
    #expect(agenda.toRun.map(\.id) == bench.trials.map(\.id))
  }

  @Test("what is finished is not run again, what failed only on request")
  func agenda() throws {
    let bench = try RunnerBench(trials: 3)
    try bench.finish(
      bench.trials[0],
      .init(outcome: .finished, cause: nil, bestValue: nil, bestEvaluation: nil, evaluations: 1))
    try bench.finish(bench.trials[1], .failed("diverged", evaluations: 2))
    let ledger = TrialLedger(trials: bench.trials, store: bench.store)
    let agenda = try ledger.agenda(retriesFailed: false)
    #expect(agenda.toRun.map(\.id) == [bench.trials[2].id])
    #expect(agenda.skipped == SkippedTrials(finished: 1, failed: 1))
    #expect(agenda.outcomes[bench.trials[1].id] == .failed(cause: "diverged"))
    let retrying = try ledger.agenda(retriesFailed: true)
    #expect(retrying.toRun.map(\.id) == [bench.trials[1].id, bench.trials[2].id])
  }

  @Test("the threads of a sweep are those of its first trial that was begun")
  func threads() throws {
    let bench = try RunnerBench(trials: 3)
    let ledger = TrialLedger(trials: bench.trials, store: bench.store)
    #expect(try ledger.agenda(retriesFailed: false).threads == nil)
    try bench.beginOnTwoThreads(bench.trials[1])
    let agenda = try ledger.agenda(retriesFailed: false)
    #expect(agenda.threads == 2)
    #expect(agenda.toRun.count == 3)
    #expect(try ledger.begin(bench.trials[1]).threads == 2)
    #expect(try ledger.begin(bench.trials[0]).threads == nil)
  }

  @Test("a trial that is tried again goes on at once, and its first end is no outcome")
  func retries() throws {
    let bench = try RunnerBench(trials: 2)
    var again: [String?] = []
    let summary = try bench.run(
      """
      if [ -e "$3/tried" ]; then echo '\(try bench.line(.finished))'; else
        touch "$3/tried"; kill -11 $$
      fi
      """, policies: FailurePolicies(all: .retry(2))
    ) { event in
      if case .again(_, let outcome, let count) = event {
        again.append(count)
        #expect(outcome.failure == FailureRecord(.crashed, signal: 11))
      }
    }
    #expect(again == ["1 of 2"])
    #expect(summary.outcomes.count == 2)
    #expect(summary.outcomes.values.allSatisfy { $0 == .finished })
  }

  @Test("a failure whose policy is to stop ends the sweep, and what has not begun is left")
  func stops() throws {
    let bench = try RunnerBench(trials: 3)
    let failed = try bench.line(
      .failed(cause: "no such image", failure: FailureRecord(.dataError)))
    let summary = try bench.run("echo '\(failed)'; exit 1", policies: .standard)
    #expect(summary.failure?.kind == .dataError && summary.failure?.trial.number == 1)
    #expect(summary.outcomes.count == 1 && !summary.mayGoOn)
  }

  @Test("a worker that says and does nothing is ended, and recorded as hung")
  func hung() throws {
    let bench = try RunnerBench(trials: 1)
    let summary = try bench.run("exec sleep 1000", heartbeat: 1)
    let trial = bench.trials[0]
    #expect(summary.outcomes[trial.id]?.failure == FailureRecord(.hung))
    #expect(try bench.failure(of: trial) == FailureRecord(.hung))
    #expect(try bench.cause(of: trial)?.hasPrefix("hung: it said and did nothing for ") == true)
    #expect(try bench.status(of: trial) == .interrupted)
  }

  @Test("a worker that takes more than its memory is ended, and recorded as out of memory")
  func tooLarge() throws {
    let bench = try RunnerBench(trials: 1)
    let summary = try bench.run(
      "exec python3 -c 'import time; held = bytes([1]) * 200_000_000; time.sleep(1000)'",
      memory: 100_000_000)
    let outcome = try #require(summary.outcomes[bench.trials[0].id])
    #expect(outcome.failure?.kind == .outOfMemory, "\(outcome)")
    #expect(
      try bench.cause(of: bench.trials[0])?.contains("more than limits.memory, 100.0 MB") == true)
  }

  @Test("a trial that has had its time is not begun again unless it may take longer")
  func timedOut() throws {
    let bench = try RunnerBench(trials: 2)
    try bench.finish(
      bench.trials[0],
      .failed(
        "timed out", FailureRecord(.timedOut, timeLimit: 60), evaluations: 1,
        isInterruption: true))
    func agenda(_ limit: Double?) throws -> TrialLedger.Agenda {
      try TrialLedger(trials: bench.trials, store: bench.store, timeLimit: limit)
        .agenda(retriesFailed: true)
    }
    #expect(try agenda(60).toRun.map(\.id) == [bench.trials[1].id])
    #expect(try agenda(60).skipped == SkippedTrials(timedOut: 1))
    #expect(try agenda(61).toRun.count == 2)
    #expect(try agenda(nil).toRun.count == 2)
  }

  @Test("at most so many workers run at a time")
  func jobs() throws {
    let bench = try RunnerBench(trials: 4)
    var (running, most) = (0, 0)
    _ = try bench.run("echo '\(try bench.line(.finished))'", jobs: 2) { event in
      switch event {
      case .started: running += 1
      case .ended: running -= 1
      default: break
      }
      most = max(most, running)
    }
    #expect(most == 2)
    #expect(running == 0)
  }

  @Test(
    "a worker has a mask to itself, and one with more threads than its cores has none",
    .enabled(if: CoreMask.current.cores.count >= 2))
  func masks() throws {
    let cores = CoreMask.current.cores
    let bench = try RunnerBench(trials: 3)
    try bench.beginOnTwoThreads(bench.trials[1])
    let masks = [CoreMask(cores: [cores[0]]), CoreMask(cores: [cores[1]])]
    _ = try bench.run(
      "taskset -cp $$ >> $3/cores; sleep 0.2; echo '\(try bench.line(.finished))'", jobs: 2,
      masks: masks)
    let said = try String(contentsOfFile: "\(bench.store.root)/cores", encoding: .utf8)
    let bound = said.split(separator: "\n").map { String($0.split(separator: " ").last ?? "") }
    #expect(bound.count == 3)
    #expect(bound.filter { $0 == "\(cores[0])" || $0 == "\(cores[1])" }.count == 2)
  }
}

/// Trials, a results folder, and a worker that is a script: `$3` is the folder of the records, `$5`
/// the experiment, `$7` the run.
private final class RunnerBench {
  let trials: [Trial]
  let store: FolderStore
  private let folder: URL

  init(trials count: Int) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = FolderStore(root: folder.appendingPathComponent("results").path)
    let spec = """
      experiment: shapes
      data: {generated: {train: 8, validation: 2, size: [32, 32], classes: 3}}
      template: {name: unet, base_channels: 4, depth: 2}
      losses: dice
      solver: {type: SGD, base_lr: 0.01}
      training: {epochs: 3}
      sweep: {seeds: \(count)}
      """
    trials = try ExperimentSpec.load(SourceText(name: "shapes.yaml", text: spec), folder: "/")
      .plan().trials
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func run(
    _ script: String, jobs: Int = 1, masks: [CoreMask] = [],
    policies: FailurePolicies = FailurePolicies(all: .leave), heartbeat: Double = 600,
    memory: Int? = nil,
    _ report: (RunnerEvent) -> Void = { _ in }
  ) throws -> Runner.Summary {
    let file = folder.appendingPathComponent("worker.sh")
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    var options = Runner.Options(
      jobs: jobs, threads: 1, coreMasks: masks, executable: file.path)
    (options.policies, options.heartbeat, options.memoryLimit) = (policies, heartbeat, memory)
    return try Runner(TrialLedger(trials: trials, store: store), options: options).run(report)
  }

  func line(_ message: WorkerMessage) throws -> String {
    String(decoding: try message.encoded(), as: UTF8.self)
  }

  func finish(_ trial: Trial, _ result: ResultRecord) throws {
    try store.prepare(trial.record, id: trial.id)
    try store.open(trial.id, experiment: "shapes").finish(result)
  }

  /// Records an attempt as if its worker had been killed before the first evaluation.
  func beginOnTwoThreads(_ trial: Trial) throws {
    try store.prepare(trial.record, id: trial.id)
    try store.open(trial.id, experiment: "shapes").beginAttempt(SampleRuns.provenance)
  }

  func cause(of trial: Trial) throws -> String? {
    try store.run(trial.id, experiment: "shapes")?.result?.cause
  }

  func failure(of trial: Trial) throws -> FailureRecord? {
    try store.run(trial.id, experiment: "shapes")?.failure
  }

  func status(of trial: Trial) throws -> RunStatus? {
    try store.run(trial.id, experiment: "shapes")?.status
  }
}
