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

  /// The key that holds what a sampler draws from.
  enum SpaceKey: String, Sendable {
    case parameters
    case points
  }

  /// Top-level keys that no trial can differ in.
  private static let notSweepable = ["experiment", "about", "tags", "limits", "sweep"]

  /// A spec without a sweep: one point, which sets nothing.
  static let none = SweepSection(
    sampler: GridSampler(FieldValues([:], of: [])), objective: .standard, seeds: 1,
    space: SearchSpace())
}

// MARK: - Reading

extension SweepSection {
  /// What could be read: what could not has been reported, and the rest shows what else is wrong.
  static func read(_ value: SpecValue) -> SweepSection {
    guard let keys = value.mapping() else { return .none }
    let catalog = Registry.samplers
    let type =
      keys.has("method")
      ? keys["method"]?.component(of: catalog) : catalog.find(GridSampler.name)
    var section = SweepSection.none
    section.objective = keys["objective"].flatMap(Objective.read) ?? Objective.standard
    section.seeds = keys["seeds"]?.integer(in: 1...1000) ?? 1
    guard let type else { return section }
    keys.title = "sweep (method: \(type.name))"
    section.sampler = keys.component(type, make: type.init(_:))?.component
    switch type.reads {
    case .parameters: section.space.axes = keys["parameters"].map(readAxes) ?? []
    case .points: section.space.points = keys.required("points").map(readPoints) ?? []
    }
    keys.finish()
    return section
  }

  private static func readAxes(_ value: SpecValue) -> [SearchSpace.Axis] {
    guard let entries = value.mapping()?.entries else { return [] }
    return entries.compactMap { entry in
      guard let path = readPath(entry, value.decoder) else { return nil }
      guard let values = entry.value.elements else {
        value.decoder.report(
          "\(path) must list its values, not be \(entry.value.description)",
          at: entry.value.isNull ? entry.keyMark : entry.value.mark,
          remedy: entry.value.scalar.flatMap { $0.text.isEmpty ? nil : "write [\($0.text)]" })
        return nil
      }
      if values.isEmpty {
        value.decoder.report("\(path) has no values, which leaves no trials", at: entry.value.mark)
        return nil
      }
      return SearchSpace.Axis(path: path, place: entry.keyMark, values: values)
    }
  }

  private static func readPoints(_ value: SpecValue) -> [[SpecAssignment]] {
    guard let elements = value.elements() else { return [] }
    if elements.isEmpty { value.report("has no points, which leaves no trials") }
    return elements.compactMap { element in
      element.mapping()?.entries.compactMap { entry in
        readPath(entry, value.decoder).map {
          SpecAssignment(path: $0, place: entry.keyMark, value: entry.value)
        }
      }
    }
  }

  private static func readPath(_ entry: YAMLEntry, _ decoder: SpecDecoder) -> SpecPath? {
    guard let path = SpecPath(entry.key), let first = path.components.first else {
      decoder.report(
        "'\(entry.key)' is no path", at: entry.keyMark,
        remedy: "write keys with a '.' between them")
      return nil
    }
    if notSweepable.contains(first) {
      decoder.report(
        "\(path) cannot be swept: it does not change a trial", at: entry.keyMark,
        remedy: "leave it out")
      return nil
    }
    return path
  }
}
