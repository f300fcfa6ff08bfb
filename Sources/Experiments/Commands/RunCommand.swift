import ArgumentParser
internal import Datasets
import Foundation
import Tracking

/// Trains every trial of a spec, or goes on where it was stopped, and compares the runs.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Train every trial of a spec that is not done yet, then compare the runs.",
    discussion: """
      experiments run experiments/quickstart.yaml
      experiments run experiments/quickstart.yaml --jobs 2 --set training.epochs=3

      Records go where 'experiments ls' looks for them, see --results.

      Ctrl-C stops after the current step; the same command continues, to the same bytes.
      """)

  @OptionGroup var spec: SpecOptions
  @OptionGroup var results: ResultsOption

  @Option(
    help: """
      Trials to train at a time; they share the processor's cores. By default as many as end first \
      and fit into memory.
      """)
  var jobs: Int?

  @Flag(help: "Try failed trials again, from their last checkpoint.")
  var retry = false

  @Flag(
    help: """
      Go on with runs that were begun with another instruction set or other libraries: they are then \
      neither the one training nor the other, and cannot be reproduced.
      """)
  var anyMachine = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1, not \(jobs)") }
  }

  func run() throws {
    let sweep = try Sweep(
      inspected: inspected(), store: results.store, jobs: jobs, retriesFailed: retry,
      acceptsAnyMachine: anyMachine
    ).prepare()
    try sweep.store.recordPlan(
      sweep.plan.trials.map(\.id), of: sweep.plan.experiment, objective: sweep.plan.objective)
    let screen = Screen.standardError()
    sweep.survey?.facts.warnings.say(on: screen)
    for note in sweep.earlier.notes { screen.print(note) }
    if results.folder.isFound { screen.print("recording in \(results.folder.absolutePath)") }
    screen.printWrapped(sweep.headline)
    if let warning = sweep.warning { screen.printWrapped(warning) }
    var progress = Progress(screen: screen, trials: sweep.plan.trials.count)
    let summary = try sweep.run { progress.show($0) }
    progress.finish()
    let report = try SweepReport(sweep, summary, again: again, results: results.typed)
    if let table = report.comparison { print(table, terminator: "") }
    screen.print(report.notes)
    if report.status != .done { throw Failure(report.status) }
  }

  /// The command that continues this one.
  private var again: String {
    "experiments run \(spec.typed)\(jobs.map { " --jobs \($0)" } ?? "")\(results.typed)"
      + (anyMachine ? " --any-machine" : "")
  }

  /// Where the data is gone, what is done needs none any more: trials are then taken for the finished
  /// runs that have their settings, if that is all of them.
  private func inspected() throws -> InspectedPlan {
    let plan = try spec.plan(results.folder)
    do {
      return try spec.inspected(plan, results.store)
    } catch let problems as DataDiagnostics {
      let runs = try results.store.runs(of: plan.experiment)
      guard let finished = plan.finished(in: runs) else { throw problems }
      let screen = Screen.standardError()
      screen.print("\(problems)")
      screen.print(
        "warning: since the data cannot be read, these runs are shown as the spec's by their settings "
          + "alone")
      return InspectedPlan(plan: finished, inspections: [])
    }
  }
}
