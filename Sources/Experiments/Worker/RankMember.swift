import CProcess
internal import Datasets
internal import Execution
import Foundation
internal import OpenMPI
internal import Tracking
internal import Training

/// A process of a trial that several train. The first is the trial's worker; the others take part in its steps.
struct RankMember {
  let worker: Worker

  /// - Returns: what the parent is told last; `nil` of ranks that tell it nothing.
  func run() throws -> WorkerMessage? {
    // Its parent is Open MPI, which ends with the trial's.
    _ = process_end_with_parent(SIGKILL)
    let communicator = try Communicator()
    let ranks = RankChannel(OpenMPIRanks(communicator))
    guard !ranks.leads else {
      var worker = worker
      worker.ranks = ranks
      let verdict = worker.run()
      try communicator.end()
      return verdict
    }
    // The first rank alone hears of requests, and says when to end.
    for number in Interrupts.requests + [RankLaunch.stopSignal] where number != SIGTERM {
      signal(number, SIG_IGN)
    }
    do {
      try follow(ranks)
    } catch let failure as OpenMPIError {
      StandardStreams.say("error: \(failure)\n")
      communicator.abort(status: ExitStatus.failed.rawValue)
    } catch {
      // All ranks have heard of it, and the first tells the parent.
    }
    try communicator.end()
    return nil
  }

  private func follow(_ ranks: RankChannel) throws {
    guard case .text(let text) = try ranks.receive() else { return }
    let task = Result { try RankTask(text) }
    // On a machine that does not see it, what this rank says goes to the parent.
    _ = (try? task.get().log).flatMap(AttemptLog.init)
    let data = Result { try load(task.get()) }
    guard case .text(let algorithms) = try ranks.receive() else { return }
    let loop = Result { try makeLoop(data.get(), algorithms: algorithms, ranks) }
    try facts(loop, data).agree(over: ranks)
    try loop.get().follow()
  }

  private func load(_ task: RankTask) throws -> (trial: Trial, data: SegmentationData) {
    let trial = try Trial(task.trial, places: task.places)
    let data = try SegmentationData.load(
      trial.dataConfiguration(results: worker.store.root), seed: trial.record.seed,
      cacheBytes: trial.spec.limits.keptImages)
    return (trial, data)
  }

  /// The weights come from the first rank.
  private func makeLoop(
    _ loaded: (trial: Trial, data: SegmentationData), algorithms: String, _ ranks: RankChannel
  ) throws -> TrainingLoop {
    var configuration = loaded.trial.trainingConfiguration(threads: worker.threads)
    configuration.computation.knownAlgorithms = try JSONDecoder().decode(
      [String: String].self, from: Data(algorithms.utf8))
    configuration.weights = nil
    // The first rank alone looks at them.
    configuration.evaluation.previews = nil
    return try TrainingLoop(configuration, data: loaded.data, ranks: ranks)
  }

  private func facts(
    _ loop: Result<TrainingLoop, any Error>,
    _ data: Result<(trial: Trial, data: SegmentationData), any Error>
  ) -> RankFacts {
    do {
      return try RankFacts(
        loop.get(), threads: worker.threads,
        data: data.get().data.fingerprints.map(DataFingerprint.init))
    } catch {
      return RankFacts(error, isOfTheData: FailureRecord(error)?.kind == .dataError)
    }
  }
}
