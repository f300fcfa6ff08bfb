import Foundation
import Testing

/// Sweeps that decide from results come to the same trials and the same table whatever happened.
@Suite struct AdaptiveSweepTests {
  private func spec(_ method: String) -> String {
    """
    experiment: adaptive
    seed: 3
    data:
      generated: {train: 8, validation: 4, size: [32, 32], classes: 3, seed: 3}
    template: {name: unet, base_channels: 4, depth: 2}
    losses: cross_entropy
    solver: {type: ADAM, base_lr: 1e-2}
    training: {epochs: 2, batch_size: 4}
    sweep:
      method: \(method)
      trials: 9
      parameters:
        solver.base_lr: {log_uniform: [1e-4, 1e-1]}
        template.base_channels: {range: [4, 8], step: 2}
        solver.type: [ADAM, SGD]
        solver.momentum: {uniform: [0.5, 0.99], when: solver.type == SGD}
      require: solver.base_lr * template.base_channels < 0.5
      start: [{solver.base_lr: 5e-3, solver.type: ADAM}]
    """
  }

  /// The sweep's trials with their values, and what it came to.
  private struct Sweep: Equatable {
    let trials: String
    let table: [String]

    init(_ workplace: Workplace) throws {
      trials = try workplace.run("plan", "a.yaml", "--json").output
      table = try workplace.table(of: "adaptive")
    }
  }

  private func run(_ method: String, _ options: String...) throws -> Sweep {
    let workplace = try Workplace()
    try workplace.write(spec(method), to: "a.yaml")
    let process = try workplace.start(["run", "a.yaml"] + options)
    let transcript = try process.finish()
    #expect(transcript.status == 0, "\(transcript)")
    return try Sweep(workplace)
  }

  @Test(
    "one job, two jobs, and three kills make no difference",
    arguments: ["gp, batch: 3, startup: 3"]
      + (CrashPoints.isLong ? ["tpe, batch: 3, startup: 3"] : []))
  func same(method: String) throws {
    let method = method.replacing(", ", with: "\n  ")
    let one = try run(method, "--jobs", "1")
    #expect(one.table.count == 10)
    #expect(try run(method, "--jobs", "2") == one)

    let workplace = try Workplace()
    try workplace.write(spec(method), to: "a.yaml")
    for kills in 1...3 {
      try workplace.killRun("--jobs", "1", of: "adaptive", afterTrials: 2 * kills)
    }
    let last = try workplace.run("run", "a.yaml", "--jobs", "1")
    #expect(last.status == 0, "\(last)")
    #expect(try Sweep(workplace) == one)
  }

  @Test("a plan says how many trials are known, and all of them once they have run")
  func plan() throws {
    let workplace = try Workplace()
    try workplace.write(spec("cma_es"), to: "a.yaml")
    let before = try workplace.run("plan", "a.yaml")
    #expect(before.errors.contains("note: 1 of 9 trials are known"), "\(before)")
    #expect(try workplace.run("run", "a.yaml").status == 0)
    let after = try workplace.run("plan", "a.yaml")
    #expect(after.output.split(separator: "\n").count == 10, "\(after)")
    #expect(after.output.split(separator: "\n").dropFirst().allSatisfy { $0.hasSuffix("finished") })
  }

  @Test("a list is read from a CSV file, its mistakes are shown there")
  func csv() throws {
    let workplace = try Workplace()
    let list = spec("list").split(separator: "\n").prefix(10).joined(separator: "\n")
    try workplace.write(list + "\n  points: points.csv\n", to: "a.yaml")
    try workplace.write(
      "solver.base_lr,losses\n1e-2,\"[cross_entropy, dice]\"\n\n1e-3,\n", to: "points.csv")
    let plan = try workplace.run("plan", "a.yaml")
    #expect(plan.output.contains("cross_entropy + dice"), "\(plan)")
    #expect(plan.output.split(separator: "\n").count == 3, "\(plan)")
    try workplace.write("solver.base_lr,losses\n0.1,dice\n-1,dice\n", to: "points.csv")
    let wrong = try workplace.run("plan", "a.yaml")
    #expect(
      wrong.errors.contains("points.csv:3:1: error[E0202]: solver.base_lr must be above 0"),
      "\(wrong)")
  }
}

extension Workplace {
  /// The comparison as CSV, row by row, without times, which differ from one training to the next.
  func table(of experiment: String) throws -> [String] {
    let csv = try run("compare", experiment, "--format", "csv").output
    let rows = csv.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let timed = Set(
      rows[0].indices.filter { rows[0][$0].contains("seconds") || rows[0][$0].contains("time") })
    return rows.map { row in
      row.indices.filter { !timed.contains($0) }.map { String(row[$0]) }.joined(separator: ",")
    }
  }

  /// Runs `a.yaml` and kills it once the ends of so many trials are recorded, or it is over.
  func killRun(_ options: String..., of experiment: String, afterTrials count: Int) throws {
    let running = try start(["run", "a.yaml"] + options)
    while running.process.isRunning, try finishedTrials(of: experiment) < count { usleep(5000) }
    kill(running.process.processIdentifier, SIGKILL)
    _ = try running.finish()
  }

  /// The number of trials whose ends are recorded.
  private func finishedTrials(of experiment: String) throws -> Int {
    let trials = folder.appendingPathComponent("results/\(experiment)/trials")
    let files = FileManager.default.enumerator(at: trials, includingPropertiesForKeys: nil)
    return files?.compactMap { $0 as? URL }.count { $0.lastPathComponent == "result.json" } ?? 0
  }
}
