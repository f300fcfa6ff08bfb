internal import Datasets

/// What the first rank tells the others to do, and what all tell each other in words.
///
/// The others wait for a command between any two things that they do, so that the first alone decides how a
/// training goes on: when it is interrupted, evaluated, or over.
package final class RankChannel {
  package let group: any RankGroup
  /// True once nobody waits for commands any more.
  private var isOver = false

  package init(_ group: any RankGroup) { self.group = group }

  package enum Command: Sendable, Hashable {
    /// The training is over for the ranks that follow.
    case end
    /// Some text follows.
    case text(String)
    /// The state of the training follows.
    case state
    /// A step, 0 for the first.
    case step(Int)
  }

  package var leads: Bool { group.rank == 0 }

  // MARK: - Commands

  /// Tells the ranks that follow what to do next.
  package func send(_ command: Command) throws {
    guard !isOver else { return }
    switch command {
    case .end:
      isOver = true
      _ = try head(0, 0)
    case .text(let text):
      var bytes = Array(text.utf8)
      _ = try head(1, bytes.count)
      try bytes.withUnsafeMutableBytes { try group.broadcast($0, from: 0) }
    case .state: _ = try head(2, 0)
    case .step(let step): _ = try head(3, step)
    }
  }

  /// Waits for what is to be done next.
  package func receive() throws -> Command {
    guard !isOver else { return .end }
    let (kind, value) = try head(0, 0)
    switch kind {
    case 1:
      var bytes = [UInt8](repeating: 0, count: value)
      try bytes.withUnsafeMutableBytes { try group.broadcast($0, from: 0) }
      return .text(String(decoding: bytes, as: UTF8.self))
    case 2: return .state
    case 3: return .step(value)
    default:
      isOver = true
      return .end
    }
  }

  private func head(_ kind: Int, _ value: Int) throws -> (kind: Int, value: Int) {
    var head = (Int64(kind), Int64(value))
    try withUnsafeMutableBytes(of: &head) { try group.broadcast($0, from: 0) }
    return (Int(head.0), Int(head.1))
  }

  /// Nobody waits for commands any more.
  package func conclude() { isOver = true }

  // MARK: - Words of all

  /// Gives every rank the texts of all, in their order.
  package func gather(_ text: String) throws -> [String] {
    let bytes = Array(text.utf8)
    var counts = [Int64](repeating: 0, count: group.count)
    counts[group.rank] = Int64(bytes.count)
    try counts.withUnsafeMutableBytes { try group.allGather($0) }
    let longest = Int(counts.max() ?? 0)
    guard longest > 0 else { return counts.map { _ in "" } }
    var all = [UInt8](repeating: 0, count: longest * group.count)
    all.replaceSubrange(
      group.rank * longest..<group.rank * longest + bytes.count, with: bytes)
    try all.withUnsafeMutableBytes { try group.allGather($0) }
    return counts.indices.map { rank in
      String(decoding: all[rank * longest..<rank * longest + Int(counts[rank])], as: UTF8.self)
    }
  }

  /// Lets all ranks hear what went wrong on some of them, after which nobody waits for commands any more.
  ///
  /// - Parameter error: of this rank; `nil` where nothing went wrong here.
  /// - Throws: the error of this rank, or else that of the first rank that has one.
  package func share(_ error: (any Error)?) throws -> Never {
    let causes = try gather(error.map { "\($0)" } ?? "")
    let kinds = try gather(error is DataError ? "data" : "")
    isOver = true
    if let error { throw error }
    let rank = causes.firstIndex { !$0.isEmpty } ?? 0
    throw RankFailure(rank: rank, cause: causes[rank], isOfTheData: kinds[rank] == "data")
  }
}
