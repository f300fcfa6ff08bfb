internal import Datasets
internal import Execution
import Foundation
import Tracking

/// What was recorded before of a plan's trials and is not what the plan would record now: it stays as
/// it is, and is said.
struct EarlierRecords {
  /// Runs with the settings of a trial on other data, by the trial's id.
  private(set) var onOtherData: [String: [RunRecord]] = [:]
  /// Trials that are recorded with other metrics, intervals or objectives.
  private(set) var recordedOtherwise: [(trial: Trial, keys: [String])] = []
  /// The `training.determinism` in which alone the first trial without a record differs from a recorded
  /// one.
  private(set) var otherDeterminism: Computation.Determinism?
  private let trials: [Trial]
  private let root: String

  /// - Parameter runs: the recorded runs of the plan's experiment.
  init(_ plan: TrialPlan, _ runs: [RunRecord], root: String) {
    trials = plan.trials
    self.root = root
    let planned = Set(plan.trials.map(\.id))
    let bySettings = Dictionary(
      grouping: runs.filter { !planned.contains($0.id) && !$0.trial.data.isEmpty },
      by: \.trial.settingsID)
    let byID = Dictionary(runs.map { ($0.id, $0) }) { first, _ in first }
    otherDeterminism = Self.otherDeterminism(plan.trials, runs)
    for trial in plan.trials {
      let others = (bySettings[trial.record.settingsID] ?? []).filter {
        $0.trial.data != trial.record.data
      }
      if !others.isEmpty { onOtherData[trial.id] = others }
      if let run = byID[trial.id] {
        let keys = trial.record.recordingKeys(differingFrom: run.trial)
        if !keys.isEmpty { recordedOtherwise.append((trial, keys)) }
      }
    }
  }

  /// Notes for people to read; empty where there is nothing to say.
  var notes: [String] { otherDataNotes + otherwiseNotes + determinismNotes }

  /// A pruner that compares trials, or a method that decides from results, asks for other bits than a spec
  /// without them.
  private static func otherDeterminism(
    _ trials: [Trial], _ runs: [RunRecord]
  ) -> Computation.Determinism? {
    let recorded = Set(runs.map(\.trial.settingsID))
    guard !recorded.isEmpty,
      let first = trials.first(where: { !recorded.contains($0.record.settingsID) })
    else { return nil }
    return Computation.Determinism.allCases.first { other in
      var spec = first.spec
      spec.training.computation.determinism = other
      return recorded.contains(ResolvedSpec(spec).settingsID)
    }
  }

  private var determinismNotes: [String] {
    guard let otherDeterminism else { return [] }
    return [
      "note: trials are recorded with training.determinism: \(otherDeterminism.rawValue), which is another "
        + "training: write that in the spec to go on with them"
    ]
  }

  private var otherDataNotes: [String] {
    let affected = trials.filter { onOtherData[$0.id] != nil }
    guard let first = affected.first, let run = onOtherData[first.id]?.first else { return [] }
    let subject =
      affected.count == 1
      ? "trial \(first.record.number) was" : "\(Units.count(affected.count, "trial")) were"
    let differing = zip(run.trial.data, first.record.data).filter { $0 != $1 }
    let lists = differing.map { before, now in
      "the \(now.name) data is another"
        + (before.samples == now.samples
          ? "" : ", \(Units.count(before.samples, "image")) then and \(now.samples) now")
    }
    let folder = "\(root)/\(run.experiment)/trials/\(run.id.prefix(2))/\(run.id)"
    let which = affected.count == 1 ? "its record" : "the record of the first"
    return [
      "warning: \(subject) trained on other data before: \(lists.joined(separator: "; ")); "
        + "\(which), \(run.id.prefix(8)) (\(run.status.word)), does not count here: move it away "
        + "(\(folder)), or give this experiment another name"
    ]
  }

  private var otherwiseNotes: [String] {
    guard let first = recordedOtherwise.first else { return [] }
    let count = recordedOtherwise.count
    let subject =
      count == 1
      ? "trial \(first.trial.record.number) is" : "\(Units.count(count, "trial")) are"
    return [
      "note: \(subject) recorded already, with other \(first.keys.joined(separator: ", ")) than the "
        + "spec has now: it is the same training, and is recorded as it was begun, so what was not "
        + "asked for then is missing"
    ]
  }
}

extension TrialRecord {
  /// The keys of what is only recorded, or how often, in which two records of one training differ.
  fileprivate func recordingKeys(differingFrom other: TrialRecord) -> [String] {
    var keys: [String] = []
    if objective != other.objective { keys.append("sweep.objective") }
    guard resolvedSpec != other.resolvedSpec, let mine = recording, let theirs = other.recording
    else { return keys }
    for section in ["evaluation"] {
      let (mine, theirs) = (mine[section] ?? [:], theirs[section] ?? [:])
      let names = Set(mine.keys).union(theirs.keys).sorted()
      keys += names.filter { !Self.followers.contains($0) && !equal(mine[$0], theirs[$0]) }
        .map { "\(section).\($0)" }
    }
    return keys
  }

  /// Keys whose defaults follow from others.
  private static let followers: Set = ["worst_images"]

  /// The sections of the resolved spec.
  private var recording: [String: [String: Any]]? {
    let object = try? JSONSerialization.jsonObject(with: Data(resolvedSpec.utf8))
    return (object as? [String: Any])?.compactMapValues { $0 as? [String: Any] }
  }

  private func equal(_ value: Any?, _ other: Any?) -> Bool {
    switch (value, other) {
    case (nil, nil): true
    case (let value as NSObject, let other as NSObject): value.isEqual(other)
    default: "\(value ?? "")" == "\(other ?? "")"
    }
  }
}
