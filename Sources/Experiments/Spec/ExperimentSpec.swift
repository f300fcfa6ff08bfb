internal import Tasks

/// What one training is to be, completely: every default filled in, every component made.
///
/// A spec file with a sweep stands for one of these for each point of the sweep.
struct ExperimentSpec: Sendable {
  /// Names the folder of its records.
  var experiment: String
  var about: String?
  var tags: [String]
  /// Every random draw follows from it: 0 … 2⁶³ − 1.
  var seed: Int
  /// What is predicted.
  var taskSection: TaskSection
  var task: any SegmentationTask { taskSection.task }
  var data: DataSection
  var template: TemplateSection
  /// What the network begins with; `nil` where that is drawn.
  var weights: WeightsSection?
  var losses: LossesSection
  var solver: SolverSection
  var augmentation: AugmentationSection
  var training: TrainingSection
  var evaluation: EvaluationSection
  var checkpoints: CheckpointsSection
  var limits: LimitsSection
  /// The folder that relative paths of `data` start from: absolute, the spec file's own.
  var folder: String
}
