internal import COpenMPI

/// The processes that one `mpirun` has started, and what they tell each other.
///
/// Open MPI is opened while the program runs, and need not be there before.
package final class Communicator {
  /// Of this process, from 0.
  package let rank: Int
  package let count: Int

  /// Whether Open MPI can be used in this process.
  ///
  /// - Throws: ``OpenMPIError`` where its library is missing or has not what is needed.
  package static func open() throws(OpenMPIError) {
    if let cause = om_open() {
      throw OpenMPIError(description: "Open MPI cannot be used: \(String(cString: cause))")
    }
  }

  /// Joins the other processes, once in the life of a process.
  package init() throws(OpenMPIError) {
    try Self.open()
    var (rank, count): (Int32, Int32) = (0, 0)
    try Self.check(om_begin(&rank, &count), "begin")
    (self.rank, self.count) = (Int(rank), Int(count))
  }

  /// As the library says it: `Open MPI v4.1.4, …`.
  package var version: String {
    var text = [CChar](repeating: 0, count: 256)
    guard om_version(&text) == 0 else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Ends in order; all processes must, and nothing may be told afterwards.
  package func end() throws(OpenMPIError) { try Self.check(om_end(), "end") }

  /// Ends all processes at once.
  package func abort(status: Int32) { om_abort(status) }

  /// Copies bytes of the root to all.
  package func broadcast(
    _ bytes: UnsafeMutableRawBufferPointer, from root: Int
  ) throws(OpenMPIError) {
    var start = 0
    while start < bytes.count {
      let count = min(bytes.count - start, Self.mostBytes)
      try Self.check(
        om_broadcast(bytes.baseAddress.map { $0 + start }, Int32(count), Int32(root)), "broadcast")
      start += count
    }
  }

  /// Gives all processes what each has written into its own of `count` equal parts.
  package func allGather(_ bytes: UnsafeMutableRawBufferPointer) throws(OpenMPIError) {
    precondition(bytes.count % count == 0 && bytes.count / count <= Self.mostBytes)
    try Self.check(om_all_gather(bytes.baseAddress, Int32(bytes.count / count)), "gather")
  }

  /// Sends part k of the values to process k.
  ///
  /// - Parameters:
  ///   - values: `nil` where this process sends nothing.
  ///   - parts: of each process, in order and one behind the other.
  ///   - senders: how many processes send, from the first on.
  ///   - received: what the senders send, of the length of this process's part each, in their order.
  package func exchange(
    _ values: UnsafePointer<Float>?, parts: [Range<Int>], senders: Int,
    into received: UnsafeMutablePointer<Float>
  ) throws(OpenMPIError) {
    let own = parts[rank].count
    let sent = parts.map { values == nil ? 0 : Int32($0.count) }
    let offsets = parts.map { Int32($0.lowerBound) }
    let counts = (0..<count).map { $0 < senders ? Int32(own) : 0 }
    let places = (0..<count).map { Int32(min($0, senders) * own) }
    try Self.check(om_exchange(values, sent, offsets, received, counts, places), "exchange")
  }

  /// Gives all processes the part of each.
  ///
  /// - Parameter parts: of each process, in order and one behind the other.
  package func gather(
    _ values: UnsafeMutablePointer<Float>, parts: [Range<Int>]
  ) throws(OpenMPIError) {
    try Self.check(
      om_gather_parts(
        values, parts.map { Int32($0.count) }, parts.map { Int32($0.lowerBound) }), "gather")
  }

  /// Lengths are of 32 bits in MPI.
  private static let mostBytes = 1 << 30

  private static func check(_ code: Int32, _ action: String) throws(OpenMPIError) {
    guard code != 0 else { return }
    throw OpenMPIError(description: "Open MPI could not \(action): error \(code)")
  }
}

/// What Open MPI refuses.
package struct OpenMPIError: Error, Sendable, CustomStringConvertible {
  package let description: String
}
