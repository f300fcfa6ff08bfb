internal import Datasets
internal import Groundwork
internal import Tracking

/// `sweep`: what is varied, how points are chosen, and what makes one run better than another.
struct SweepSection: Sendable {
  /// `nil` where it could not be read.
  var sampler: (any Sampler)?
  var objective: Objective
  /// Trials of every point, each with its own seed.
  var seeds: Int
  var space: SearchSpace
  /// What ends trials before their time; `nil` where nothing does.
  var pruner: SweepPruner?

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
  static let none = SweepSection(
    sampler: GridSampler(FieldValues([:], of: [])), objective: .standard, seeds: 1,
    space: SearchSpace())
}

// MARK: - Reading

extension SweepSection {
  /// What could be read: what could not has been reported, and the rest shows what else is wrong.
  ///
  /// - Parameter folder: absolute, where relative paths start.
  static func read(_ value: SpecValue, folder: String) -> SweepSection {
    guard let keys = value.mapping() else { return .none }
    let catalog = Registry.samplers
    let type =
      keys.has("method")
      ? keys["method"]?.component(of: catalog) : catalog.find(GridSampler.name)
    var section = SweepSection.none
    section.objective = keys["objective"].flatMap(Objective.read) ?? Objective.standard
    section.seeds = keys["seeds"]?.integer(in: 1...1000) ?? 1
    let objective = section.objective
    section.pruner = keys["pruner"].flatMap { SweepPruner.read($0, objective: objective) }
    guard let type else { return section }
    if type == CMAESSampler.self, let pruner = section.pruner {
      refuseAcrossGenerations(pruner, value.decoder)
    }
    keys.title = "sweep (method: \(type.name))"
    section.sampler = keys.component(type, make: type.init(_:))?.component
    let reading = SpaceReading(decoder: value.decoder)
    switch type.reads {
    case .points:
      section.space.points =
        keys.required("points").map { reading.points($0, folder: folder) } ?? []
    case .parameters:
      section.space.axes = keys["parameters"].map(reading.axes) ?? []
      section.space.axes += keys["zip"].map(reading.groups) ?? []
      section.space.requirements = keys["require"].map(reading.requirements) ?? []
      let starts = keys["start"]
      if type == GridSampler.self {
        starts?.report(.idleKey, "is for methods that draw points", remedy: "leave it out")
      } else {
        section.space.starts = starts.map(reading.starts) ?? []
      }
      reading.refuseOverlaps(section.space.axes)
      if type == GridSampler.self { reading.refuseEndless(section.space.axes) }
    }
    keys.finish()
    return section
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
