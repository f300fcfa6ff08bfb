internal import Datasets
import Foundation
import Tracking

/// A plan whose data has been looked at: its trials are known by what they are trained on.
struct InspectedPlan: Sendable {
  let plan: TrialPlan
  /// The inspection of each trial's data, in the order of the plan.
  let inspections: [DataInspection]
}

extension InspectedPlan {
  /// The plan with the trials that follow from the results of these; `nil` where none does yet.
  func grown(_ store: FolderStore) throws -> InspectedPlan? {
    guard let growth = plan.growth else { return nil }
    let results = try SweepResults(plan, in: store)
    return try growth.next(plan, results: results)?.inspected(results: store.root)
  }

  /// With every trial that follows from the results that are recorded.
  func fullyGrown(_ store: FolderStore) throws -> InspectedPlan {
    var plan = self
    while let grown = try plan.grown(store) { plan = grown }
    return plan
  }
}

extension TrialPlan {
  /// Reads every file of the data once, but for those that have not changed since they were read.
  ///
  /// - Parameter results: the folder of the records, where scenes that the program draws are kept.
  /// - Throws: ``DataDiagnostics`` with everything that is wrong with the data of any trial.
  func inspected(
    results: String, cache: InspectionCache = .standard
  ) throws -> InspectedPlan {
    let inspector = DataInspector(cache: cache)
    var known: [InspectionKey: DataInspection] = [:]
    var diagnostics = DataDiagnostics()
    var inspections: [DataInspection] = []
    for trial in trials {
      let key = InspectionKey(trial, trial.dataConfiguration(results: results))
      if let inspection = known[key] {
        inspections.append(inspection)
        continue
      }
      do throws(DataError) {
        try key.data.requireRoot()
        let inspection = try inspector.inspect(
          key.data, seed: trial.record.seed, reading: trial.spec.data.canonicalContent.text)
        known[key] = inspection
        inspections.append(inspection)
      } catch {
        diagnostics.add(error, of: trial, in: self)
        // What is wrong with one trial's data is wrong with that of all that share it.
        if diagnostics.isLong { break }
      }
    }
    if !diagnostics.isEmpty { throw diagnostics }
    let plan = TrialPlan(
      self,
      trials: zip(trials, inspections).map { trial, inspection in
        trial.on(inspection.fingerprints.map(DataFingerprint.init))
      })
    try plan.requireDifferentTrials()
    return InspectedPlan(plan: plan, inspections: inspections)
  }

  /// The same trials on the data that finished runs with their settings had; `nil` where one trial has
  /// none or several of them.
  func finished(in runs: [RunRecord]) -> TrialPlan? {
    let bySettings = Dictionary(
      grouping: runs.filter { $0.status == .finished }, by: \.trial.settingsID)
    let found = trials.compactMap { trial -> Trial? in
      let candidates = bySettings[trial.record.settingsID] ?? []
      return candidates.count == 1 ? trial.on(candidates[0].trial.data) : nil
    }
    return found.count == trials.count ? TrialPlan(self, trials: found) : nil
  }

  /// Makes sure that no two trials are the same. They may turn out to be, because data at two
  /// places may be the same.
  private func requireDifferentTrials() throws {
    var firsts: [String: Trial] = [:]
    for trial in trials {
      guard let first = firsts[trial.id] else {
        firsts[trial.id] = trial
        continue
      }
      let differing = zip(trial.record.hyperparameters, first.record.hyperparameters)
        .first { $0 != $1 }?.0.path
      throw SpecErrors([
        SpecDiagnostic(
          .sameTrial,
          "trial \(trial.record.number) (\(trial.name)) is the same as trial "
            + "\(first.record.number) (\(first.name)): their data is the same, byte for byte",
          at: places[differing.flatMap { SpecPath($0) } ?? .root, trial],
          remedy: "leave one of them out")
      ])
    }
  }
}

/// What decides how a trial's data is looked at.
private struct InspectionKey: Hashable {
  let data: DataConfiguration
  /// The seed of the trial where it splits the training list, else `nil`.
  let seed: UInt64?

  init(_ trial: Trial, _ data: DataConfiguration) {
    self.data = data
    seed =
      switch data.source {
      case .lists(_, .fraction), .lists(_, .fold): trial.record.seed
      case .lists(_, .list), .generated: nil
      }
  }
}

extension DataConfiguration {
  /// Makes sure that the folder of the lists exists: without it nothing inside it can be found.
  func requireRoot() throws(DataError) {
    guard case .lists = source, let root, !Path.isFolder(root) else { return }
    throw DataError(DataProblem(setting: "root", "there is no folder \(root)"))
  }
}

extension InspectionCache {
  /// The cache in the user's cache folder.
  static var standard: InspectionCache { InspectionCache(folder: CacheFolder.standard) }
}
