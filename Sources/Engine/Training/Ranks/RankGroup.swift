/// The processes that train together, and the few ways in which they tell each other something.
///
/// All of them call the same functions in the same order. What is said here only moves values: nothing is added
/// up on the way, so that no result depends on how it is done.
package protocol RankGroup: AnyObject {
  /// Of this process, from 0. The first leads, and alone evaluates and records.
  var rank: Int { get }
  var count: Int { get }

  /// Copies bytes of the root to all.
  func broadcast(_ bytes: UnsafeMutableRawBufferPointer, from root: Int) throws

  /// Gives all what each has written into its own of ``count`` equal parts.
  func allGather(_ bytes: UnsafeMutableRawBufferPointer) throws

  /// Sends part k of the values to rank k.
  ///
  /// - Parameters:
  ///   - values: `nil` where this rank sends nothing.
  ///   - parts: of each rank, in order and one behind the other.
  ///   - senders: how many ranks send, from the first on.
  ///   - received: what the senders send, of the length of this rank's part each, in their order.
  func exchange(
    _ values: UnsafePointer<Float>?, parts: [Range<Int>], senders: Int,
    into received: UnsafeMutablePointer<Float>) throws

  /// Gives all the part of each.
  func gather(_ values: UnsafeMutablePointer<Float>, parts: [Range<Int>]) throws
}

/// A mistake or a refusal on one of the ranks, as all of them hear of it.
package struct RankFailure: Error, Sendable, Hashable, CustomStringConvertible {
  package let rank: Int
  package let cause: String
  /// True where what is read is gone, damaged or another than it was.
  package let isOfTheData: Bool

  package init(rank: Int, cause: String, isOfTheData: Bool) {
    (self.rank, self.cause, self.isOfTheData) = (rank, cause, isOfTheData)
  }

  package var description: String { "rank \(rank): \(cause)" }
}
