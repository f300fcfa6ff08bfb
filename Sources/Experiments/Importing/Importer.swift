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
    let numbered = recorded.filter { !$0.isSuperseded }
    var plan = numbered.map(\.id)
    for contents in runs {
      var contents = contents
      if let known = plan.firstIndex(of: contents.id) {
        contents.trial.number = numbered.first { $0.id == contents.id }?.trial.number ?? known + 1
      } else {
        plan.append(contents.id)
        if contents.trial.origin != nil { contents.trial.number = plan.count }
      }
      let adoption: FolderStore.Adoption
      do throws(StoreError) {
        adoption = try store.adopt(contents, replaces: replaces)
      } catch {
        guard case .otherContent = error else { throw error }
        throw Failure(
          .damagedStore,
          "error: \(experiment)/\(contents.trial.number) is recorded already with other values: add "
            + "--force to replace an imported run, or give the runs another experiment with --as")
      }
      report.add(contents, adoption)
    }
    try store.recordPlan(plan, of: experiment, objective: runs[0].trial.objective)
  }
}
