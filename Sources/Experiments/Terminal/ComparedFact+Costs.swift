internal import Execution
internal import Foundation
internal import Groundwork
internal import Networks
internal import Synchronization
internal import Training
import Tracking

extension ComparedFact {
  /// What follows of a run from its record and what this program knows of its network.
  static var all: [ComparedFact] {
    let costs = NetworkCosts()
    return [
      imagesPerSecond,
      ComparedFact("parameters", title: "parameters", higherIsBetter: false, format: .count) {
        costs.cost(of: $0).map { Double($0.parameters) }
      },
      ComparedFact(
        "flops", title: "GFLOPs an image", unit: "GFLOP", higherIsBetter: false,
        format: .significant(4)
      ) { costs.cost(of: $0).map { Double($0.flops) / 1e9 } },
      ComparedFact(
        "memory", title: "planned memory (MiB)", unit: "MiB", higherIsBetter: false,
        format: .significant(4)
      ) { costs.cost(of: $0)?.memory.map { Double($0) / 1_048_576 } },
    ]
  }
}

/// The costs of the networks of runs, each network built once.
private final class NetworkCosts: Sendable {
  struct Cost {
    let parameters: Int
    let flops: Int
    /// Bytes of the training's arena; `nil` where this machine cannot plan it.
    let memory: Int?
  }

  private struct Key: Hashable {
    let settings: TrialSettings
    let width: Int
    let height: Int
  }

  private let known = Mutex<[Key: Cost?]>([:])

  func cost(of run: RunRecord) -> Cost? {
    guard run.hasSettings, let input = run.attempts.last?.input else { return nil }
    // Seeds of a point have the same network.
    let key = Key(settings: TrialSettings(run.trial), width: input.width, height: input.height)
    if let cost = known.withLock({ $0[key] }) { return cost }
    let cost = Self.cost(run, input)
    known.withLock { $0[key] = cost }
    return cost
  }

  private static func cost(_ run: RunRecord, _ input: InputRecord) -> Cost? {
    guard let trial = try? Trial(run.trial) else { return nil }
    let threads = run.attempts.last?.threads ?? 1
    let configuration = trial.trainingConfiguration(threads: threads)
    let size = Size(height: input.height, width: input.width)
    guard
      let network = try? configuration.network(
        channels: input.channels.count, size: size, classes: input.classes.count)
    else { return nil }
    var computation = configuration.computation
    computation.knownAlgorithms = AlgorithmCache.standard.load()
    let plan = try? ExecutionPlan(
      network, batch: trial.spec.training.batchSize, purpose: .training,
      device: computation.makeDevice(), threads: threads, recomputes: computation.recomputes)
    return Cost(
      parameters: network.parameterCount, flops: network.flops, memory: plan?.arenaBytes)
  }
}
