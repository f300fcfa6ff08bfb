import ArgumentParser
internal import CProcess
internal import Datasets
import Foundation

/// Trains one recorded trial; started by `run` and `reproduce`, or by hand on another machine.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: WorkerInvocation.command, abstract: "Train one recorded trial.",
    shouldDisplay: false)

  @Option(help: "The folder of the records.")
  var results: String

  @Option(help: "The name of the experiment.")
  var experiment: String

  @Option(name: .customLong("run"), help: "The id of the run.")
  var id: String

  @Option(help: "Threads to train with.")
  var threads: Int

  @Option(help: "Processes that share the trial, each with as many threads, by Open MPI.")
  var ranks = 1

  @Flag(help: "Be one of the processes that Open MPI has started.")
  var member = false

  @Option(help: "Where the data lies, as JSON; by default where the record says.")
  var data: String?

  @Option(help: "A file of the algorithms to use, for a repetition.")
  var algorithms: String?

  @Option(help: "The steps after which a repetition ends.")
  var endsAfter: Int?

  @Option(help: "A file of what may end the trial for others of its sweep.")
  var pruning: String?

  @Option(help: "When it stops with its next evaluation, in seconds since the system began.")
  var deadline: Double?

  @Option(help: "The seconds that the trial may train for, over all attempts.")
  var timeLimit: Double?

  @Flag(help: "Go on whatever an earlier attempt ran with.")
  var anyMachine = false

  func run() throws {
    if !member {
      ParentProcess.endWithIt()
      try startRanks()
    }
    process_trace_crashes()
    let worker = Worker(
      store: .init(root: results), experiment: experiment, id: id, threads: threads,
      places: try data.map { try JSONDecoder().decode(DataPlaces.self, from: Data($0.utf8)) },
      algorithms: try algorithms.map(AlgorithmFile.read), endsAfter: endsAfter,
      acceptsAnyMachine: anyMachine, pruning: try pruning.map(SweepPruning.init(reading:)),
      deadline: deadline, timeLimit: timeLimit)
    switch member ? try RankMember(worker: worker).run() : worker.run() {
    case nil, .finished, .pruned, .paused: break
    case .interrupted: throw Failure(.interrupted)
    case .damaged: throw Failure(.damagedStore)
    default: throw Failure(.failed)
    }
  }

  private func startRanks() throws {
    guard ranks > 1 else { return }
    try RankLaunch.check(ranks: ranks)
    let environment = WorkerEnvironment.launch(
      threads: threads, inheriting: ProcessInfo.processInfo.environment)
    try RankLaunch.become(
      ranks: ranks, arguments: Array(CommandLine.arguments.dropFirst()), environment: environment)
  }
}
