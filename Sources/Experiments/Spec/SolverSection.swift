internal import Engine

/// `solver`: the rule that turns gradients into parameters, and its rates.
struct SolverSection: Sendable {
  let choice: ComponentChoice
  let solver: any Solver
  let baseLearningRate: Double
  let weightDecay: Double
  let scheduleChoice: ComponentChoice
  let schedule: any Schedule

  static func read(_ value: SpecValue) -> SolverSection? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let type = keys.required("type")?.component(of: value.decoder.catalog.solvers)
      if let type { keys.title = "solver (type: \(type.name))" }
      let baseLearningRate = keys.required("base_lr")?.number(in: Bounds(above: 0))
      let weightDecay = keys["weight_decay"].map { $0.number(in: Bounds(atLeast: 0)) } ?? 0
      let schedule = readSchedule(keys)
      guard let type, let choice = keys.component(type) else { return nil }
      keys.finish()
      guard let solver = choice.component as? any Solver, let baseLearningRate, let weightDecay,
        let schedule
      else { return nil }
      return SolverSection(
        choice: choice, solver: solver, baseLearningRate: baseLearningRate,
        weightDecay: weightDecay, scheduleChoice: schedule.choice, schedule: schedule.schedule)
    }
  }

  /// The rate stays as it is where no schedule is written.
  private static func readSchedule(
    _ keys: SpecMapping
  ) -> (choice: ComponentChoice, schedule: any Schedule)? {
    let fixed = YAMLNode(
      content: .scalar(YAMLScalar(text: "fixed", isPlain: true)), mark: keys.place)
    let value =
      keys["schedule"]
      ?? SpecValue(
        path: keys.path.appending("schedule"), node: fixed, place: keys.place,
        decoder: keys.decoder)
    guard let named = value.namedComponent(of: keys.decoder.catalog.schedules) else { return nil }
    let choice = named.settings.component(named.type)
    named.settings.finish()
    guard let choice, let schedule = choice.component as? any Schedule else { return nil }
    return (choice, schedule)
  }

  var canonical: CanonicalJSON {
    let own: [String: CanonicalJSON] = [
      "type": .text(choice.name), "base_lr": .number(baseLearningRate),
      "weight_decay": .number(weightDecay),
      "schedule": .object([scheduleChoice.name: .object(scheduleChoice.canonical)]),
    ]
    return .object(choice.canonical.merging(own) { $1 })
  }
}
