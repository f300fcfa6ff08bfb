import Synchronization
import Tracking

extension Comparison {
  /// Lines runs up, with the defaults of this program for what their records leave out.
  init(comparing runs: [RunRecord]) { self.init(runs, settings: Self.settings()) }

  /// The same as it is asked for.
  ///
  /// - Throws: ``Failure`` for what means nothing, with the nearest names.
  init(comparing runs: [RunRecord], _ request: ComparisonRequest) throws(Failure) {
    do throws(ComparisonError) {
      try self.init(runs, request, settings: Self.settings())
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

  /// The settings of a run with every default, which equal specs are asked for once.
  private static func settings() -> @Sendable (RunRecord) -> TrialSettings {
    let known = KnownSettings()
    return { known.settings(of: $0) }
  }

  private final class KnownSettings: Sendable {
    private let settings = Mutex<[RunPlace: TrialSettings]>([:])

    func settings(of run: RunRecord) -> TrialSettings {
      if let known = settings.withLock({ $0[run.place] }) { return known }
      let complete = TrialSettings(complete: run)
      settings.withLock { $0[run.place] = complete }
      return complete
    }
  }
}
