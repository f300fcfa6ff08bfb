internal import Datasets
internal import Execution
internal import Groundwork
internal import Learning
internal import Tracking

/// `solver`: the rule that turns gradients into parameters, and its rates.
struct SolverSection: Sendable {
  let choice: ComponentChoice<any Solver>
  let baseLearningRate: Double
  let weightDecay: Double
  let clipping: GradientClipping
  let parameterGroups: ParameterGroups
  /// Batches whose gradients are averaged for one step.
  let iterSize: Int
  let averaging: WeightAveraging?
  let scheduleChoice: ComponentChoice<any Schedule>
  let warmup: Warmup?

  var solver: any Solver { choice.component }
  var schedule: any Schedule { scheduleChoice.component }

  private static let iterSizeKey = "iter_size"

  static func read(_ value: SpecValue) -> SolverSection? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let type = keys.required("type")?.component(of: value.decoder.catalog.solvers)
      if let type { keys.title = "solver (type: \(type.name))" }
      let baseLearningRate = keys.required("base_lr")?.number(in: Bounds(above: 0))
      let weightDecay = keys["weight_decay"].map { $0.number(in: Bounds(atLeast: 0)) } ?? 0
      let clipping = GradientClipping(
        value: keys["clip_value"]?.number(in: Bounds(above: 0)),
        norm: keys["clip_norm"]?.number(in: Bounds(above: 0)))
      let groups = ParameterGroups.read(keys)
      let iterSize = keys[iterSizeKey].map { $0.integer(in: 1...1000) } ?? 1
      let averaging = WeightAveraging.read(keys)
      let schedule = ScheduleChoice.read(keys, base: baseLearningRate)
      guard let type, let choice = keys.component(type, make: type.init(_:)) else {
        return nil
      }
      keys.finish()
      guard let baseLearningRate, let weightDecay, let iterSize, let schedule else { return nil }
      return SolverSection(
        choice: choice, baseLearningRate: baseLearningRate,
        weightDecay: weightDecay, clipping: clipping, parameterGroups: groups,
        iterSize: iterSize, averaging: averaging, scheduleChoice: schedule.choice,
        warmup: schedule.warmup)
    }
  }

  /// What a spec need not write and does not write is left out, so that the ids of older records
  /// stay what they are.
  var canonical: CanonicalJSON {
    var schedule: [String: CanonicalJSON] = [
      scheduleChoice.name: .object(scheduleChoice.canonical)
    ]
    schedule[ScheduleChoice.warmupKey] = warmup?.canonical
    var own: [String: CanonicalJSON] = [
      "type": .text(choice.name), "base_lr": .number(baseLearningRate),
      "weight_decay": .number(weightDecay), "schedule": .object(schedule),
    ]
    own["clip_value"] = clipping.value.map { .number($0) }
    own["clip_norm"] = clipping.norm.map { .number($0) }
    own.merge(parameterGroups.canonical) { $1 }
    if iterSize > 1 { own[Self.iterSizeKey] = .integer(iterSize) }
    own.merge(averaging?.canonical ?? [:]) { $1 }
    return .object(choice.canonical.merging(own) { $1 })
  }
}

// MARK: - Parameter groups

extension ParameterGroups {
  fileprivate static let groupsKey = "groups"
  fileprivate static let decayKey = "decay_norms_and_biases"
  private static let multipliers = (rate: "lr_mult", decay: "decay_mult")

  fileprivate static func read(_ keys: SpecMapping) -> ParameterGroups {
    ParameterGroups(
      groups: keys[groupsKey]?.elements()?.compactMap(readGroup) ?? [],
      decaysNormsAndBiases: keys[decayKey]?.boolean() ?? true)
  }

