internal import Execution
internal import Foundation
internal import Groundwork
internal import Networks
internal import Training

/// A network that is to be shown, and how it is trained: that of the first trial of a spec.
struct NetworkSubject {
  let trial: Trial
  let network: Network
  let batch: Int

  /// - Parameters:
  ///   - batch: that of the spec's training if `nil`.
  ///   - results: the folder of the records, where scenes that the program draws are kept.
  /// - Throws: where the data has to be looked at for its size, and cannot be.
  init(_ plan: TrialPlan, batch: Int?, results: String) throws {
    let trial = plan.trials[0]
    let data = trial.spec.data
    let extent =
      try data.knownExtent?.extent
      ?? TrialPlan(plan, trials: [trial]).inspected(results: results).inspections[0].extent
    let configuration = trial.trainingConfiguration(threads: 1)
    let trained = try configuration.augmentations.reduce(extent) { try $1.outputExtent(for: $0) }
    self.trial = trial
    self.batch = batch ?? trial.spec.training.batchSize
    network = try configuration.network(
      NetworkInput(channels: data.channels, extent: trained), classes: data.classNames.count)
  }

  /// Bytes of one value of a feature map.
  var valueBytes: Int { trial.spec.training.computation.precision == .f32 ? 4 : 2 }

  /// Bytes of the arenas of the two plans; `nil` where the device cannot compute the network.
  var memory: NetworkReport.Memory? {
    let threads = trial.spec.limits.threads ?? ProcessInfo.processInfo.activeProcessorCount
    var computation = trial.trainingConfiguration(threads: threads).computation
    computation.knownAlgorithms = AlgorithmCache.standard.load()
    func bytes(_ purpose: ExecutionPlan.Purpose) throws -> Int {
      try ExecutionPlan(
        network, batch: batch, purpose: purpose, device: computation.makeDevice(),
        threads: threads, recomputes: computation.recomputes
      ).arenaBytes
    }
    guard let training = try? bytes(.training), let prediction = try? bytes(.prediction) else {
      return nil
    }
    return NetworkReport.Memory(training: training, prediction: prediction)
  }
}
