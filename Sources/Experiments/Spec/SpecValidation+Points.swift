internal import Datasets
internal import Tasks

extension SpecValidation {
  /// What is of images where samples are points, and the other way around.
  mutating func checkPoints(_ data: DataSection) {
    let isOfPoints = task.reading.samplesArePoints
    guard isOfPoints == (data.stack.points != nil) else {
      report(
        .unfitTask,
        isOfPoints
          ? "task is points, but nothing says how files of points become samples"
          : "task is \(task.name), but data.points is of points",
        at: SpecPath(components: isOfPoints ? ["task"] : ["data", "points"]),
        remedy: isOfPoints ? "write data.points" : "write task: points, or leave data.points out")
      return
    }
    guard isOfPoints else { return }
    if draft.evaluation?.previews != nil {
      report(
        .unfitTask, "evaluation.previews: it draws images, and the task is points",
        at: SpecPath(components: ["evaluation", "previews"]),
        remedy: "leave it out, and look at the files that predict writes")
    }
  }
}
