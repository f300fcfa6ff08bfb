import Synchronization
import Tracking

extension Comparison {
  /// Lines runs up, with the defaults of this program for what their records leave out.
  init(comparing runs: [RunRecord]) { self.init(runs, completing: Self.complete()) }

  /// The same as it is asked for.
  ///
  /// - Throws: ``Failure`` for what means nothing, with the nearest names.
  init<Run: ComparisonSource>(
    comparing runs: [Run], _ request: ComparisonRequest
  ) throws(Failure) {
    do throws(ComparisonError) {
      try self.init(runs, request, completing: Self.complete())
    } catch {
      switch error {
      case .query(let error): throw Failure(.usage, "error: \(error)")
      case .baseline(let rows):
        throw Failure(
          .usage,
          rows == 0
            ? "error: --vs names no run of this table"
            : "error: --vs names the runs of \(rows) rows; name those of one, as in --vs camvid/3")
      }
    }
  }

  /// Adds every default to settings; those of equal specs once.
  private static func complete() -> @Sendable (TrialSettings) -> TrialSettings {
    let known = KnownSettings()
    return { known.complete($0) }
  }

  private final class KnownSettings: Sendable {
    private let settings = Mutex<[SpecTexts: TrialSettings]>([:])

    func complete(_ own: TrialSettings) -> TrialSettings {
      if let known = settings.withLock({ $0[own.texts] }) { return known }
      let complete = TrialSettings(completing: own)
      settings.withLock { $0[own.texts] = complete }
      return complete
    }
  }
}
