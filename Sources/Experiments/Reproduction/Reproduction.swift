internal import Datasets
internal import Execution
import Foundation
import Tracking

/// Trains a recorded run again, from its record alone, and compares every evaluation as it ends.
///
/// The repetition has the recorded threads and environment and a folder of its own beside the
/// records, which is removed at the end. Weights that the run does not keep any more come out of it, where they are
/// what was recorded.
struct Reproduction {
  let run: RunRecord
  let store: FolderStore
  let trial: Trial
  /// What the first evaluation was computed with.
  let recorded: ProvenanceRecord
  let attempts: RecordedAttempts

  enum Verdict: Sendable, Equatable {
    case identical(evaluations: Int, tensors: Int, checkpoints: Int)
    case differs(Divergence)
    /// Evaluations are the same; the named checkpoints are not.
    case checkpointsDiffer([String])
    /// The repetition ended as the record did not: the recorded end and this one.
    case endsOtherwise(recorded: String, repeated: String)
    /// Nothing was trained.
    case dataChanged
    /// The system ended the repetition or refused something: nothing is known.
    case stopped(String)
    case interrupted
  }

  enum Event {
    /// The difference from the environment of the attempt that the repetition repeats, and how
    /// later attempts of the record differ.
    case environment(EnvironmentDifference, mixedEnvironments: [String])
    /// The difference from the environment of the attempt that computed the evaluation that
    /// differs, where it is another attempt.
    case environmentOfDifference(attempt: Int, EnvironmentDifference)
    case told(WorkerMessage)
    /// Weights that the run did not keep any more are there again.
    case restored([CheckpointRecord])
  }

  /// - Parameter places: where the data lies now, from where it lay when it was recorded.
  /// - Throws: ``Failure`` where the record is damaged, was edited, or holds no evaluation.
  init(
    _ run: RunRecord, store: FolderStore,
    places: (DataPlaces) throws(Failure) -> DataPlaces = { $0 }
  ) throws {
    try run.requireTrainedHere(to: "be reproduced")
    let damage = try store.damage(of: run)
    guard damage.isEmpty else {
      throw Failure(
        .damagedStore,
        "error: the record of \(run.name) is damaged:\n" + damage.joined(separator: "\n"))
    }
    let recordedPlaces = try Trial(run.trial).spec.places
    let trial = try Trial(
      run.trial, places: places(recordedPlaces.beside(run.trial, in: store.root))
    ).findingWeights(in: store.root)
    guard trial.id == run.id else {
      throw Failure(
        .damagedStore,
        "error: the spec in the record of \(run.name) was edited: it is the spec of \(trial.id), "
          + "not of \(run.id)")
    }
    let firstRow = run.history?.rows.first
    guard let firstRow else {
      throw Failure(
        .badInput,
        "error: \(run.name) has no " + (run.end == nil ? "evaluation yet" : "recorded evaluation")
          + ": there is nothing to compare")
    }
    guard let recorded = run.attempts.first(where: { $0.attempt == firstRow.attempt }) else {
      throw Failure(
        .damagedStore,
        "error: the record of \(run.name) does not say what attempt \(firstRow.attempt) ran with: it "
          + "cannot be repeated as it was; run its spec under another name")
    }
    (self.run, self.store) = (run, store)
    (self.trial, self.recorded) = (trial, recorded)
    attempts = RecordedAttempts(run, determinism: trial.spec.training.computation.determinism)
  }

  var label: TrialLabel { TrialLabel(number: 1, id: run.id, name: run.name) }

  /// Reads the data.
  ///
  /// - Throws: `DataError` with everything that is wrong with it, and ``Failure`` where it is not what
  ///   was trained on: nothing can be repeated then.
  func checkData() throws {
    let changes = try dataChanges()
    guard !changes.isEmpty else { return }
    throw Failure(
      .badInput,
      (["error: the data is not what \(run.name) was trained on; nothing was trained:"]
        + changes.map { "  \($0)" } + [
          "put it back, or say where it lies now: --set data.root=FOLDER"
        ]).joined(separator: "\n"))
  }

