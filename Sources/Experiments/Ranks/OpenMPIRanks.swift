internal import OpenMPI
internal import Training

/// The ranks of a training as processes that `mpirun` has started, on one machine or on several.
final class OpenMPIRanks: RankGroup {
  private let communicator: Communicator

  init(_ communicator: Communicator) { self.communicator = communicator }

  var rank: Int { communicator.rank }
  var count: Int { communicator.count }

  func broadcast(_ bytes: UnsafeMutableRawBufferPointer, from root: Int) throws {
    try communicator.broadcast(bytes, from: root)
  }

  func allGather(_ bytes: UnsafeMutableRawBufferPointer) throws {
    try communicator.allGather(bytes)
  }

  func exchange(
    _ values: UnsafePointer<Float>?, parts: [Range<Int>], senders: Int,
    into received: UnsafeMutablePointer<Float>
  ) throws {
    try communicator.exchange(values, parts: parts, senders: senders, into: received)
  }

  func gather(_ values: UnsafeMutablePointer<Float>, parts: [Range<Int>]) throws {
    try communicator.gather(values, parts: parts)
  }
}
