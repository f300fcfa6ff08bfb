/// The answers of the runs of a comparison, with the settings that their records leave out.
final class ComparisonAnswers {
  /// The settings of a run with every default; asked on several threads at once.
  let complete: @Sendable (TrialSettings) -> TrialSettings
  private let answering: [RunPlace: Answering]
  private let readNames: () -> RunNames
  private var answers: [RunPlace: [RunValue: QueryValue]] = [:]

  private typealias Answering = @Sendable (DeferredSettings) -> any QueriedRun

  init<Run: ComparisonSource>(
    _ runs: [Run], completing complete: @escaping @Sendable (TrialSettings) -> TrialSettings
  ) {
    self.complete = complete
    let answering = runs.map { run -> (RunPlace, Answering) in
      (run.place, { run.answers(with: $0) })
    }
    self.answering = Dictionary(answering) { first, _ in first }
    readNames = { Run.names(of: runs) }
  }

  /// Everything that values of the runs can be called.
  private(set) lazy var names = readNames()

  func settings(of run: ComparedRun) -> TrialSettings { complete(run.settings) }

  /// Asks all runs at once, so that a record that has to be read is read once.
  func prepare(_ values: [RunValue], of runs: [ComparedRun]) {
    guard !values.isEmpty else { return }
    let found = parallelMap(runs) { [answering, complete] run in
      Self.ask(values, of: run, answering, complete)
    }
    for (run, found) in zip(runs, found) {
      answers[run.place, default: [:]].merge(zip(values, found)) { first, _ in first }
    }
  }

  func answer(_ run: ComparedRun, _ value: RunValue) -> QueryValue {
    if let known = answers[run.place]?[value] { return known }
    let answer = Self.ask([value], of: run, answering, complete)[0]
    answers[run.place, default: [:]][value] = answer
    return answer
  }

  private static func ask(
    _ values: [RunValue], of run: ComparedRun, _ answering: [RunPlace: Answering],
    _ complete: @escaping @Sendable (TrialSettings) -> TrialSettings
  ) -> [QueryValue] {
    let settings = DeferredSettings { run.hasSettings ? complete(run.settings) : run.settings }
    let answers = answering[run.place]?(settings)
    return values.map { answers?.value(of: $0) ?? .missing("it is not compared") }
  }

  /// As rows are put together by it and show it: what a sweep set is told apart as it was written.
  func text(_ run: ComparedRun, _ value: RunValue) -> String {
    if value.isPlain,
      let set = run.hyperparameters.first(where: {
        $0.path == value.name || $0.path.hasSuffix("." + value.name)
      })
    {
      return set.text
    }
    return answer(run, value).text()
  }
}
