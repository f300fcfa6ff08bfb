@testable import Datasets
@testable import Execution
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing
@testable import Tracking

/// What `limits` and `--jobs` do, by what a person sees.
@Suite struct LimitsTests {
  @Test("two trials at a time end in the same bytes as one after the other")
  func jobs() throws {
    let (one, two) = (try Workplace(), try Workplace())
    let alone = try one.finishedRun(of: SmallSpecs.generated(), "--jobs", "1")
    #expect(alone.errors.hasPrefix("tiny: 2 trials, one at a time on 1 thread (limits.threads, "))
    let together = try two.finishedRun(of: SmallSpecs.generated(), "--jobs", "2")
    #expect(together.errors.hasPrefix("tiny: 2 trials, 2 at a time on 1 thread each (limits.th"))
    let checkpoints = one.checkpoints
    #expect(checkpoints.count >= 2)
    #expect(checkpoints == two.checkpoints)
    #expect(try Record(of: one) == Record(of: two))
  }

  @Test("the trials of a sweep that grows have the threads of those that are done")
  func threadsOfBefore() throws {
    let workplace = try Workplace()
    _ = try workplace.finishedRun(of: SmallSpecs.generated(rates: ["1e-2"]))
    let spec = SmallSpecs.generated().replacingOccurrences(of: "limits: {threads: 1}", with: "")
    let run = try workplace.finishedRun(of: spec)
    #expect(run.errors.hasPrefix("tiny: 2 trials, 1 left, one at a time on 1 thread (threads as"))
    let show = try workplace.run("show", "tiny/2", "--json")
    #expect(show.output.contains("\"threads\" : 1"))
  }

  @Test("a trial that needs more than limits.memory is refused before anything runs")
  func memory() throws {
    let workplace = try Workplace()
    let spec = SmallSpecs.generated()
      .replacingOccurrences(of: "limits: {threads: 1}", with: "limits: {memory: 100 KB}")
    try workplace.write(spec, to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    #expect(run.status == 65, "\(run)")
    #expect(run.output.isEmpty)
    #expect(!workplace.exists("results"), "something was recorded")
    let lines = run.errors.split(separator: "\n")
    try #require(lines.count == 4, "\(run)")
    #expect(lines[0].hasPrefix("error[E0417]: trial 1 (solver.base_lr 1e-2, seed 7) needs "))
    #expect(lines[0].contains("more than limits.memory, 100.0 kB: "))
    #expect(lines[1].hasPrefix("error[E0417]: trial 2 (solver.base_lr 1e-3, seed 7) needs "))
    #expect(lines[2].contains("training.batch_size") && lines[2].contains("training.recompute"))
    #expect(lines[3] == "2 errors; nothing was run")

    let check = try workplace.run("check", "tiny.yaml")
    #expect(check.status == 65, "\(check)")
    #expect(check.errors == run.errors)
    #expect(check.output.contains("for each trial"))
  }

  @Test("check says which trials take how much memory where they differ")
  func table() throws {
    let workplace = try Workplace()
    let spec = SmallSpecs.generated()
      .replacingOccurrences(of: "solver.base_lr: [", with: "template.base_channels: [4, 8] #")
    try workplace.write(spec, to: "tiny.yaml")
    let check = try workplace.run("check", "tiny.yaml")
    #expect(check.status == 0, "\(check)")
    let rows = check.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(rows.contains { $0.first == "trials" && $0.last == "memory" })
    #expect(rows.contains { $0.prefix(2) == ["2", "8"] })
    #expect(rows.contains { $0.prefix(2) == ["1", "4"] })
  }
}

extension Workplace {
  /// Runs a spec to its end.
  fileprivate func finishedRun(of spec: String, _ options: String...) throws -> Transcript {
    try write(spec, to: "tiny.yaml")
    let running = try start(["run", "tiny.yaml"] + options)
    let transcript = try running.finish()
    try #require(transcript.status == 0, "\(transcript)")
    return transcript
  }

  /// Of all trials, by their path.
  fileprivate var checkpoints: [String: Data] {
    let names = files(below: "results").filter { $0.contains("/checkpoints/") }
    return Dictionary(
      uniqueKeysWithValues: names.map { ($0, (try? data("results/\($0)")) ?? Data()) })
  }
}
