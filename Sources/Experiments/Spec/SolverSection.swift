internal import Datasets
internal import Execution
internal import Groundwork
internal import Learning
internal import Tracking

/// `solver`: the rule that turns gradients into parameters, and its rates.
@dynamicMemberLookup
struct SolverSection: Sendable {
  let choice: ComponentChoice<any Solver>
  /// What stands beside the solver's own settings.
  let settings: SolverSettings
  let scheduleChoice: ComponentChoice<any Schedule>

  var solver: any Solver { choice.component }
  var schedule: any Schedule { scheduleChoice.component }
  var warmup: Warmup? { settings.schedule?.warmup }

  subscript<Value>(dynamicMember path: KeyPath<SolverSettings, Value>) -> Value {
    settings[keyPath: path]
  }

  static func read(_ value: SpecValue) -> SolverSection? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let type = keys.required(SolverSettings.typeKey)?.component(of: value.decoder.catalog.solvers)
      if let type { keys.title = "solver (type: \(type.name))" }
      let settings = SolverSettings.read(keys)
      guard let type, let choice = keys.component(type, make: type.init(_:)) else {
        return nil
      }
      keys.finish()
      guard let settings, let schedule = settings.schedule?.choice else { return nil }
      return SolverSection(choice: choice, settings: settings, scheduleChoice: schedule)
    }
  }

  /// What a spec need not write and does not write is left out, so that the ids of older records
  /// stay what they are.
  func written(for purpose: SpecPurpose) -> CanonicalJSON {
    var entries = settings.entries(for: purpose)
    entries[SolverSettings.typeKey] = .text(choice.name)
    return .object(choice.settings(for: purpose).merging(entries) { $1 })
  }

  var canonical: CanonicalJSON { written(for: .record) }
}

/// The keys of `solver` that every solver has.
struct SolverSettings: DeclaredSection {
  var baseLearningRate = 0.0
  var weightDecay = 0.0
  var clipping = GradientClipping()
  var parameterGroups = ParameterGroups()
  /// Batches whose gradients are averaged for one step.
  var iterSize = 1
  var averaging: WeightAveraging?
  /// Never `nil` once it has been read: the rate stays as it is where none is written.
  fileprivate(set) var schedule: ScheduleSetting?

  static let standard = SolverSettings()
  static let typeKey = "type"

  static let about = "Names the solver; its own fields stand beside these keys."
  static let groups = [KeyGroup.atMostOne(["ema", "swa"])]
  static let keys: [SpecKey<Self>] = [
    .naming(typeKey, "NAME", "One of the solvers below."),
    .required(
      baseRateKey, \.baseLearningRate, .number(Bounds(above: 0)),
      "The learning rate that the schedule starts from."),
    .standard(
      "weight_decay", \.weightDecay, .number(Bounds(atLeast: 0)),
      "The strength of the weight decay."),
    .optional(
      "clip_value", \.clipping.value, .number(Bounds(above: 0)),
      "Limits every single gradient to ± this value."),
    .optional(
      "clip_norm", \.clipping.norm, .number(Bounds(above: 0)),
      "Limits the norm of all gradients together."),
    .standard(
      "groups", \.parameterGroups.groups,
      .list(of: ParameterGroups.Group.form).called("list of sections"), kept: .unlessStandard,
      "Rates and decays that hold for some parameters."),
    .standard(
      "decay_norms_and_biases", \.parameterGroups.decaysNormsAndBiases, .boolean,
      kept: .unlessStandard, "Applies weight decay to normalization parameters and biases too."),
    .standard(
      "iter_size", \.iterSize, .integer(in: 1...1000), kept: .unlessStandard,
      "The number of batches whose gradients are averaged for one step."),
    .optional(
      "ema", \.exponential, .exponentialAverage,
      "Evaluates and keeps an exponential moving average of the weights."),
    .optional(
      "swa", \.stochastic, StochasticAverage.form,
      "Evaluates and keeps a mean of the weights of late epochs."),
    .optional(
      scheduleKey, \.schedule, ScheduleSetting.form, shown: "fixed",
      "How the learning rate changes."),
  ]

  private static let baseRateKey = "base_lr"
  private static let scheduleKey = "schedule"

  mutating func check(_ keys: SpecMapping) {
    if schedule == nil, !keys.misread.contains(Self.scheduleKey) {
      schedule = ScheduleSetting.fixed(keys.valueInPlace(of: Self.scheduleKey))
    }
    guard !keys.misread.contains(Self.baseRateKey), let setting = schedule else { return }
    do throws(ComponentError) {
      try setting.choice?.component.check(base: baseLearningRate)
    } catch {
      let path = error.field.map { setting.path.appending($0) } ?? setting.path
      keys.decoder.report(.refusedValue, "\(path): \(error.message)", at: keys.decoder.places[path])
    }
  }
}

// MARK: - Parameter groups

extension ParameterGroups.Group: DeclaredSection {
  static let standard = Self(pattern: NamePattern(""))

  static let about = "Describes one parameter group; at least one multiplier must be written."
  static let keys: [SpecKey<Self>] = [
    .required(
      "parameters", \.pattern, .pattern,
      "The names of the parameters; `*` stands for any characters."),
    .standard(
      multipliers.rate, \.rateMultiplier, .number(Bounds(atLeast: 0)),
      "Multiplies the learning rate."),
    .standard(
      multipliers.decay, \.decayMultiplier, .number(Bounds(atLeast: 0)),
      "Multiplies the weight decay."),
  ]

  private static let multipliers = (rate: "lr_mult", decay: "decay_mult")

  mutating func check(_ keys: SpecMapping) {
    guard !keys.has(Self.multipliers.rate), !keys.has(Self.multipliers.decay) else { return }
    keys.report(
      .emptyCollection, "changes nothing",
      remedy: "write \(Self.multipliers.rate) or \(Self.multipliers.decay)")
  }
}

extension Form<SolverSection> {
  static var solver: Form {
    let own = SolverSettings.keys.map { ($0.name, $0.describedSchema, $0.presence) }
    return Form(
      "section",
      .typed(
        by: SolverSettings.typeKey, ComponentCatalog.standard.solvers.components, own: own,
        groups: SolverSettings.groups),
      sections: SolverSettings.form.sections, read: SolverSection.read,
      write: { $0.written(for: $1) })
  }
}
