extension TrialRecord {
  /// The first thing that makes the other train otherwise, in words, or `nil`.
  ///
  /// Trials of one id train alike. What is recorded of a training, and how often, stays as the first
  /// record has it.
  func difference(from other: TrialRecord) -> String? {
    if experiment != other.experiment { return "the experiment" }
    if seed != other.seed { return "the seed" }
    if data != other.data { return "the data" }
    if settingsID != other.settingsID { return "the settings" }
    return nil
  }
}

extension TrialRecord {
  /// Keys of a resolved spec that describe or bound a training without changing its outcome.
  static let namesAndLimits: Set = ["experiment", "about", "tags", "limits", "folder"]
}
