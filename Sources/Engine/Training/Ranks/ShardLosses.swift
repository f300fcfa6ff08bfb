/// What the ranks have computed of the losses of their batches: a row for each rank.
///
/// A row holds whether something went wrong, the weighted sum of the losses, that where a solver looks besides
/// (0 where it looks nowhere else), and each loss.
struct ShardLosses {
  private var rows: [Double]
  private let width: Int
  private let group: (any RankGroup)?

  init(losses: Int, group: (any RankGroup)?) {
    width = 3 + losses
    self.group = group
    rows = Array(repeating: 0, count: width * (group?.count ?? 1))
  }

  /// Writes the row of this rank.
  mutating func write(_ loss: Double, _ values: [Double]) {
    let start = (group?.rank ?? 0) * width
    (rows[start], rows[start + 1], rows[start + 2]) = (0, loss, 0)
    for index in values.indices { rows[start + 3 + index] = values[index] }
  }

  /// Writes into the row of this rank what the loss is where the solver looks besides.
  mutating func write(elsewhere: Double) { rows[(group?.rank ?? 0) * width + 2] = elsewhere }

  /// Writes that something went wrong on this rank.
  mutating func writeFailure() { rows[(group?.rank ?? 0) * width] = 1 }

  /// Writes that this rank has no batch this time.
  mutating func writeNothing() { rows[(group?.rank ?? 0) * width] = 0 }

  /// Gives all ranks all rows.
  ///
  /// - Returns: whether all went well.
  mutating func gather() throws -> Bool {
    guard let group else { return true }
    try rows.withUnsafeMutableBytes { try group.allGather($0) }
    return (0..<group.count).allSatisfy { rows[$0 * width] == 0 }
  }

  func loss(_ rank: Int) -> Double { rows[rank * width + 1] }

  func elsewhere(_ rank: Int) -> Double { rows[rank * width + 2] }

  func value(_ rank: Int, _ index: Int) -> Double { rows[rank * width + 3 + index] }
}
