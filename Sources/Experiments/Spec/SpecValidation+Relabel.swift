internal import Groundwork
internal import Learning

extension SpecValidation {
  /// Predictions become labels of images that are of one class a pixel, all of which counts.
  mutating func checkRelabel() {
    guard let relabel = draft.training?.relabel else { return }
    let path = SpecPath(components: ["training", "relabel"])
    if draft.task != nil, task.reading.form != .classes || task.reading.derivesTruth {
      report(
        .unfitTask, "\(path) makes labels of one class a pixel, but the task is \(task.name)",
        at: path,
        remedy: "leave it out, or write task: semantic")
    }
    for (key, isThere) in [("roi", draft.data?.roi != nil), ("no_data", draft.data?.noData != nil)]
    where isThere {
      report(
        .excludingKeys,
        "\(path) would label what data.\(key) leaves out", at: path, remedy: "leave one of them out"
      )
    }
    if let ranks = draft.limits?.ranks, ranks > 1 {
      report(
        .excludingKeys, "\(path) predicts in one process, and limits.ranks is \(ranks)", at: path,
        remedy: "write limits.ranks: 1")
    }
    for step in relabel.postprocessing where draft.task != nil {
      do throws(ComponentError) {
        try task.truth(classes: 0).check(step.component)
      } catch {
        report(
          .unfitTask, "postprocessing \(step.choice.name): \(error.message)",
          at: path.appending("postprocessing"))
      }
    }
  }
}
