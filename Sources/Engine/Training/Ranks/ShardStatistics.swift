internal import Execution
internal import Networks

/// Batch norm's running statistics in steps of several batches.
///
/// Each batch has statistics of its own, and the running ones take them in one by one, in the order of the
/// batches: r ← (1 − m) · r + m · s. Which rank has seen which batch decides nothing.
final class ShardStatistics {
  private let statistics: FlatTensors
  /// 1 − m and the range of values, of each statistic of a batch norm that is not frozen.
  private let tensors: [(kept: Double, range: Range<Int>)]
  /// `[values]`: the running statistics.
  private var running: [Float]
  /// `[ranks, values]`: m · s of the batches that the ranks have just seen.
  private var seen: [Float]
  private let group: (any RankGroup)?

  /// - Returns: `nil` where a step leaves all statistics as they are.
  init?(_ network: Network, _ statistics: FlatTensors, group: (any RankGroup)?) {
    var tensors: [(Double, Range<Int>)] = []
    for node in network.nodes {
      guard case .batchNorm(let norm) = node.operation, !norm.isFrozen else { continue }
      for statistic in node.statistics {
        let entry = statistics.entries[statistic]
        tensors.append((1 - Double(norm.momentum), entry.offset..<entry.offset + entry.count))
      }
    }
    guard !tensors.isEmpty else { return nil }
    self.statistics = statistics
    self.tensors = tensors
    self.group = group
    running = Array(repeating: 0, count: statistics.count)
    seen = Array(repeating: 0, count: statistics.count * (group?.count ?? 1))
  }

  /// The bytes that these take in the memory of the host.
  static func bytes(_ network: Network, ranks: Int) -> Int {
    FlatTensors.bytes(of: network.statistics.map(\.count)) * (1 + ranks)
  }

  /// Before the first batch of a step.
  func begin() {
    statistics.download()
    for index in running.indices { running[index] = statistics.values[index] }
  }

  /// Before a batch of this rank: from 0 a running statistic becomes m times that of the batch.
  func prepare() {
    for tensor in tensors {
      for index in tensor.range { statistics.values[index] = 0 }
    }
    statistics.upload()
  }

  /// After the forward pass of that batch.
  func keep() {
    statistics.download()
    let start = (group?.rank ?? 0) * running.count
    for index in running.indices { seen[start + index] = statistics.values[index] }
  }

  /// Takes in what the first ranks have seen.
  ///
  /// - Parameter count: of ranks.
  func takeIn(_ count: Int) throws {
    if let group { try seen.withUnsafeMutableBytes { try group.allGather($0) } }
    for rank in 0..<count {
      let start = rank * running.count
      for tensor in tensors {
        for index in tensor.range {
          running[index] = Float(
            tensor.kept * Double(running[index]) + Double(seen[start + index]))
        }
      }
    }
  }

  /// After the last batch of a step.
  func end() {
    for tensor in tensors {
      for index in tensor.range { statistics.values[index] = running[index] }
    }
    statistics.upload()
  }
}
