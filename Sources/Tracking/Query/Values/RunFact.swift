/// What is known of a run besides its measured values and its settings.
package enum RunFact: String, Sendable, CaseIterable {
  case status, failure, cause, damage
  case run, id, experiment, number
  case name, tags, note, about
  case seed, fold, replicate, point, objective
  case seconds, epochs, steps, evaluations
  case started, attempts, host, processor, cores, threads
  case instructionSet = "instruction_set"
  case device, precision
  case commit, version, build

  /// Other words that a person may write.
  private static let aliases: [String: RunFact] = [
    "tag": .tags, "trial": .number, "time": .seconds, "git_commit": .commit,
  ]

  /// - Parameter name: as a person writes it.
  package init?(named name: String) {
    guard let fact = RunFact(rawValue: name) ?? Self.aliases[name] else { return nil }
    self = fact
  }

  /// Every name that a person may write.
  package static let names = allCases.map(\.rawValue) + aliases.keys.sorted()

  /// One line: what it says.
  package var about: String {
    switch self {
    case .status: "waiting, running, finished, interrupted, failed or damaged"
    case .failure: "the kind of its failure: \(Self.failures.joined(separator: ", "))"
    case .cause: "why it failed"
    case .damage: "what is wrong with its files"
    case .run: "the name that selects it, as camvid/3"
    case .id: "16 hexadecimal digits"
    case .experiment: "the experiment"
    case .number: "the number of the trial"
    case .name: "the name that a person gave it"
    case .note: "what a person noted of it"
    case .tags: "the tags of the spec and the run's own"
    case .about: "the question that the spec asks"
    case .seed: "what every random draw follows from"
    case .fold: "which part of the training list validates"
    case .replicate: "0 for the first of the seeds of a point"
    case .point: "the number of the point of the sweep"
    case .objective: "the series that it is judged by"
    case .seconds: "the time of training and evaluation"
    case .epochs: "epochs done"
    case .steps: "steps done"
    case .evaluations: "evaluations made"
    case .started: "when the first attempt began, UTC"
    case .attempts: "how often it was begun or resumed"
    case .host: "the computer"
    case .processor: "the processor"
    case .cores: "the cores of the computer"
    case .threads: "the threads that it was trained with"
    case .instructionSet: "the instructions that kernels use"
    case .device: "what computed, of the spec"
    case .precision: "the precision of training, of the spec"
    case .commit: "the commit of the working folder"
    case .version: "the version of this program"
    case .build: "SHA-256 of the program, its first digits"
    }
  }

  /// What the values of the fact are.
  var kind: QueryKind {
    switch self {
    case .number, .replicate, .point, .seconds, .epochs, .steps, .evaluations, .attempts, .cores,
      .threads, .seed, .fold:
      .number
    case .tags, .damage: .list
    default: .text
    }
  }

  /// The only values that there are; `nil` where anything can be.
  var words: [String]? {
    switch self {
    case .status:
      ["waiting", "running", "finished", "pruned", "interrupted", "failed", "damaged"]
    case .failure: Self.failures
    default: nil
    }
  }

  private static let failures = FailureRecord.Kind.allCases.map(\.rawValue)
}

extension RunFact {
  func value(of run: RunRecord, _ settings: @autoclosure () -> RunSettings) -> QueryValue {
    switch self {
    case .status: .text(run.soundStatus.word)
    case .failure:
      run.failure.map { .text($0.kind.rawValue) } ?? .missing("no failure of a kind is recorded")
    case .cause:
      if case .failed(let cause) = run.status {
        .text(cause)
      } else if let pruning = run.pruning {
        .text(pruning.reason)
      } else {
        .missing("it has not failed")
      }
    case .damage:
      run.damage.isEmpty ? .missing("nothing is wrong") : .list(run.damage.map { .text($0) })
    case .run: .text(run.name)
    case .id: .text(run.id)
    case .experiment: .text(run.experiment)
    case .number:
      run.isSuperseded
        ? .missing("another trial has its number now") : .number(Double(run.number))
    case .name: run.labels.name.map { .text($0) } ?? .missing("it has no name of its own")
    case .note:
      run.labels.note.isEmpty ? .missing("nothing is noted of it") : .text(run.labels.note)
    case .tags: .list(run.tags(settings()).map { .text($0) })
    case .about: settings().value(at: ["about"]) ?? .missing("its spec says nothing about it")
    case .seed: run.hasSettings ? Self.whole(run.trial.seed) : .missing("its spec cannot be read")
    case .fold:
      run.fold.map { Double($0).map { .number($0) } ?? .text($0) } ?? .missing("it has no folds")
    case .replicate: .number(Double(run.trial.replicate))
    case .point: .number(Double(run.trial.point))
    case .objective:
      run.hasSettings ? .text(run.trial.objective.metric) : .missing("its spec cannot be read")
    case .seconds: evaluated(run) { .number($0.seconds) }
    case .epochs: evaluated(run) { .number($0.rows.last?.point.epoch ?? 0) }
    case .steps: evaluated(run) { .number(Double($0.rows.last?.step ?? 0)) }
    case .evaluations: .number(Double(run.history?.rows.count ?? 0))
    case .attempts: .number(Double(run.attempts.count))
    case .device, .precision: training(settings())
    case .started: begun(run, first: true) { .text($0.startedAt) }
    case .host: begun(run) { .text($0.host) }
    case .processor: begun(run) { .text($0.machine.processor) }
    case .cores: begun(run) { .number(Double($0.machine.cores)) }
    case .threads: begun(run) { .number(Double($0.threads)) }
    case .instructionSet: begun(run) { .text($0.machine.instructionSet) }
    case .version: begun(run) { .text($0.build.version) }
    case .build: begun(run) { .text(String($0.build.executable.prefix(12))) }
    case .commit:
      begun(run) { attempt in
        attempt.gitCommit.map { .text($0) } ?? .missing("it was begun outside of a repository")
      }
    }
  }

  /// True where it is a setting of the training.
  var isOfTraining: Bool { self == .device || self == .precision }

  /// What the spec says of the training under the name of the fact.
  func training(_ settings: RunSettings) -> QueryValue {
    settings.value(at: ["training", rawValue]) ?? .missing("its spec does not say")
  }

  private func evaluated(
    _ run: RunRecord, _ value: (MetricHistory) -> QueryValue
  ) -> QueryValue {
    run.history.map(value) ?? .missing("it has no evaluation yet")
  }

  /// Of the latest attempt, unless it is asked for the first.
  private func begun(
    _ run: RunRecord, first: Bool = false, _ value: (ProvenanceRecord) -> QueryValue
  ) -> QueryValue {
    (first ? run.attempts.first : run.attempts.last).map(value)
      ?? .missing("it has not begun")
  }

  /// A number, or its digits where a number cannot hold all of them.
  private static func whole(_ value: UInt64) -> QueryValue {
    Double(exactly: value).map { .number($0) } ?? .text("\(value)")
  }
}

extension RunRecord {
  /// The same as ``tags``, without reading the spec again.
  fileprivate func tags(_ settings: RunSettings) -> [String] {
    var seen: Set<String> = []
    var written: [String] = []
    if case .list(let tags)? = settings.value(at: ["tags"]) { written = tags.map { $0.text() } }
    return (written + labels.tags).filter { seen.insert($0).inserted }
  }
}
