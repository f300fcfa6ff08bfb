internal import Datasets
internal import Execution
internal import Networks

/// Batch norm's running statistics, estimated anew for weights that no step was taken with: the means
/// of the batches' own means and (unbiased) variances over one epoch of training batches, as PyTorch's
/// `torch.optim.swa_utils.update_bn` takes them.
final class StatisticsUpdate {
  private let plan: ExecutionPlan
  /// The state that the plan is bound to.
  private let trained: NetworkState
  /// Copies of the trained parameters and, below, statistics, kept while an estimate runs.
  private let keptParameters: FlatTensors
  private let keptStatistics: FlatTensors
  /// The momentum of each statistic's batch norm, by the index of the statistic; without frozen norms.
  private let momenta: [Int: Float]
  private let seed: UInt64

  init(plan: ExecutionPlan, trained: NetworkState, seed: UInt64) {
    self.plan = plan
    self.trained = trained
    self.seed = seed
    keptParameters = FlatTensors(like: trained.parameters)
    keptStatistics = FlatTensors(like: trained.statistics)
    var momenta: [Int: Float] = [:]
    for node in plan.network.nodes {
      guard case .batchNorm(let norm) = node.operation, !norm.isFrozen else { continue }
      for statistic in node.statistics { momenta[statistic] = norm.momentum }
    }
    self.momenta = momenta
  }

  /// The bytes that an update takes.
  static func bytes(_ network: Network) -> Int {
    FlatTensors.bytes(of: network.parameters.map(\.count))
      + FlatTensors.bytes(of: network.statistics.map(\.count))
  }

  /// Overwrites the statistics of an average; the trained weights are what they were afterwards.
  ///
  /// - Parameters:
  ///   - batches: the batches that are looked at, by number. The number keys dropout's draws.
  ///   - nextBatch: called for each of these batches; returns `nil` to stop.
  /// - Returns: whether the estimate came to its end.
  func run(
    for averaged: NetworkState, batches: Range<Int>, nextBatch: () throws -> Batch?
  ) rethrows -> Bool {
    guard !momenta.isEmpty else { return true }
    keptParameters.copy(trained.parameters)
    keptStatistics.copy(trained.statistics)
    defer {
      trained.parameters.copy(keptParameters)
      trained.statistics.copy(keptStatistics)
    }
    trained.parameters.copy(averaged.parameters)
    var sums = [Double](repeating: 0, count: trained.statistics.count)
    for number in batches {
      guard let batch = try nextBatch() else { return false }
      // From 0 a running statistic becomes its momentum times the batch's own.
      for index in momenta.keys { trained.statistics[index].update(repeating: 0) }
      trained.statistics.upload()
      plan.load(batch.images)
      plan.forward(seed: seed, step: number, labels: batch.labels)
      trained.statistics.download()
      for (index, momentum) in momenta {
        let offset = trained.statistics.entries[index].offset
        for (place, value) in trained.statistics[index].enumerated() {
          sums[offset + place] += Double(value) / Double(momentum)
        }
      }
    }
    for index in momenta.keys {
      let offset = trained.statistics.entries[index].offset
      for place in averaged.statistics[index].indices {
        averaged.statistics[index][place] = Float(sums[offset + place] / Double(batches.count))
      }
    }
    averaged.statistics.upload()
    return true
  }
}
