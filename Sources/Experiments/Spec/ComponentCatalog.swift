internal import Groundwork

/// The components that a spec can name, by kind.
struct ComponentCatalog: Sendable {
  var templates: Registry
  var losses: Registry
  var solvers: Registry
  var schedules: Registry
  var augmentations: Registry
  var samplers: Registry
  var metrics = Registry.metrics

  /// Those that the program ships.
  static let standard = ComponentCatalog(
    templates: .templates, losses: .losses, solvers: .solvers, schedules: .schedules,
    augmentations: .augmentations, samplers: .samplers)
}
