internal import Tasks
internal import Tracking

/// A spec as far as it could be read: what is `nil` had problems that were reported.
struct SpecDraft: Sendable {
  var experiment: String?
  var about: String?
  var tags: [String]? = []
  var seed: Int? = 1
  /// What is predicted.
  var task: TaskSection? = TaskSection.standard
  var data: DataSection?
  var template: TemplateSection?
  /// `nil` too where there is none.
  var weights: WeightsSection?
  var losses: LossesSection?
  var solver: SolverSection?
  var augmentation: AugmentationSection? = AugmentationSection.none
  var training: TrainingSection?
  var evaluation: EvaluationSection? = EvaluationSection.standard
  var checkpoints: CheckpointsSection? = CheckpointsSection.standard
  var limits: LimitsSection? = LimitsSection.standard
  /// What runs are judged by, which the sweep says.
  var objective = Objective.standard
}

extension SpecDraft: DeclaredSection {
  static let standard = SpecDraft()
  static func standard(in decoder: SpecDecoder) -> SpecDraft {
    SpecDraft(objective: decoder.objective)
  }

  static let about = "A spec is one YAML file. These are its top-level keys."
  static let keys: [SpecKey<Self>] = [
    .part(
      "experiment", \.experiment, .word, .required, decides: .record,
      "The name of the experiment's folder under `results/`."),
    .naming(
      BaseFiles.key, "path or list of paths",
      schema: .anyOf([.types("string"), .list(of: .types("string"), count: 1...Int.max)]),
      presence: .optional,
      "Files that this one builds on: later ones win, and this one over all; mappings merge."),
    .part(
      "about", \.about, .text, .optional, decides: .record,
      "The question that the experiment asks."),
    .part(
      "tags", \.tags, .list(of: .word).called("list of words"), .standard("[]"), decides: .record,
      "Words by which people find the experiment."),
    .part(
      "seed", \.seed, .integer(in: 0...Int.max), .standard("1"),
      "Every random draw follows from the seed."),
    .part("data", \.data, DataSection.form, .required, "What the network learns from."),
    .part(
      "task", \.task, .task, .standard(SemanticTask.name), kept: .unlessStandard,
      "What the network answers: one class a pixel, any number of classes, or objects."),
    .part("template", \.template, .template, .required, "The network architecture."),
    .part(
      "weights", \.weights, .weights, .optional,
      "What the network begins with, in place of random numbers."),
    .part(
      "losses", \.losses, .losses, .required, "The losses whose weighted sum is minimized."),
    .part(
      "solver", \.solver, .solver, .required,
      "The rule that updates the weights, and its learning rate."),
    .part(
      "augmentation", \.augmentation, .augmentation, .standard("none"),
      "Random changes of training samples, applied in the written order."),
    .part(
      "training", \.training, TrainingSection.form, .required,
      "How long training lasts, and how it is computed."
    ) { $1.trainingUnit = $0.training?.duration },
    .part(
      "evaluation", \.evaluation, EvaluationSection.form, .standard("every epoch"),
      "How often the validation set is judged, and how."),
    .part(
      "checkpoints", \.checkpoints, CheckpointsSection.form, .standard("every evaluation"),
      decides: .record, "How often the weights are kept."),
    .part(
      "limits", \.limits, LimitsSection.form, .standard("no limits"), decides: .cost,
      "What one trial may use of the machine."),
    .naming(
      "sweep", "section", schema: .types("object"), presence: .optional,
      "Which settings vary; without it there is one trial."),
  ]

  mutating func check(_ keys: SpecMapping) {
    for key in ["on_finish", "on_end"] {
      keys.refuse(
        key,
        remedy: "a spec runs no programs: give 'experiments run' the option "
          + "--\(key.replacing("_", with: "-"))")
    }
  }

  /// Reads the keys of a spec, all but `sweep`.
  static func read(_ root: SpecValue) -> SpecDraft {
    guard let keys = root.mapping() else { return SpecDraft(objective: root.decoder.objective) }
    let draft = readable(keys)
    keys.finish()
    return draft
  }
}

extension SpecKey where Section == SpecDraft {
  /// A key of a spec, whose value is `nil` where it could not be read.
  ///
  /// - Parameters:
  ///   - kept: whether the default is written.
  ///   - then: what later keys are told of it.
  fileprivate static func part<Value>(
    _ name: String, _ path: any WritableKeyPath<SpecDraft, Value?> & Sendable, _ form: Form<Value>,
    _ presence: SpecSection.Presence, kept: SpecRetention = .always,
    decides: SpecDecision = .result, _ about: String,
    then: @escaping @Sendable (SpecDraft, SpecDecoder) -> Void = { _, _ in }
  ) -> SpecKey {
    let standard = SpecDraft.standard[keyPath: path].flatMap { form.write($0, .record) }
    return SpecKey(
      name, form, presence, decides: decides, about,
      read: { keys, draft in
        let value = presence == .required ? keys.required(name) : keys[name]
        if presence == .required || value != nil {
          draft[keyPath: path] = value.flatMap(form.read)
        }
        then(draft, keys.decoder)
        return true
      },
      write: { draft, purpose in
        let written = draft[keyPath: path].flatMap { form.write($0, purpose) }
        return written == standard && kept.leavesOutStandard(for: purpose) ? nil : written
      })
  }
}

// MARK: - Whole specs

extension SpecDraft {
  /// The spec, where every part of it could be read.
  func complete(folder: String) -> ExperimentSpec? {
    guard let experiment, let tags, let seed, let task, let data, let template, let losses,
      let solver,
      let augmentation, let training, let evaluation, let checkpoints, let limits
    else { return nil }
    return ExperimentSpec(
      experiment: experiment, about: about, tags: tags, seed: seed, taskSection: task,
      data: data, template: template, weights: weights, losses: losses, solver: solver,
      augmentation: augmentation,
      training: training, evaluation: evaluation, checkpoints: checkpoints, limits: limits,
      folder: folder)
  }

  init(_ spec: ExperimentSpec) {
    (experiment, about, tags, seed) = (spec.experiment, spec.about, spec.tags, spec.seed)
    (task, data, template, weights) = (spec.taskSection, spec.data, spec.template, spec.weights)
    (losses, solver, augmentation) = (spec.losses, spec.solver, spec.augmentation)
    (training, evaluation) = (spec.training, spec.evaluation)
    (checkpoints, limits) = (spec.checkpoints, spec.limits)
  }
}

extension ExperimentSpec {
  /// The keys of the spec with their values, as far as they are part of the purpose.
  func entries(for purpose: SpecPurpose) -> [String: CanonicalJSON] {
    SpecDraft(self).entries(for: purpose)
  }
}
