internal import Datasets
internal import Groundwork
internal import Learning
internal import Networks
internal import Tasks

/// The components that a spec can name, by kind.
struct ComponentCatalog: Sendable {
  var templates: Registry<any Template.Type>
  var losses: Registry<any Loss.Type>
  var solvers: Registry<any Solver.Type>
  var schedules: Registry<any Schedule.Type>
  var augmentations: Registry<any Augmentation.Type>
  var tasks = Registry.tasks
  var metrics = Registry.metrics
  var postprocessings = Registry.postprocessings
  /// What a template is written of that has no name.
  var layers = Registry.layers

  /// Those that the program ships.
  static let standard = ComponentCatalog(
    templates: .templates, losses: .losses, solvers: .solvers, schedules: .schedules,
    augmentations: .augmentations)
}
