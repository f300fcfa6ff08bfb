internal import Datasets
internal import Groundwork
import Tracking

/// A kind of component with the list of those that the program ships.
struct ComponentKind: Sendable {
  let name: String
  let components: [any Component.Type]

  init<Member>(_ registry: Registry<Member>) {
    (name, components) = (registry.kind, registry.components)
  }

  static let all: [ComponentKind] = {
    let catalog = ComponentCatalog.standard
    return [
      ComponentKind(catalog.tasks), ComponentKind(catalog.templates), ComponentKind(catalog.layers),
      ComponentKind(catalog.losses),
      ComponentKind(catalog.solvers), ComponentKind(catalog.schedules),
      ComponentKind(catalog.augmentations), ComponentKind(catalog.metrics),
      ComponentKind(catalog.postprocessings), ComponentKind(.samplers), ComponentKind(.pruners),
    ]
  }()

  /// What is so of all of the kind.
  var definition: String? {
    name == Registry.schedules.kind
      ? "Beside a schedule, warmup multiplies its rates by a factor that rises to 1: the schedule "
        + "counts from the first step on and loses no time to it."
      : nil
  }

  /// - Parameter name: singular or plural.
  static func find(_ name: String) throws -> ComponentKind {
    if let kind = all.first(where: { [$0.name, $0.name + "s", $0.name + "es"].contains(name) }) {
      return kind
    }
    let nearest = NearestName.of(name, among: all.map(\.name))
    throw Failure(
      .usage,
      "error: there is no kind of component '\(name)'"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        + "\nkinds: \(all.map(\.name).joined(separator: ", "))")
  }

  func find(_ component: String) throws -> any Component.Type {
    if let found = components.first(where: {
      $0.name == component || $0.otherNames.contains(component)
    }) {
      return found
    }
    let names = components.map { $0.name }
    let nearest = NearestName.of(component, among: names)
    throw Failure(
      .usage,
      "error: there is no \(name) '\(component)'"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        + "\nknown: \(names.joined(separator: ", "))")
  }
}

/// A component for people and for machines.
struct ComponentDescription: Encodable {
  let kind: String
  let name: String
  let otherNames: [String]
  let about: String
  /// `nil` where nothing about it is out of the ordinary.
  let definition: String?
  let fields: [FieldDescription]
  let example: String

  struct FieldDescription: Encodable {
    let name: String
    /// "number at least 0", "one of none, median_frequency".
    let type: String
    /// `nil` where there is none.
    let fallback: String?
    let isRequired: Bool
    let unit: String?
    let about: String
  }

  init(_ component: any Component.Type, of kind: ComponentKind) {
    self.kind = kind.name
    name = component.name
    otherNames = component.otherNames
    about = component.about
    definition =
      [component.definition, kind.definition ?? ""].filter { !$0.isEmpty }
      .joined(separator: " ").nonEmpty
    fields = component.fields.map {
      FieldDescription(
        name: $0.name, type: $0.form.words, fallback: $0.fallback?.words,
        isRequired: $0.isRequired, unit: $0.unit,
        about: $0.about + ($0.otherName.map { " Also written \($0)." } ?? ""))
    }
    example = component.example
  }

  /// All components of the kinds, or those given of the first kind.
  static func list(
    _ components: [any Component.Type]?, of kinds: [ComponentKind]
  ) -> [ComponentDescription] {
    kinds.flatMap { kind in
      (components ?? kind.components).map { ComponentDescription($0, of: kind) }
    }
  }

  /// Everything about the component.
  func text(style: Style) -> String {
    var list = FactList()
    for field in fields {
      let unit = field.unit.map { " \($0)" } ?? ""
      let fallback =
        field.fallback.map { "default \($0)" } ?? (field.isRequired ? "required" : "optional")
      list.add(field.name, "\(field.type)\(unit); \(fallback)\n\(field.about)")
    }
    let indentedExample = example.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  " + $0 }.joined(separator: "\n")
    let lines = TextWidth.wrapped("\(name): \(about)", to: Screen.outputWidth ?? .max)
    let title = style.bold(name) + lines.joined(separator: "\n").dropFirst(name.count)
    return [
      ([title] + (definition.map { [$0] } ?? [])
        + (otherNames.isEmpty ? [] : ["also written \(otherNames.joined(separator: ", "))"]))
        .joined(separator: "\n"),
      fields.isEmpty ? "no fields" : list.text(style: style),
      "example:\n\(indentedExample)",
    ].joined(separator: "\n\n")
  }

  /// A line for each component.
  static func overview(of kinds: [ComponentKind], style: Style) -> String {
    kinds.map { kind in
      var facts = FactList()
      for component in kind.components { facts.add(component.name, component.about) }
      return style.bold(kind.name) + "\n" + facts.text(style: Style(isOn: false))
    }.joined(separator: "\n\n")
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

extension FieldValue {
  /// As a spec writes it.
  fileprivate var words: String {
    switch self {
    case .number(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .boolean(let value): "\(value)"
    case .name(let name): name
    case .names(let names): "[\(names.joined(separator: ", "))]"
    case .size(let size): "[\(size.height), \(size.width)]"
    case .numbers(let values): "[\(values.map { "\($0)" }.joined(separator: ", "))]"
    case .byName(let values):
      "{\(values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    case .interval(let interval): interval.text
    case .intervals(let intervals): "[\(intervals.map(\.text).joined(separator: ", "))]"
    case .solver(let settings): settings.name
    case .layers(let layers): "[\(layers.map(\.layer.name).joined(separator: ", "))]"
    }
  }
}
