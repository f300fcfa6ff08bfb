internal import Groundwork
internal import Learning
internal import Tracking

/// The keys of `sweep` that every method has.
struct SweepSettings: DeclaredSection {
  var objective = Objective.standard
  var seeds = 1
  var pruner: SweepPruner?

  static let standard = SweepSettings()

  static let about =
    "Says which run is best, how often each point is tried, and what is not tried to its end."
  static let keys: [SpecKey<Self>] = [
    .standard(
      "objective", \.objective, .objective, shown: "highest mean IoU",
      "What makes one run better than another."),
    .standard(
      "seeds", \.seeds, .integer(in: 1...1000),
      "The number of trials of each point, each with its own seed."),
    SpecKey(
      "pruner", .pruner, .optional,
      "What ends trials before their time, NAME or NAME: {…} with its fields; of a list the one that ends a "
        + "trial first.",
      read: { keys, section in
        guard let value = keys["pruner"] else { return true }
        // Which of them compare trials depends on what trials are judged by, which was read before.
        section.pruner = SweepPruner.read(value, objective: section.objective)
        return section.pruner != nil
      }, write: { section, _ in section.pruner?.canonical }),
  ]
}

/// `sweep.objective` as it is written.
struct ObjectiveSetting: DeclaredSection {
  var metric = Objective.standard.metric
  /// `nil` for the metric's own direction.
  var isMaximized: Bool?

  static let standard = ObjectiveSetting()

  static let about = "Names the metric value that runs are ranked by."
  static let keys: [SpecKey<Self>] = [
    .standard("metric", \.metric, .series(kind: "metric"), "The metric."),
    .optional(
      "direction", \.isMaximized, .direction, shown: "the metric's own", "Which values are better."),
  ]
}

extension Form<Objective> {
  fileprivate static var objective: Form {
    ObjectiveSetting.form.map(
      { setting in
        Objective(
          metric: setting.metric,
          maximize: setting.isMaximized ?? SeriesCatalog.standard.isHigherBetter(setting.metric))
      },
      { ObjectiveSetting(metric: $0.metric, isMaximized: $0.maximize) })
  }
}

extension Form<SweepPruner> {
  /// One pruner or a list of them; what reads it is the key, which knows the objective.
  fileprivate static var pruner: Form {
    let pruners = Registry.pruners.components
    let one = JSONSchema.anyOf([.names(aloneIn: pruners), .named(pruners)])
    return Form(
      Registry.pruners.names.joined(separator: " | ") + ", or a list of them",
      .anyOf([one, .list(of: one, count: 1...Int.max)]),
      read: { SweepPruner.read($0, objective: .standard) }, write: { $0.canonical })
  }
}