  /// Which lists of the data are not what was trained on, a clause each.
  ///
  /// - Throws: `DataError` with everything that is wrong with the data.
  func dataChanges() throws -> [String] {
    let found = try DataInspector(cache: .standard).inspect(
      trial.dataConfiguration(results: store.root), seed: trial.record.seed,
      reading: trial.spec.data.canonicalContent.text)
    let (expected, present) = (run.trial.data, found.fingerprints.map(DataFingerprint.init))
    guard !expected.isEmpty else { return [] }
    let changes = zip(expected, present).filter { $0 != $1 }.map { before, now in
      "\(now.name) data: \(before.words) → \(now.words)"
    }
    return changes.isEmpty && expected.count != present.count
      ? ["\(expected.count) lists → \(present.count)"] : changes
  }

  /// Trains and compares; stops at the first difference.
  ///
  /// - Parameter report: told what the worker says and, before anything is trained, what differs
  ///   between the environments of the record and of the repetition.
  func verify(_ report: (Event) -> Void) throws -> Verdict {
    ScratchStore.removeLeftovers(beside: store.root)
    let owner = try ScratchStore(for: run.id, beside: store.root)
    defer { withExtendedLifetime(owner) {} }
    let scratch = owner.store
    try scratch.prepare(run.trial, id: run.id)
    let mailbox = Mailbox<Letter>()
    try Interrupts.watch { _ in mailbox.post(.stop) }
    let algorithms = "\(scratch.root)/algorithms.json"
    try AlgorithmFile.write(recorded.algorithms ?? [:], to: algorithms)
    let process = try ChildProcess.start(
      "/proc/self/exe",
      WorkerInvocation.arguments(
        for: trial, results: scratch.root, threads: recorded.threads, algorithms: algorithms,
        endsAfter: run.endsAfter),
      environment: WorkerEnvironment.applying(
        recorded.environment, to: ProcessInfo.processInfo.environment),
      line: { mailbox.post(.line($0)) }, ended: { mailbox.post(.ended($0)) })
    var check = RepetitionCheck(recorded: run)
    var present: ProvenanceRecord?
    while true {
      switch mailbox.receive() {
      case .line(let line):
        guard let message = try? WorkerMessage(encoded: line) else { continue }
        let repeated = { try scratch.run(run.id, experiment: run.experiment) }
        if case .prepared = message, let found = try repeated()?.attempts.last {
          present = found
          let environment = EnvironmentDifference(
            recorded: recorded, present: found,
            determinism: trial.spec.training.computation.determinism)
          report(.environment(environment, mixedEnvironments: attempts.mixedEnvironments))
          if environment.dataChanged { check.decide(.dataChanged) }
        }
        report(.told(message))
        try check.hear(message, repeated: repeated)
      case .stop: check.decide(.interrupted)
      case .ended(let end):
        let verdict = check.conclude(end, try scratch.run(run.id, experiment: run.experiment))
        if case .differs(let divergence) = verdict, let present,
          let (attempt, environment) = attempts.environment(
            of: divergence.evaluation, present), attempt != recorded.attempt
        {
          report(.environmentOfDifference(attempt: attempt, environment))
        }
        if case .identical = verdict {
          let restored = try store.restoreWeights(of: run, from: scratch)
          if !restored.isEmpty { report(.restored(restored)) }
        }
        return verdict
      }
      if check.verdict != nil { process.send(SIGKILL) }
    }
  }

  private enum Letter: Sendable {
    case line(Data)
    case ended(ChildProcess.End)
    case stop
  }
}

extension RunRecord {
  /// The steps after which it was ended from outside: by a person, or by the pruner of its sweep; `nil` where
  /// it came to its end by itself.
  fileprivate var endsAfter: Int? {
    (endOnRequest?.after ?? (hasDiverged ? nil : pruning?.after))?.step
  }
}
