/// The texts that the settings of a trial are read from.
package struct SpecTexts: Sendable, Hashable {
  /// Canonical JSON of the spec with this trial's values; empty where it cannot be read.
  package var resolved: String
  /// What a person wrote, the strongest first: overrides, the spec, the files that it builds on.
  package var written: [String]
  /// The swept paths with their values as tables show them.
  package var hyperparameters: [Hyperparameter]
  /// True where another program trained: then a setting that is not there is not known.
  package var isImported: Bool

  package init(_ trial: TrialRecord) {
    self.init(
      resolved: trial.resolvedSpec,
      written: trial.overrides + [trial.writtenSpec] + (trial.bases ?? []).reversed().map(\.text),
      hyperparameters: trial.hyperparameters, isImported: trial.origin != nil)
  }

  init(
    resolved: String, written: [String], hyperparameters: [Hyperparameter], isImported: Bool
  ) {
    (self.resolved, self.written) = (resolved, written)
    (self.hyperparameters, self.isImported) = (hyperparameters, isImported)
  }
}