  /// A pattern on the names of parameters and what they are multiplied by.
  private static func readGroup(_ value: SpecValue) -> Group? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let pattern = keys.required("parameters")?.text()
      let rate = keys[multipliers.rate]?.number(in: Bounds(atLeast: 0))
      let decay = keys[multipliers.decay]?.number(in: Bounds(atLeast: 0))
      if !keys.has(multipliers.rate), !keys.has(multipliers.decay) {
        keys.decoder.report(
          "\(keys.path) changes nothing", at: keys.place,
          remedy: "write \(multipliers.rate) or \(multipliers.decay)")
      }
      keys.finish()
      guard let pattern else { return nil }
      return Group(
        pattern: NamePattern(pattern), rateMultiplier: rate ?? 1, decayMultiplier: decay ?? 1)
    }
  }

  fileprivate var canonical: [String: CanonicalJSON] {
    var entries: [String: CanonicalJSON] = [:]
    if !decaysNormsAndBiases { entries[Self.decayKey] = .boolean(false) }
    if !groups.isEmpty {
      entries[Self.groupsKey] = .list(
        groups.map { group in
          .object([
            "parameters": .text(group.pattern.text),
            Self.multipliers.rate: .number(group.rateMultiplier),
            Self.multipliers.decay: .number(group.decayMultiplier),
          ])
        })
    }
    return entries
  }
}

// MARK: - Schedule

/// `schedule`: one schedule, by name or with its settings, and `warmup` beside it.
private struct ScheduleChoice {
  let choice: ComponentChoice<any Schedule>
  let warmup: Warmup?

  static let warmupKey = "warmup"

  /// The rate stays as it is where no schedule is written.
  ///
  /// - Parameter base: `base_lr`, where it could be read.
  static func read(_ keys: SpecMapping, base: Double?) -> ScheduleChoice? {
    let written = keys["schedule"]
    let warmup: Warmup?
    if let written, written.node.entries != nil, let mapping = written.mapping(),
      let value = mapping[warmupKey]
    {
      guard let read = Warmup.read(value) else { return nil }
      warmup = read
    } else {
      warmup = nil
    }
    let value = written?.without(warmupKey) ?? fixed(keys)
    guard let named = value.namedComponent(of: keys.decoder.catalog.schedules) else { return nil }
    let choice = named.settings.component(named.type, make: named.type.init(_:))
    named.settings.finish()
    guard let choice else { return nil }
    if let base {
      do throws(ComponentError) {
        try choice.component.check(base: base)
      } catch {
        let path = error.field.map { named.settings.path.appending($0) } ?? named.settings.path
        keys.decoder.report("\(path): \(error.message)", at: keys.decoder.places[path])
        return nil
      }
    }
    return ScheduleChoice(choice: choice, warmup: warmup)
  }

  private static func fixed(_ keys: SpecMapping) -> SpecValue {
    let fixed = YAMLNode(
      content: .scalar(YAMLScalar(text: FixedSchedule.name, isPlain: true)), mark: keys.place)
    return SpecValue(
      path: keys.path.appending("schedule"), node: fixed, place: keys.place,
      decoder: keys.decoder)
  }
}

extension SpecValue {
  /// A mapping without one of its keys; `nil` where it has no other.
  fileprivate func without(_ key: String) -> SpecValue? {
    guard let entries = node.entries, entries.contains(where: { $0.key == key }) else {
      return self
    }
    let rest = entries.filter { $0.key != key }
    return rest.isEmpty
      ? nil
      : SpecValue(
        path: path, node: YAMLNode(content: .mapping(rest), mark: node.mark), place: place,
        decoder: decoder)
  }
}

extension Warmup {
  /// `200 iterations`, `2 epochs`, or `{over: 2 epochs, start_factor: 0.1}`.
  fileprivate static func read(_ value: SpecValue) -> Warmup? {
    guard value.node.entries != nil else {
      return value.iterationsOrEpochs().map { Warmup(length: $0) }
    }
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let length = keys.required("over")?.iterationsOrEpochs()
      let start = keys["start_factor"].map { $0.number(in: Bounds(0...1)) } ?? standardStartFactor
      keys.finish()
      guard let length, let start else { return nil }
      return Warmup(length: length, startFactor: start)
    }
  }

  fileprivate var canonical: CanonicalJSON {
    .object(["over": CanonicalJSON(length), "start_factor": .number(startFactor)])
  }
}
