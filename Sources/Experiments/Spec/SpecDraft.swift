internal import Tasks
internal import Tracking

/// A spec as far as it could be read: what is `nil` had problems that were reported.
struct SpecDraft {
  var experiment: String?
  var about: String?
  var tags: [String]?
  var seed: Int?
  /// What is predicted.
  var task: (any SegmentationTask)?
  var data: DataSection?
  var template: TemplateSection?
  /// `nil` too where there is none.
  var weights: WeightsSection?
  var losses: LossesSection?
  var solver: SolverSection?
  var augmentation: AugmentationSection?
  var training: TrainingSection?
  var evaluation: EvaluationSection?
  var checkpoints: CheckpointsSection?
  var limits: LimitsSection?
  /// What runs are judged by, which the sweep says.
  var objective = Objective.standard
}

extension SpecDraft {
  /// Reads the keys of a spec, all but `sweep`.
  ///
  /// - Parameter objective: what the sweep says of what runs are judged by.
  static func read(_ root: SpecValue, objective: Objective) -> SpecDraft {
    guard let keys = root.mapping() else { return SpecDraft() }
    var draft = SpecDraft()
    draft.objective = objective
    draft.experiment = keys.required("experiment")?.word()
    draft.about = keys["about"]?.text()
    draft.tags = keys["tags"].map { $0.elements()?.compactMap { $0.word() } } ?? []
    draft.seed = keys["seed"].map { $0.integer(in: 0...Int.max) } ?? 1
    draft.task = keys["task"].map { $0.task() } ?? SemanticTask()
    draft.data = keys.required("data").flatMap(DataSection.read)
    draft.template = keys.required("template").flatMap(TemplateSection.read)
    draft.weights = keys["weights"].flatMap(WeightsSection.read)
    draft.losses = keys.required("losses").flatMap(LossesSection.read)
    draft.solver = keys.required("solver").flatMap(SolverSection.read)
    draft.augmentation =
      keys["augmentation"].map(AugmentationSection.read) ?? AugmentationSection.none
    draft.training = keys.required("training").flatMap {
      TrainingSection.read($0, objective: objective)
    }
    draft.evaluation =
      keys["evaluation"].map { EvaluationSection.read($0, training: draft.training) } ?? .standard
    draft.checkpoints =
      keys["checkpoints"].map {
        CheckpointsSection.read($0, training: draft.training)
      } ?? CheckpointsSection()
    draft.limits = keys["limits"].map(LimitsSection.read) ?? LimitsSection()
    _ = keys.has("sweep")
    _ = keys.has(BaseFiles.key)
    for key in ["on_finish", "on_end"] {
      keys.refuse(
        key,
        remedy: "a spec runs no programs: give 'experiments run' the option "
          + "--\(key.replacing("_", with: "-"))")
    }
    keys.finish()
    return draft
  }

  /// The spec, where every part of it could be read.
  func complete(folder: String) -> ExperimentSpec? {
    guard let experiment, let tags, let seed, let task, let data, let template, let losses,
      let solver,
      let augmentation, let training, let evaluation, let checkpoints, let limits
    else { return nil }
    return ExperimentSpec(
      experiment: experiment, about: about, tags: tags, seed: seed, task: task,
      data: data, template: template, weights: weights, losses: losses, solver: solver,
      augmentation: augmentation,
      training: training, evaluation: evaluation, checkpoints: checkpoints, limits: limits,
      folder: folder)
  }
}

extension SpecValue {
  /// A task by its name.
  fileprivate func task() -> (any SegmentationTask)? {
    name(of: SegmentationTasks.names, kind: "task").flatMap(SegmentationTasks.find)
  }
}
