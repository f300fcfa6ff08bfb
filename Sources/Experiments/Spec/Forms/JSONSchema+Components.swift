internal import Groundwork
internal import Networks

extension JSONSchema {
  /// What may stand anywhere.
  static let anything = JSONSchema([:])

  /// A mapping of a component's fields.
  ///
  /// - Parameter beside: keys that stand beside them.
  static func settings(
    of component: any Component.Type, beside: [(name: String, schema: JSONSchema)] = []
  ) -> JSONSchema {
    .object(
      beside + component.fields.map { ($0.name, $0.describedSchema) } + component.otherFieldNames,
      presences: component.fields.filter(\.isRequired).map { ($0.name, .required) })
  }

  /// Components by their names: `{dice: {…}}`.
  ///
  /// - Parameters:
  ///   - inside: keys that stand beside a component's own fields.
  ///   - beside: keys that stand beside its name.
  static func named(
    _ components: [any Component.Type], inside: [(name: String, schema: JSONSchema)] = [],
    beside: [(name: String, schema: JSONSchema)] = []
  ) -> JSONSchema {
    let properties = components.flatMap { component in
      let settings = JSONSchema.settings(of: component, beside: inside)
      let schema = settings.adding(["description": .text(component.about)])
      return component.allNames.map { (name: $0, schema: schema) }
    }
    return .object(beside + properties).adding([
      "minProperties": .integer(1), "maxProperties": .integer(1 + beside.count),
    ])
  }

  /// The names of the components that need no settings.
  static func names(aloneIn components: [any Component.Type]) -> JSONSchema {
    .names(components.filter { !$0.fields.contains(where: \.isRequired) }.flatMap { $0.allNames })
  }

  /// A component with its name in a key of its own: `{type: SGD, …}`.
  ///
  /// - Parameters:
  ///   - key: the key that names it.
  ///   - own: the keys that every component of the kind has.
  ///   - groups: which of these go together.
  ///   - standard: the component that is meant where none is named.
  static func typed(
    by key: String, _ components: [any Component.Type],
    own: [(name: String, schema: JSONSchema, presence: SpecSection.Presence)] = [],
    groups: [KeyGroup] = [], standard: String? = nil
  ) -> JSONSchema {
    let names = components.flatMap { $0.allNames }
    let properties = own.filter { $0.name != key }.map { (name: $0.name, schema: $0.schema) }
    let named = (name: key, schema: JSONSchema.names(names))
    let conditions = components.map { component in
      JSONSchema { extent in
        let isNamed = CanonicalJSON.object([
          "properties": .object([key: JSONSchema.names(component.allNames).json(extent)]),
          "required": .list(component.name == standard ? [] : [.text(key)]),
        ])
        let others = (properties + [named]).map { (name: $0.name, schema: anything) }
        return [
          "if": isNamed, "then": JSONSchema.settings(of: component, beside: others).json(extent),
        ]
      }
    }
    let presences = own.map { (name: $0.name, presence: $0.presence) }
    // Where nothing says which component is meant, the fields of any may stand.
    let known =
      (properties + [named]).map(\.name)
      + components.flatMap {
        $0.fields.map(\.name) + $0.otherFieldNames.map(\.name)
      }
    return JSONSchema.object(
      properties + [named], presences: presences, groups: groups, conditions: conditions,
      isOpen: true
    ).adding(["propertyNames": JSONSchema.names(Set(known).sorted()).json(.whole)])
  }

  /// The solver of a solver, which has no rates of its own.
  static let innerSolver = "inner_solver"
}

extension Component {
  fileprivate static var allNames: [String] { [name] + otherNames }

  /// What its fields may also be written as, each once.
  fileprivate static var otherFieldNames: [(name: String, schema: JSONSchema)] {
    var names: Set<String> = []
    return fields.compactMap { field in
      guard let name = field.otherName, names.insert(name).inserted else { return nil }
      return (name, field.describedSchema)
    }
  }
}

extension FieldDeclaration {
  fileprivate var describedSchema: JSONSchema {
    var keywords = ["description": CanonicalJSON.text(about)]
    keywords["default"] = fallback.map { CanonicalJSON($0) }
    return form.schema.adding(keywords)
  }
}

extension DeclaredSection {
  /// The keys with what editors are told of them.
  static var properties: [(name: String, schema: JSONSchema)] {
    keys.map { ($0.name, $0.describedSchema) }
  }
}

// MARK: - What is defined once

extension JSONSchema {
  /// What several places of a spec refer to, by its name.
  static var definitions: [(name: String, schema: JSONSchema)] {
    let catalog = ComponentCatalog.standard
    func byName(
      _ kind: String, _ components: [any Component.Type],
      inside: [(name: String, schema: JSONSchema)] = []
    ) -> (name: String, schema: JSONSchema) {
      (kind, .anyOf([.names(aloneIn: components), .named(components, inside: inside)]))
    }
    func byName<Member>(
      _ registry: Registry<Member>, inside: [(name: String, schema: JSONSchema)] = []
    ) -> (name: String, schema: JSONSchema) {
      byName(registry.kind, registry.components, inside: inside)
    }
    let solvers = catalog.solvers.components
    return [
      byName(catalog.losses, inside: LossPlace.properties), (lossWeight, weightOfLoss),
      byName(catalog.augmentations),
      byName(catalog.metrics), byName(catalog.postprocessings),
      (catalog.layers.kind, layer(catalog.layers.members)),
      (
        innerSolver,
        .anyOf([.names(aloneIn: solvers), .typed(by: SolverSettings.typeKey, solvers)])
      ),
    ]
  }

  /// A layer by its name, or with its settings or the one that stands for all.
  private static func layer(_ layers: [any Layer.Type]) -> JSONSchema {
    let properties = layers.flatMap { layer in
      let settings = JSONSchema.settings(of: layer, beside: LayerPlace.properties)
      let main = layer.fields.first { $0.name == layer.mainField }?.form.schema
      let schema = JSONSchema.anyOf([settings] + (main.map { [$0] } ?? []))
        .adding(["description": .text(layer.about)])
      return layer.allNames.map { (name: $0, schema: schema) }
    }
    return .anyOf([
      .names(aloneIn: layers.map { $0 }),
      JSONSchema.object(properties).adding([
        "minProperties": .integer(1), "maxProperties": .integer(1),
      ]),
    ])
  }
}
