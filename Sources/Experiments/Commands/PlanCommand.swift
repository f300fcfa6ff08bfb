import ArgumentParser
import Foundation
internal import Groundwork
internal import Tracking

/// Shows the trials of a spec before, while and after they run.
struct PlanCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "List the trials of a spec, with their status where they are recorded.",
    discussion: """
      experiments plan experiments/quickstart.yaml
      experiments plan experiments/quickstart.yaml --measure --save trials.csv

      What is left to train is estimated from what earlier runs of the sweep took on this machine.
      """)

  @OptionGroup var spec: SpecOptions
  @OptionGroup var results: ResultsOption
  @OptionGroup var strictness: StrictOption
  @OptionGroup var points: PointsOption

  @Flag(
    help: """
      Train one trial of each kind for a few steps, in a folder that is gone afterwards, and say how long \
      the sweep will take and how much memory and disk.
      """)
  var measure = false

  @Option(
    help: ArgumentHelp("Write the trials as CSV to a file.", valueName: "file"), completion: .file()
  )
  var save: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func validate() throws { try points.check(spec) }

  func run() throws {
    let inspected = try spec.inspected(
      spec.plan(results.folder), results.store, only: points.only)
    let plan = inspected.plan
    let warnings = PlanWarnings(of: plan)
    try strictness.enforce(warnings)
    let screen = Screen.standardError()
    let runs = try results.store.runs(of: plan.experiment)
    let measured = try measure ? measured(inspected, screen) : nil
    let forecast =
      runs.isEmpty && measured == nil
      ? nil
      : SweepForecast(
        inspected, runs: runs, measured: measured?.histories ?? [:],
        host: ProcessInfo.processInfo.hostName)
    let table = try PlanTable(plan, store: results.store, runs: runs, forecast: forecast)
    if !json {
      warnings.say(on: screen)
      for note in table.notes { screen.print(note) }
      let mayEndEarly =
        plan.pruner != nil || plan.trials.contains { $0.spec.training.earlyStopping != nil }
      let notes =
        (forecast?.notes(jobs: jobs(plan), mayEndEarly: mayEndEarly) ?? [])
        + (measured?.notes(trials: forecast?.trials ?? 0) ?? [])
      for note in notes { screen.printWrapped(note) }
    }
    if let save {
      try FileBytes.write(Array(table.csv.utf8), to: save)
      screen.print("\(Units.count(table.rows.count, "trial")) written to \(save)")
    }
    print(try json ? JSONOutput.text(table.rows) : table.text(style: .output))
  }

  /// How many trials `run` would train at a time, memory aside.
  private func jobs(_ plan: TrialPlan) -> Int {
    JobPlan(
      .init(
        memory: plan.trials.map { _ in 0 }, jobs: nil,
        threads: plan.limits.threads.map { .spec($0) }, ranks: plan.limits.ranks ?? 1), on: .current
    ).jobs
  }

  private func measured(
    _ inspected: InspectedPlan, _ screen: Screen
  ) throws -> PaceMeasurement.Found {
    var progress = Progress(screen: screen, trials: inspected.plan.trials.count)
    let found = try PaceMeasurement(inspected: inspected, results: results.store.root).run {
      event in
      // Elsewhere than on a terminal the trials would seem to be trained.
      if screen.isTerminal { progress.show(event) }
    }
    progress.finish()
    guard let found else { throw Failure(.interrupted, "stopped; nothing was measured") }
    for (number, cause) in found.failures.sorted(by: { $0.key < $1.key }) {
      screen.printWrapped("warning: trial \(number) cannot be timed: \(cause)")
    }
    return found
  }
}
