import Foundation
import Testing

/// Sweeps that end trials before their time end the same ones whatever happened.
@Suite struct PruningTests {
  private func spec(_ sweep: String, epochs: Int = 9) -> String {
    """
    experiment: pruned
    seed: 3
    data:
      generated: {train: 8, validation: 4, size: [32, 32], classes: 3, seed: 3}
    template: {name: unet, base_channels: 4, depth: 2}
    losses: cross_entropy
    solver: {type: ADAM, base_lr: 1e-2}
    training: {epochs: \(epochs), batch_size: 4, determinism: portable}
    sweep:
      \(sweep.replacing("\n", with: "\n  "))
    """
  }

  private static let grid = """
    parameters: {solver.base_lr: [1e-4, 1e-3, 1e-2], solver.type: [ADAM, SGD]}
    """

  /// What a sweep came to: which trials there are, how each ended, and the values they had.
  private struct Outcome: Equatable {
    let plan: String
    let table: [String]

    init(_ workplace: Workplace) throws {
      plan = try workplace.run("plan", "a.yaml", "--json").output
      let list = try workplace.run("ls", "--json").output
      // Times differ from run to run.
      table = list.split(separator: "\n").filter { !$0.contains("\"seconds\"") }.map(String.init)
    }
  }

  private func run(_ sweep: String, _ options: String...) throws -> Outcome {
    let workplace = try Workplace()
    try workplace.write(spec(sweep), to: "a.yaml")
    let transcript = try workplace.start(["run", "a.yaml"] + options).finish()
    #expect(transcript.status == 0, "\(transcript)")
    return try Outcome(workplace)
  }

  private static let known = grid + "\npruner: {asha: {min: 1 epoch, among: earlier}}"
  private static let adaptive =
    "method: tpe\ntrials: 6\nbatch: 3\nstartup: 3\nparameters: {solver.base_lr: {log_uniform: [1e-4, 1e-1]}}\n"
    + "pruner: asha"
  private static let others = [
    known,
    grid + "\nseeds: 2\npruner: {hyperband: {brackets: aggressive, factor: 2}}",
    "parameters: {solver.base_lr: [1e-2, 1e-3, 1e-4], solver.type: [SGD, ADAM]}\n"
      + "pruner: [diverged, {median: {startup: 2, warmup: 1}}]",
  ]
  /// All of them in `make test-crash`.
  private static let sweeps = [adaptive] + (CrashPoints.isLong ? others : [])

  @Test("one job, two jobs, and three kills make no difference", arguments: sweeps)
  func same(sweep: String) throws {
    let one = try run(sweep, "--jobs", "1")
    #expect(one.plan.contains("\"pruned\""))
    #expect(one.plan.contains("\"finished\""))
    #expect(try run(sweep, "--jobs", "2") == one)

    let workplace = try Workplace()
    try workplace.write(spec(sweep), to: "a.yaml")
    for kills in 1...3 {
      try workplace.killRun("--jobs", "2", of: "pruned", afterTrials: kills)
    }
    let last = try workplace.run("run", "a.yaml", "--jobs", "1")
    #expect(last.status == 0, "\(last)")
    #expect(try Outcome(workplace) == one)
  }

