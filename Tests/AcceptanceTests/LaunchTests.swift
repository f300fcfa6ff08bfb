@testable import Experiments
import Foundation
import Testing
@testable import Tracking

/// Launches that share the trials of an experiment.
@Suite struct LaunchTests {
  /// Trials that train in a blink.
  private func spec(trials: Int) -> String {
    SmallSpecs.generated(rates: ["1e-2"]).replacingOccurrences(
      of: "sweep:", with: "sweep:\n  seeds: \(trials)"
    )
    .replacingOccurrences(of: "  parameters:\n    solver.base_lr: [1e-2]\n", with: "")
  }

  /// Starts the same command several times at once, until nothing is left.
  ///
  /// - Parameter environments: of each of them.
  private func launch(
    _ workplace: Workplace, _ environments: [[String: String]]
  ) throws -> [Workplace.Transcript] {
    let running = try environments.map {
      try workplace.start(["run", "tiny.yaml"], environment: $0)
    }
    return try running.map { try $0.finish() }
  }

  /// Every trial is finished, and had one attempt.
  private func expectEachOnce(_ workplace: Workplace, trials: Int, _ said: [Workplace.Transcript])
    throws
  {
    let store = FolderStore(root: workplace.folder.appendingPathComponent("results").path)
    let runs = try store.runs(of: "tiny")
    #expect(runs.count == trials)
    for run in runs {
      #expect(run.status == .finished && run.attempts.count == 1, "\(run.name): \(said)")
    }
  }

  private var trials: Int { CrashPoints.isLong ? 64 : 8 }

  @Test("four launches at once train each trial exactly once")
  func fourLaunches() throws {
    let workplace = try Workplace()
    try workplace.write(spec(trials: trials), to: "tiny.yaml")
    let said = try launch(workplace, Array(repeating: [:], count: 4))
    for transcript in said {
      #expect([0, 75].contains(transcript.status), "\(transcript)")
    }
    try expectEachOnce(workplace, trials: trials, said)
    #expect(try workplace.run("run", "tiny.yaml").status == 0)
  }

  @Test(
    "launches on two hosts whose locks know nothing of each other train each trial once",
    .enabled(if: CrashPoints.library != nil && CrashPoints.isLong))
  func twoHosts() throws {
    let workplace = try Workplace()
    try workplace.write(spec(trials: 6), to: "tiny.yaml")
    let hosts = try ["one", "two"].map { name in
      try workplace.write("\(name)-boot-id\n", to: name)
      return [
        "LD_PRELOAD": CrashPoints.library ?? "",
        "CRASH_BOOT": workplace.folder.appendingPathComponent(name).path,
      ]
    }
    let said = try launch(workplace, hosts)
    try expectEachOnce(workplace, trials: 6, said)
  }

  @Test("a trial whose worker died on another host is taken over", .enabled(if: CrashPoints.isLong))
  func deadHost() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(epochs: 40, rates: ["1e-2"]), to: "tiny.yaml")
    let running = try workplace.start(["run", "tiny.yaml"])
    while running.process.isRunning, !workplace.hasRecorded(steps: 6) { usleep(5000) }
    kill(running.process.processIdentifier, SIGKILL)
    _ = try running.finish()
    let lock = try #require(workplace.files(below: "results").first { $0.hasSuffix("/lock") })
    try workplace.write("process 1 on elsewhere, boot 12, sign 3", to: "results/\(lock)")
    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 0 && again.errors.contains("continues after step"), "\(again)")
  }
}
