internal import Tracking

/// Decides what is done about trials whose attempts end before their end, as the policies say.
struct FailureResponses: Sendable {
  private let policies: FailurePolicies
  private var memories: [String: Memory] = [:]

  /// What is remembered of a trial that has failed.
  private struct Memory: Sendable {
    var retries = 0
    /// The steps that were done before the attempt that failed last; `nil` where it did not get that far.
    var beginning: Int?
    var hasResumed = false
  }

  enum Response: Sendable, Equatable {
    case stop
    case leave
    /// The trial goes on at once.
    ///
    /// - Parameter count: `1 of 2`, where there is a number of them.
    case again(count: String?)
  }

  init(_ policies: FailurePolicies) { self.policies = policies }

  /// - Parameters:
  ///   - kind: of the failure.
  ///   - id: of the trial.
  ///   - beginning: the steps that were done before the attempt; `nil` where it did not get that far.
  mutating func response(
    to kind: FailureRecord.Kind, of id: String, begunAfter beginning: Int?
  ) -> Response {
    switch policies[kind] {
    case .stop: return .stop
    case .leave: return .leave
    case .retry(let most):
      let done = memories[id]?.retries ?? 0
      guard done < most else { return .leave }
      memories[id, default: Memory()].retries += 1
      return .again(count: "\(done + 1) of \(most)")
    case .resume:
      let before = memories[id] ?? Memory()
      // One that ended where the one before had begun would do so forever.
      if before.hasResumed, (beginning ?? -1) <= (before.beginning ?? -1) { return .leave }
      memories[id, default: Memory()].beginning = beginning
      memories[id]?.hasResumed = true
      return .again(count: nil)
    }
  }
}