  @Test("a pruned run says so everywhere, and is repeated to the same bytes")
  func shown() throws {
    let workplace = try Workplace()
    try workplace.write(spec(Self.grid + "\npruner: {asha: {among: all}}"), to: "a.yaml")
    let run = try workplace.run("run", "a.yaml")
    #expect(run.status == 0, "\(run)")
    #expect(run.errors.contains("below the best 2 of 6 trials at epoch 1"), "\(run)")
    #expect(run.errors.contains("5 trials of 6 pruned"), "\(run)")
    let list = try workplace.run("ls", "--where", "status == pruned")
    #expect(list.output.contains("5 runs"), "\(list)")
    #expect(list.output.contains("1 of 9"), "\(list)")
    let pruned = try #require(list.output.split(separator: "\n").first { $0.contains("1 of 9") })
    let name = String(try #require(pruned.split(separator: " ").first))
    let shown = try workplace.run("show", name)
    #expect(shown.output.contains("pruned at epoch 1 of 9, rung 1: below the best 2"), "\(shown)")
    let compared = try workplace.run("compare", "pruned")
    #expect(compared.errors.contains("5 runs were pruned before the planned end"), "\(compared)")
    let repeated = try workplace.run("reproduce", name)
    #expect(repeated.status == 0, "\(repeated)")
    #expect(repeated.output.contains("identical: 1 evaluation"), "\(repeated)")
    let again = try workplace.run("run", "a.yaml")
    #expect(again.status == 0, "\(again)")
    #expect(again.errors.contains("none left to run"), "\(again)")
    #expect(again.errors.contains("5 trials pruned before"), "\(again)")
  }

  @Test(
    "without their pruner, and under another one, pruned trials go on",
    .enabled(if: CrashPoints.isLong))
  func other() throws {
    let workplace = try Workplace()
    try workplace.write(spec(Self.grid + "\npruner: {asha: {among: all}}"), to: "a.yaml")
    #expect(try workplace.run("run", "a.yaml").status == 0)
    try workplace.write(spec(Self.grid + "\npruner: {asha: {min: 3 epochs}}"), to: "a.yaml")
    let plan = try workplace.run("plan", "a.yaml")
    #expect(plan.errors.contains("were pruned otherwise before and go on"), "\(plan)")
    let later = try workplace.run("run", "a.yaml")
    #expect(later.status == 0, "\(later)")
    let listed = try workplace.run("ls", "--where", "status == pruned")
    #expect(listed.output.contains("3 of 9"), "\(listed)")
    #expect(!listed.output.contains("1 of 9"), "\(listed)")
    try workplace.write(spec(Self.grid), to: "a.yaml")
    #expect(try workplace.run("run", "a.yaml").status == 0)
    let whole = try Outcome(workplace)
    #expect(!whole.plan.contains("\"pruned\""))
    #expect(try run(Self.grid) == whole)
  }

  @Test("a loss that is no number is pruned where that is asked for, and the sweep succeeds")
  func diverged() throws {
    let workplace = try Workplace()
    let sweep = "parameters: {solver.base_lr: [1e-3, 1e30], solver.type: [SGD]}"
    try workplace.write(spec(sweep + "\npruner: diverged", epochs: 3), to: "a.yaml")
    let run = try workplace.run("run", "a.yaml")
    #expect(run.status == 0, "\(run)")
    #expect(run.errors.contains("1 trial of 2 pruned"), "\(run)")
    let again = try workplace.run("run", "a.yaml")
    #expect(again.errors.contains("1 trial pruned before"), "\(again)")
    #expect(try workplace.run("reproduce", "pruned/2").status != 1)
    try workplace.write(spec(sweep, epochs: 3), to: "a.yaml")
    #expect(try workplace.run("run", "a.yaml").status == 1)
  }

  @Test(
    "when the time of a sweep is over it says how to go on, and comes to the same table",
    .enabled(if: CrashPoints.isLong))
  func totalTime() throws {
    let whole = try run(Self.grid + "\npruner: asha")
    let workplace = try Workplace()
    let text = spec(Self.grid + "\npruner: asha")
    try workplace.write(text + "\nlimits: {total_time: 0.001 s}\n", to: "a.yaml")
    let none = try workplace.run("run", "a.yaml")
    #expect(none.status != 0)
    #expect(
      none.errors.contains("the time of limits.total_time is over: 6 trials left; go on with:"),
      "\(none)")
    try workplace.write(text + "\nlimits: {total_time: 700 s}\n", to: "a.yaml")
    #expect(try workplace.run("run", "a.yaml").status == 0)
    #expect(try Outcome(workplace) == whole)
  }

  @Test(
    "rungs without evaluations are refused where they are written",
    arguments: [
      (
        "pruner: {asha: {min: 3 epochs}}", "evaluation: {every: 2 epochs}",
        "asha compares trials after 3 epochs, when there is no evaluation: evaluation.every is 2 epochs"
      ),
      (
        "pruner: {asha: {min: 100 iterations}}", "",
        "asha begins to compare after 100 iterations, and trials are trained for epochs"
      ),
      (
        "pruner: {hyperband: {min: 9 epochs}}", "",
        "hyperband begins to compare after 9 epochs, and the longest trial ends after 9 epochs: it would "
          + "prune nothing"
      ),
      ("pruner: [asha, median]", "", "asha and median both compare trials with each other"),
      ("pruner: {ashe: {}}", "", "did you mean 'asha'?"),
      ("pruner: {threshold: {}}", "", "needs lower, upper or both"),
    ])
  func refused(pruner: String, more: String, message: String) throws {
    let workplace = try Workplace()
    try workplace.write(spec(Self.grid + "\n" + pruner) + "\n" + more + "\n", to: "a.yaml")
    let check = try workplace.run("check", "a.yaml")
    #expect(check.status == 65, "\(check)")
    #expect(check.errors.contains(message), "\(check)")
    #expect(check.errors.contains("a.yaml:11:"), "\(check)")
  }
}
