import Tracking

extension ComparisonTable {
  /// Lines runs up, with the defaults of this program for what their records leave out.
  init(comparing runs: [RunRecord], each: Bool = false) {
    self.init(runs, each: each, settings: TrialSettings.init(complete:))
  }
}
