internal import Foundation

/// Which trials an experiment had when it was last run, in the order of their numbers: the content
/// of `plan.json` in the experiment's folder.
///
/// After an edit of the spec a number stands for another trial. Records keep the number that they
/// were made with; this file says what it means now, so that `camvid/3` is the trial that `plan`
/// calls 3.
struct LatestPlan: Codable, Hashable {
  /// Ids, that of trial 1 first.
  var trials: [String]
  /// What they are judged by now, whatever was asked for when each was begun.
  var objective: Objective?

  static let file = "plan.json"
  /// Far more than the largest plan takes.
  private static let maximumBytes = 1 << 22

  /// - Throws: ``StoreError/damaged(path:reason:)`` where there is none, or not the one that was
  ///   written: then it is not known what numbers mean.
  static func read(from folder: String) throws(StoreError) -> LatestPlan {
    let path = "\(folder)/\(file)"
    guard let bytes = try RecordFile.read(path, atMost: maximumBytes) else {
      throw StoreError.damaged(path: path, reason: "the file is gone")
    }
    return try RecordJSON.decode(LatestPlan.self, bytes, path: path)
  }
}

extension FolderStore {
  /// Keeps the numbers that the trials of an experiment have now.
  ///
  /// - Parameters:
  ///   - trials: ids in the order of the plan.
  ///   - objective: what they are judged by now.
  package func recordPlan(
    _ trials: [String], of experiment: String, objective: Objective? = nil
  ) throws(StoreError) {
    let folder = RunFolder(root: root, experiment: experiment, id: "").experimentFolder
    let plan = LatestPlan(trials: trials, objective: objective)
    guard (try? LatestPlan.read(from: folder)) != plan else { return }
    try operations.makeFolder(folder)
    try AtomicFile(operations: operations).replace(
      "\(folder)/\(LatestPlan.file)", with: RecordJSON.encode(plan))
  }

  /// How many trials an experiment had when it was last run; `nil` where that is not known.
  package func plannedTrials(of experiment: String) -> Int? {
    try? LatestPlan.read(from: "\(root)/\(experiment)").trials.count
  }

  /// The runs of an experiment, or of all, each with the number that it has now; and the records
  /// that are none of them.
  package func catalogue(of experiment: String? = nil) throws(StoreError) -> RunCatalogue {
    let experiments = if let experiment { [experiment] } else { try experiments() }
    return catalogue(try runs(of: experiment), experiments: experiments)
  }

  /// The same of runs that were read already.
  ///
  /// - Parameter plans: latest plans that were read already, by experiment.
  func catalogue<Run: ListedRun>(
    _ runs: [Run], experiments: [String], plans: [String: LatestPlan] = [:]
  ) -> Catalogue<Run> {
    var catalogue = Catalogue<Run>()
    for (name, runs) in Dictionary(grouping: runs, by: \.experiment).sorted(by: { $0.key < $1.key })
    {
      var plan = plans[name]
      do throws(StoreError) {
        if plan == nil { plan = try LatestPlan.read(from: "\(root)/\(name)") }
      } catch {
        let reason = if case .damaged(_, let reason) = error { reason } else { error.problem }
        catalogue.addUnknownPlan(of: name, reason: reason, root: root)
      }
      var judged = runs
      if let objective = plan?.objective {
        let planned = Set(plan?.trials ?? [])
        judged = runs.map { planned.contains($0.id) ? $0.judged(by: objective) : $0 }
      }
      catalogue.add(judged, of: name, plan: plan?.trials, root: root)
    }
    catalogue.addMisfiled(in: root, experiments: experiments)
    return catalogue
  }
}
