internal import Groundwork

extension SpecSection {
  /// Every section, in the order in which a spec is usually written; what may be written in several places is
  /// there once.
  static let all: [SpecSection] = {
    var seen: Set<ObjectIdentifier> = []
    let declared = SpecDraft.form.sections.filter { section in
      section.type.map { seen.insert($0).inserted } ?? true
    }
    return declared + sweep
  }()

  /// The series that a training can be judged or steered by.
  private static let seriesNames =
    "training.loss | validation.loss | validation.METRIC | validation.METRIC.CLASS"

  /// What is varied.
  static let sweep = [
    SpecSection(
      "sweep", "Says which settings vary and which run is best.",
      [
        .standard(
          "method", Registry.samplers.names.joined(separator: " | "), "grid",
          "How the points are chosen; each method has fields of its own."),
        .optional(
          "parameters", "{PATH: values, …}",
          "What varies: a list of values, or one of {choice: […]}, {range: [LOW, HIGH], step: …}, "
            + "{log_range: [LOW, HIGH]}, {uniform: [LOW, HIGH], step: …} and {log_uniform: [LOW, HIGH]}, "
            + "each with an optional when: CONDITION; for every method but list."),
        .optional(
          "zip", "{NAME: {PATH: list, …}, …}",
          "Paths whose values move together; for every method but list."),
        .optional(
          "require", "condition or list of them",
          "What every point meets, as in template.base_channels * training.batch_size <= 256; for every "
            + "method but list."),
        .optional(
          "start", "list of {PATH: value, …}",
          "Points to begin with; for methods that draw points."),
        .optional(
          "points", "list of {PATH: value, …}, or the path of a CSV file",
          "The points themselves; for the method list."),
        .optional(
          "pruner", Registry.pruners.names.joined(separator: " | ") + ", or a list of them",
          "What ends trials before their time, NAME or NAME: {…} with its fields; of a list the one that "
            + "ends a trial first."),
        .standard(
          "objective", "section", "highest mean IoU", "What makes one run better than another."),
        .standard(
          "seeds", "integer in 1…1000", "1",
          "The number of trials of each point, each with its own seed."),
      ]),
    SpecSection(
      "sweep.objective", "Names the metric value that runs are ranked by.",
      [
        .standard(
          "metric", seriesNames, "validation.mean_iou", "The metric."),
        .standard(
          "direction", "maximize | minimize", "the metric's own", "Which values are better."),
      ]),
  ]
}
