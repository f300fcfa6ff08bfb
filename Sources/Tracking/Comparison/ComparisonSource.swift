/// What runs can be lined up from: their records, or what an index keeps of them.
package protocol ComparisonSource: NamedRun, Sendable {
  var compared: ComparedRun { get }
  /// What answers for the run, with settings that its record may leave out.
  func answers(with settings: DeferredSettings) -> any QueriedRun & Sendable
  /// Everything that values of the runs can be called.
  static func names(of runs: [Self]) -> RunNames
}

extension RunRecord: ComparisonSource {
  package var compared: ComparedRun { ComparedRun(self) }

  package func answers(with settings: DeferredSettings) -> any QueriedRun & Sendable {
    RunAnswers(self, settings: settings)
  }

  package static func names(of runs: [RunRecord]) -> RunNames { RunNames(runs) }
}

extension IndexedRun: ComparisonSource {
  package func answers(with settings: DeferredSettings) -> any QueriedRun & Sendable {
    IndexedAnswers(self, settings)
  }

  package static func names(of runs: [IndexedRun]) -> RunNames { RunNames(runs) }
}
