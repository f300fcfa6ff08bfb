internal import Datasets
internal import Execution
internal import Tracking
internal import Training

/// A recorded run together with weights of it: all that it takes to use what was trained.
struct TrainedRun {
  let run: RunRecord
  /// With what was set otherwise.
  let trial: Trial
  let input: TrainedInput
  let checkpoint: CheckpointRecord
  private let contents: CheckpointContents
  private let recorded: ProvenanceRecord

  /// - Parameters:
  ///   - checkpoint: `best` or `last`; `nil`: the last where the best is not kept.
  ///   - places: where the data lies now, from where it lay when it was recorded.
  ///   - overrides: settings of the spec in place of the recorded ones.
  /// - Throws: ``Failure`` where the run keeps no such weights, `SpecErrors` where an override is wrong.
  init(
    _ run: RunRecord, store: FolderStore, checkpoint name: String? = nil,
    places: (DataPlaces) throws(Failure) -> DataPlaces = { $0 }, overrides: [String] = []
  ) throws {
    try run.requireTrainedHere(to: "be used")
    checkpoint = try Self.checkpoint(name, of: run)
    guard let recorded = run.attempts.last, let input = recorded.input?.trainedInput else {
      throw Failure(
        .damagedStore,
        "error: the record of \(run.name) does not say how images become the network's input: it was "
          + "made before that was kept; run its spec again")
    }
    var spec = try ExperimentSpec(
      resolved: run.trial.resolvedSpec, overrides: SpecOverrides(overrides))
    spec.places = try places(spec.places.beside(run.trial, in: store.root))
    trial = Trial(record: run.trial, spec: spec)
    contents = try store.checkpoint(checkpoint.name, of: run)
    (self.run, self.input, self.recorded) = (run, input, recorded)
  }

  /// The checkpoint that is meant.
  ///
  /// - Throws: ``Failure`` where the run does not keep it.
  static func checkpoint(
    _ name: String?, of run: RunRecord
  ) throws(Failure) -> CheckpointRecord {
    if let found = run.checkpoint(name) {
      guard run.isDropped(found) else { return found }
      let kept = run.keptCheckpoints.map(\.name)
      throw Failure(
        .badInput,
        "error: \(run.name) does not keep its weights '\(found.name)' any more: experiments reproduce "
          + "\(run.name) trains it again and puts them back"
          + (kept.isEmpty ? "" : "; or take '\(kept[0])' with --checkpoint \(kept[0])"))
    }
    let kept = run.checkpoints
    let remedy =
      kept.isEmpty
      ? "train it with checkpoints: {keep: best} or longer, until one is kept"
      : "it keeps \(kept.map(\.name).joined(separator: " and ")): name one with --checkpoint"
    throw Failure(
      .badInput,
      "error: \(run.name) keeps no \(name.map { "checkpoint '\($0)'" } ?? "checkpoint"): \(remedy)")
  }

  /// As the run was evaluated, on the algorithms that it was trained with.
  private func configuration(threads: Int) -> TrainingConfiguration {
    var configuration = trial.trainingConfiguration(threads: threads)
    configuration.computation.knownAlgorithms =
      recorded.algorithms ?? AlgorithmCache.standard.load()
    return configuration
  }

  /// The network with its weights, to be asked about images.
  func network(threads: Int) -> TrainedNetwork {
    TrainedNetwork(configuration(threads: threads), input: input, values: contents.values)
  }

  /// Of the last attempt.
  var recordedThreads: Int { recorded.threads }

  /// The step after which the weights were kept, and the steps of an epoch.
  var step: (number: Int, perEpoch: Int) {
    let (step, epoch) = (checkpoint.evaluation.step, checkpoint.evaluation.epoch)
    return (step, epoch > 0 ? max(1, Int((Double(step) / epoch).rounded())) : 1)
  }
}
