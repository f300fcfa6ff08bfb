import Tracking

extension ComparisonTable {
  /// Lines runs up, with the defaults of this program for what their records leave out.
  init(comparing runs: [RunRecord], each: Bool = false) {
    self.init(runs, each: each, settings: TrialSettings.init(complete:))
  }

  /// The same with chosen columns.
  ///
  /// - Throws: ``Failure`` for a name that is that of no column, with the nearest names.
  init(
    comparing runs: [RunRecord], each: Bool, columns: ColumnChoice
  ) throws(Failure) {
    do {
      try self.init(runs, each: each, columns: columns, settings: TrialSettings.init(complete:))
    } catch {
      let nearest = NearestNames.of(error.name, among: error.known)
      let remedy =
        nearest.isEmpty
        ? "" : "; did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
      throw Failure(
        .usage, "error: --columns \(error.name): nothing of that name is recorded\(remedy)")
    }
  }
}
