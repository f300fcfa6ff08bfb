internal import Datasets
internal import Groundwork
internal import Tracking

/// `sweep`: what is varied, how points are chosen, and what makes one run better than another.
struct SweepSection: Sendable {
  /// `nil` where it could not be read.
  var sampler: (any Sampler)?
  var settings = SweepSettings.standard
  var space = SearchSpace()

  var objective: Objective { settings.objective }
  /// Trials of every point, each with its own seed.
  var seeds: Int { settings.seeds }
  /// What ends trials before their time; `nil` where nothing does.
  var pruner: SweepPruner? { settings.pruner }

  /// The key that holds what a sampler draws from.
  enum SpaceKey: String, Sendable {
    case parameters
    case points
  }

  /// The number of its points; `nil` for a sampler that could not be read.
  var choice: PointChoice? { sampler?.choice }

  /// Top-level keys that no trial can differ in.
  static let notSweepable = ["experiment", "about", "tags", "limits", "sweep"]

  /// A spec without a sweep: one point, which sets nothing.
  static let none = SweepSection(sampler: GridSampler(FieldValues([:], of: [])))
}

// MARK: - Reading

extension SweepSection {
  /// What could be read: what could not has been reported, and the rest shows what else is wrong.
  static func read(_ value: SpecValue) -> SweepSection {
    guard let keys = value.mapping() else { return .none }
    let catalog = Registry.samplers
    let type =
      keys.has(methodKey)
      ? keys[methodKey]?.component(of: catalog) : catalog.find(GridSampler.name)
    var section = SweepSection.none
    section.settings = SweepSettings.readable(keys)
    guard let type else { return section }
    if type == CMAESSampler.self, let pruner = section.pruner {
      refuseAcrossGenerations(pruner, value.decoder)
    }
    keys.title = "sweep (method: \(type.name))"
    section.sampler = keys.component(type, make: type.init(_:))?.component
    switch type.reads {
    case .points: section.space.points = ListedPoints.readable(keys).points
    case .parameters:
      section.space = SearchedSpace.readable(keys).space
      if type == GridSampler.self { section.settleGrid(keys) }
    }
    keys.finish()
    return section
  }

  /// A grid tries every point, and so begins with none.
  private mutating func settleGrid(_ keys: SpecMapping) {
    keys[SearchedSpace.startKey]?.report(
      .idleKey, "is for methods that draw points", remedy: "leave it out")
    space.starts = []
    SpaceReading(decoder: keys.decoder).refuseEndless(space.axes)
  }

  /// A generation is ranked as a whole, so that its trials cannot be compared with others.
  private static func refuseAcrossGenerations(_ pruner: SweepPruner, _ decoder: SpecDecoder) {
    guard let part = pruner.parts.first(where: \.pruner.comparesAcrossBatches) else { return }
    decoder.report(
      .unfitPruner,
      "\(part.choice.name) compares trials of different generations of cma_es, which ranks each as a whole",
      at: part.place,
      remedy: "use {asha: {among: all}} or hyperband, which compare within a generation")
  }
}

// MARK: - Declaration

extension SweepSection {
  static let key = "sweep"
  private static let methodKey = "method"

  private static let method = SpecSection.Key(
    name: methodKey, type: Registry.samplers.names.joined(separator: " | "),
    presence: .standard(GridSampler.name),
    about: "How the points are chosen; each method has fields of its own.")

  /// The keys that methods share, and those within them.
  static let sections =
    [
      SpecSection(
        key, "Says which settings vary and which run is best.",
        [method] + SearchedSpace.keys.map(SpecSection.Key.init)
          + ListedPoints.keys.map(SpecSection.Key.init)
          + SweepSettings.keys.map(SpecSection.Key.init))
    ] + SweepSettings.keys.flatMap(\.sections).map { $0.below(key) }

  /// The methods with their own fields beside the keys that they share.
  static var schema: JSONSchema {
    let own = SearchedSpace.properties + ListedPoints.properties + SweepSettings.properties
    return .typed(
      by: methodKey, Registry.samplers.components,
      own: own.map { (name: $0.name, schema: $0.schema, presence: .optional) },
      standard: GridSampler.name)
  }
}
