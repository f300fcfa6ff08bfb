/// What may be said of the difference between two groups, in one of four words with fixed rules, so that a
/// person and a script read the same.
package enum Verdict: String, Sendable, Hashable, Codable {
  /// Six pairs or more, and both the t test and the exact test stay below 0.05 after Holm's adjustment.
  case settled
  /// The t test stays below 0.05 after the adjustment, and all pairs agree on the sign; but the pairs are
  /// fewer than six, or the exact test does not follow.
  case likely
  /// Three pairs or more, and neither of these.
  case notToldApart = "not told apart"
  /// Fewer than three pairs, or values that may not be compared.
  case noStatement = "no statement"

  package static let level = 0.05
  /// From so many pairs on the exact test can reach the level.
  package static let pairsToSettle = 6
  package static let pairsToSpeak = 3

  /// - Parameters:
  ///   - pairs: how many there are; of groups without pairs, the values of the smaller one.
  ///   - tP: of the t test, adjusted; `nil` where the differences do not vary.
  ///   - exactP: of the test that assumes no distribution, adjusted; `nil` where it does not apply, as to
  ///     folds, whose differences depend on each other.
  ///   - allAgree: whether every pair has the same sign.
  package init(pairs: Int, tP: Double?, exactP: Double?, allAgree: Bool) {
    guard pairs >= Self.pairsToSpeak else {
      self = .noStatement
      return
    }
    let tSpeaks = tP.map { $0 < Self.level } ?? false
    let exactSpeaks = exactP.map { $0 < Self.level } ?? false
    if pairs >= Self.pairsToSettle, tSpeaks, exactSpeaks {
      self = .settled
    } else if tSpeaks, allAgree {
      self = .likely
    } else {
      self = .notToldApart
    }
  }
}
