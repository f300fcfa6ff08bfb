import Foundation
import Tracking

/// Puts runs that were recorded elsewhere among the records, with numbers behind those that are there.
struct Importer {
  let store: FolderStore
  /// Whether imported runs that are there give way to what is read now.
  let replaces: Bool

  func take(_ contents: [RunContents], into report: inout ImportReport) throws {
    ScratchStore.removeLeftovers(beside: store.root)
    let groups = Dictionary(grouping: contents) { $0.trial.experiment }
    for (experiment, runs) in groups.sorted(by: { $0.key < $1.key }) {
      try take(runs, of: experiment, into: &report)
    }
  }

  private func take(
    _ runs: [RunContents], of experiment: String, into report: inout ImportReport
  ) throws {
    let recorded = try store.catalogue(of: experiment).runs
    if let own = recorded.first(where: { $0.origin == nil }), runs[0].trial.origin != nil {
      throw Failure(
        .usage,
        "error: \(own.name) was trained here: give the runs an experiment of their own with --as")
    }
    var numbers = ImportedNumbers(recorded.filter { !$0.isSuperseded })
    for contents in runs {
      var contents = contents
      let number = numbers.take(contents.id, contents.trial)
      if contents.trial.origin != nil { contents.trial.number = number }
      let adoption: FolderStore.Adoption
      do throws(StoreError) {
        adoption = try store.adopt(contents, replaces: replaces)
      } catch {
        guard case .otherContent = error else { throw error }
        throw Failure(
          .usage,
          "error: \(experiment)/\(number) is recorded already with other values: add "
            + "--force to replace an imported run, or give the runs another experiment with --as")
      }
      report.add(contents, as: "\(experiment)/\(number)", adoption)
    }
    try store.recordPlan(numbers.plan, of: experiment, objective: runs[0].trial.objective)
  }
}

/// The numbers of an experiment's runs while others join them.
struct ImportedNumbers {
  /// The id of each number, that of 1 first; empty where no run has the number.
  private(set) var plan: [String]

  init(_ runs: [RunRecord]) {
    plan = Array(repeating: "", count: runs.map(\.number).max() ?? 0)
    for run in runs { plan[run.number - 1] = run.id }
  }

  /// The number that a run has, or gets: a record of this program keeps its own where that is free.
  mutating func take(_ id: String, _ trial: TrialRecord) -> Int {
    if let known = plan.firstIndex(of: id) { return known + 1 }
    let wanted = trial.number
    if trial.origin == nil, (1...Self.mostNumbers).contains(wanted) {
      while plan.count < wanted { plan.append("") }
      if plan[wanted - 1].isEmpty {
        plan[wanted - 1] = id
        return wanted
      }
    }
    plan.append(id)
    return plan.count
  }

  /// Larger ones are no numbers of trials that anybody planned.
  private static let mostNumbers = 100_000
}
