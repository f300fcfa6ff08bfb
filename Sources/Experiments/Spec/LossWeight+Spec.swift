internal import Datasets
internal import Groundwork
internal import Learning

extension Form<LossWeight> {
  /// The weight of a loss: `0.5`, `{linear: {from: 1, to: 0.01, over: 20 epochs}}`, `{cosine: …}`, or
  /// `{step: {from: 0, to: 1, at: 10 epochs}}`.
  static var lossWeight: Form {
    let constant = Form<Double>.number(Bounds(atLeast: 0)).map(
      { LossWeight.constant($0) },
      { weight in if case .constant(let value) = weight { value } else { nil } })
    let changing = ChangingWeight.form.map({ change, _ in change.weight }, ChangingWeight.init)
    return .either(scalar: constant, mapping: changing)
      .described(by: .definition(JSONSchema.lossWeight))
  }
}

extension JSONSchema {
  /// What every loss has.
  static let lossWeight = "loss_weight"

  static var weightOfLoss: JSONSchema {
    .anyOf([.number(Bounds(atLeast: 0)), ChangingWeight.schema.notEmpty])
  }
}

/// How the weight of a loss changes: in one of several ways.
private struct ChangingWeight: DeclaredSection {
  var linear: GradualChange?
  var cosine: GradualChange?
  var step: SuddenChange?

  static let standard = ChangingWeight()

  static let about = "Changes the weight of a loss during training."
  static let groups = [KeyGroup.atMostOne(["linear", "cosine", "step"])]
  static let keys: [SpecKey<Self>] = [
    .optional(
      "linear", \.linear, GradualChange.form, isAlternative: true,
      "Moves the weight along a straight line."),
    .optional(
      "cosine", \.cosine, GradualChange.form, isAlternative: true,
      "Moves the weight along half a cosine."),
    .optional(
      "step", \.step, SuddenChange.form, isAlternative: true, "Changes the weight at once."),
  ]

  mutating func check(_ keys: SpecMapping) {
    guard keys.entries.isEmpty else { return }
    keys.report(
      .emptyCollection, "names no schedule",
      remedy: "one of \(Self.keys.map(\.name).joined(separator: ", "))")
  }

  /// `nil` where it says none.
  var weight: LossWeight? {
    linear?.weight(.linear) ?? cosine?.weight(.cosine)
      ?? step.map { .step(from: $0.from, to: $0.to, at: $0.time) }
  }

  /// `nil` for a weight that does not change.
  init?(_ weight: LossWeight) {
    switch weight {
    case .constant: return nil
    case .scheduled(let shape, let from, let to, let after, let over):
      let change = GradualChange(from: from, to: to, after: after, over: over)
      switch shape {
      case .linear: linear = change
      case .cosine: cosine = change
      }
    case .step(let from, let to, let time): step = SuddenChange(from: from, to: to, time: time)
    }
  }

  private init() {}
}

private struct GradualChange: DeclaredSection {
  var from = 0.0
  var to = 0.0
  var after: TrainingInterval?
  var over = TrainingInterval.iterations(1)

  static let standard = GradualChange()

  static let about = "Describes a gradual change; `cosine` has the same keys."
  static let keys: [SpecKey<Self>] = [
    .required(
      "from", \.from, .number(Bounds(atLeast: 0)), "The weight before the change."),
    .required("to", \.to, .number(Bounds(atLeast: 0)), "The weight after the change."),
    .optional("after", \.after, .interval, "The time at which the change begins."),
    .required("over", \.over, .interval, "The time that the change takes."),
  ]

  func weight(_ shape: LossWeight.Shape) -> LossWeight {
    .scheduled(shape, from: from, to: to, after: after, over: over)
  }
}

private struct SuddenChange: DeclaredSection {
  var from = 0.0
  var to = 0.0
  var time = TrainingInterval.iterations(1)

  static let standard = SuddenChange()

  static let about = "Describes a change at one time."
  static let keys: [SpecKey<Self>] = [
    .required(
      "from", \.from, .number(Bounds(atLeast: 0)), "The weight before the change."),
    .required("to", \.to, .number(Bounds(atLeast: 0)), "The weight after the change."),
    .required("at", \.time, .interval, "The time of the change."),
  ]
}
