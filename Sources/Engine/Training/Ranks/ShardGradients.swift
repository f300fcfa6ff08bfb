internal import CKernels
internal import Execution

/// The mean of the gradients of a step's batches, which the ranks share: each adds up one part of all gradients,
/// batch by batch in their order, and then gives the sum to the others.
///
/// The ranks take the batches in turn, so that those of a moment follow each other and can be added at once. The
/// additions are those of a single process, one for one.
final class ShardGradients {
  private let group: any RankGroup
  /// Of the values, those that each rank adds up.
  private let parts: [Range<Int>]
  /// `[ranks, values of the part]`: what the ranks have just sent.
  private let received: FlatTensors
  private let threads: Int

  init(_ group: any RankGroup, values count: Int, threads: Int) {
    self.group = group
    self.threads = threads
    parts = Self.parts(of: count, for: group.count)
    received = FlatTensors([("received", [max(1, parts[group.rank].count * group.count)])])
  }

  /// Parts of equal length but for the last ones, each of whole cache lines.
  static func parts(of count: Int, for ranks: Int) -> [Range<Int>] {
    let length = ((count + ranks - 1) / ranks + 15) / 16 * 16
    return (0..<ranks).map { min($0 * length, count)..<min(($0 + 1) * length, count) }
  }

  /// The bytes that are received at a time, at most.
  ///
  /// - Parameter counts: of the values of each tensor.
  static func bytes(_ counts: [Int], ranks: Int) -> Int {
    ranks > 1 ? FlatTensors.bytes(of: counts) + 64 * ranks : 0
  }

  /// Adds the gradients of the batches that the first ranks have just computed.
  ///
  /// - Parameters:
  ///   - gradients: of this rank's batch; `nil` where it has none.
  ///   - sum: this rank's part is added to.
  ///   - batches: their numbers in the step.
  ///   - scale: what the sum is multiplied by with the last batch of the step.
  ///   - last: the number of that.
  func add(
    _ gradients: FlatTensors?, to sum: FlatTensors, batches: Range<Int>, last: Int, scale: Float
  ) throws {
    gradients?.download()
    try group.exchange(
      gradients.map { UnsafePointer($0.values) }, parts: parts, senders: batches.count,
      into: received.values)
    let part = parts[group.rank]
    guard !part.isEmpty else { return }
    for (place, number) in batches.enumerated() {
      ck_sum_gradients(
        sum.values + part.lowerBound, received.values + place * part.count, part.count,
        number == 0 ? 1 : 0, number == last ? scale : 1, Int32(threads))
    }
  }

  /// Gives every rank the whole sum.
  func share(_ sum: FlatTensors) throws {
    try group.gather(sum.values, parts: parts)
    sum.upload()
  }
}
