internal import Datasets
internal import Groundwork
internal import Learning
internal import Tracking

/// A component as a spec chose it: its name, every setting, and what was made of them.
struct ComponentChoice<Value: Sendable>: Sendable {
  let name: String
  /// What it declares.
  let fields: [FieldDeclaration]
  let values: FieldValues
  let component: Value

  /// Its settings, defaults included but for those of fields that came later.
  var canonical: [String: CanonicalJSON] { values.recorded.mapValues(CanonicalJSON.init) }
}

/// A component's name with the mapping its settings are in.
struct NamedComponent<Member> {
  let type: Member
  let settings: SpecMapping
}

extension SpecValue {
  /// Reads `dice` or `dice: {…}`.
  ///
  /// - Parameter keepsPosition: true for elements of a list that may name a component again and again,
  ///   so that paths need the position before the name.
  func namedComponent<Member>(
    of registry: Registry<Member>, keepsPosition: Bool = false
  ) -> NamedComponent<Member>? {
    if let entries = node.entries {
      guard entries.count == 1, let entry = entries.first else {
        decoder.report(
          "\(path) must name one \(registry.kind), not \(entries.count)", at: node.mark,
          remedy: "write several as a list")
        return nil
      }
      let nameNode = YAMLNode(
        content: .scalar(YAMLScalar(text: entry.key, isPlain: false)), mark: entry.keyMark)
      guard let type = component(named: nameNode, of: registry) else { return nil }
      let settings = SpecValue(
        path: componentPath(entry.key, keepsPosition), node: entry.value, place: entry.keyMark,
        decoder: decoder)
      decoder.note(settings.path, at: entry.keyMark)
      return settings.mapping(title: "\(registry.kind) \(entry.key)").map {
        NamedComponent(type: type, settings: $0)
      }
    }
    guard let name = node.scalar?.text, !node.isNull else {
      decoder.report(
        "\(path) must name a \(registry.kind), not \(node.description)", at: node.mark)
      return nil
    }
    guard let type = component(named: node, of: registry) else { return nil }
    let namePath = componentPath(name, keepsPosition)
    decoder.note(namePath, at: node.mark)
    return NamedComponent(
      type: type,
      settings: SpecMapping(
        path: namePath, title: "\(registry.kind) \(name)", place: node.mark, entries: [],
        decoder: decoder))
  }

  /// Reads a component's name alone.
  func component<Member>(of registry: Registry<Member>) -> Member? {
    component(named: node, of: registry)
  }

  /// One component or a list of them, as ``namedComponent(of:)`` reads each.
  func namedComponents<Member>(of registry: Registry<Member>) -> [NamedComponent<Member>] {
    guard node.elements != nil else { return namedComponent(of: registry).map { [$0] } ?? [] }
    return (elements() ?? []).compactMap { $0.namedComponent(of: registry) }
  }

  private func component<Member>(
    named name: YAMLNode, of registry: Registry<Member>
  ) -> Member? {
    if let written = name.scalar?.text, !name.isNull, let found = registry.find(written) {
      return found
    }
    if registry.kind == Registry.metrics.kind, let written = name.scalar?.text,
      let meant = SeriesCatalog.standard.metricSuggestion(for: written)
    {
      decoder.report(
        "unknown metric '\(written)'", at: name.mark, remedy: "did you mean '\(meant)'?")
      return nil
    }
    let value = SpecValue(path: path, node: name, place: place, decoder: decoder)
    return value.name(of: registry.names, kind: registry.kind).flatMap(registry.find)
  }

  /// `losses.dice` for the element `losses.0` that is named `dice`.
  private func componentPath(_ name: String, _ keepsPosition: Bool) -> SpecPath {
    let isElement = !keepsPosition && path.components.last.flatMap { Int($0) } != nil
    return (isElement ? path.parent ?? path : path).appending(name)
  }
}

extension SpecMapping {
  /// The component with the settings that this mapping holds; keys besides them are the caller's.
  ///
  /// - Parameter make: makes it of its settings.
  func component<Value: Sendable>(
    _ type: any Component.Type, make: (FieldValues) throws(ComponentError) -> Value
  ) -> ComponentChoice<Value>? {
    decoder.whole {
      var written: [String: FieldValue] = [:]
      for field in type.fields {
        let value = field.isRequired ? required(field.name) : self[field.name]
        written[field.name] = value?.fieldValue(of: field)
      }
      // With a required field missing there is nothing to make the component of.
      guard type.fields.allSatisfy({ written[$0.name] != nil || !$0.isRequired }) else {
        return nil
      }
      let values = FieldValues(written, of: type.fields)
      do throws(ComponentError) {
        return ComponentChoice(
          name: type.name, fields: type.fields, values: values, component: try make(values))
      } catch {
        for error in error.all {
          let fieldPath = path.appending(field: error.field)
          decoder.report("\(fieldPath): \(error.message)", at: decoder.places[fieldPath])
        }
        return nil
      }
    }
  }
}

extension SpecValue {
  /// The value of a component's field, within its bounds.
  func fieldValue(of field: FieldDeclaration) -> FieldValue? {
    switch field.type {
    case .number(let bounds): number(in: bounds, unit: field.unit).map { .number($0) }
    case .weight(let bounds): weight(in: bounds, unit: field.unit).map { .number($0) }
    case .integer(let range): integer(in: range, unit: field.unit).map { .integer($0) }
    case .boolean: boolean().map { .boolean($0) }
    case .name(let names): name(of: names, kind: field.name).map { .name($0) }
    case .series: seriesName(kind: field.name).map { .name($0) }
    case .names(let names): self.names(of: names, kind: field.name).map { .names($0) }
    case .range(let bounds): range(in: bounds, unit: field.unit).map { .numbers($0) }
    case .size: size().map { .size($0) }
    case .numbersOrName(let bounds, let names):
      if node.elements != nil {
        decoder.whole { elements()?.compactMap { $0.number(in: bounds, unit: field.unit) } }
          .map { .numbers($0) }
      } else {
        name(of: names, kind: field.name).map { .name($0) }
      }
    case .classNumbers(let bounds, let names):
      if node.entries != nil {
        numbersByName(in: bounds, unit: field.unit).map { .byName($0) }
      } else if node.elements != nil {
        decoder.whole { elements()?.compactMap { $0.number(in: bounds, unit: field.unit) } }
          .map { .numbers($0) }
      } else {
        name(of: names, kind: field.name).map { .name($0) }
      }
    case .interval: iterationsOrEpochs().map { .interval($0) }
    case .intervals: intervals().map { .intervals($0) }
    case .solver: solver().map { .solver($0) }
    case .integerOrName(let range, let names):
      if node.scalar?.value == .text {
        name(of: names, kind: field.name).map { .name($0) }
      } else {
        integer(in: range, unit: field.unit).map { .integer($0) }
      }
    case .extent(let range): extent(in: range).map { .size($0) }
    case .value: text().map { .name($0) }
    case .values: valueNames().map { .names($0) }
    case .layers: layers().map { .layers($0) }
    }
  }

  /// A bare number means iterations.
  func iterationsOrEpochs() -> TrainingInterval? { interval(unit: .iterations(1)) }

  /// A number, or `{weight: NUMBER}`.
  private func weight(in bounds: Bounds, unit: String?) -> Double? {
    guard node.entries != nil else { return number(in: bounds, unit: unit) }
    return decoder.whole {
      guard let keys = mapping() else { return nil }
      let weight = keys.required("weight")?.number(in: bounds, unit: unit)
      keys.finish()
      return weight
    }
  }

  /// In the order of `names`, so that lists that mean the same are the same.
  private func names(of names: [String], kind: String) -> [String]? {
    decoder.whole {
      guard let elements = elements() else { return nil }
      if elements.isEmpty {
        report("must not be empty", remedy: "name at least one, or leave \(kind) out")
      }
      let chosen = elements.compactMap { $0.name(of: names, kind: kind) }
      for (index, name) in chosen.enumerated() where chosen[..<index].contains(name) {
        elements[index].report("names \(name) a second time")
      }
      return names.filter { chosen.contains($0) }
    }
  }

  private func numbersByName(in bounds: Bounds, unit: String?) -> [String: Double]? {
    decoder.whole {
      guard let keys = mapping() else { return nil }
      if keys.entries.isEmpty { report("must not be empty") }
      var numbers: [String: Double] = [:]
      for entry in keys.entries {
        numbers[entry.key] = keys[entry.key]?.number(in: bounds, unit: unit)
      }
      return numbers
    }
  }

  private func range(in bounds: Bounds, unit: String?) -> [Double]? {
    decoder.whole {
      guard let elements = elements() else { return nil }
      guard elements.count == 2 else {
        report("must hold the lowest and the highest number, not \(elements.count)")
        return nil
      }
      let ends = elements.compactMap { $0.number(in: bounds, unit: unit) }
      if ends.count == 2, ends[1] < ends[0] {
        report("begins above its end", remedy: "write the lowest first")
      }
      return ends.count == 2 ? ends : nil
    }
  }

  private func intervals() -> [TrainingInterval]? {
    decoder.whole {
      guard let elements = elements() else { return nil }
      if elements.isEmpty { report("must not be empty") }
      return elements.compactMap { $0.iterationsOrEpochs() }
    }
  }

  /// A solver's name alone, or its settings with the name as `type`.
  private func solver() -> ComponentSettings? {
    decoder.whole {
      if node.scalar != nil {
        guard let type = component(of: decoder.catalog.solvers) else { return nil }
        let settings = SpecMapping(
          path: path, title: "\(path) (type: \(type.name))", place: node.mark, entries: [],
          decoder: decoder)
        return settings.component(type, make: type.init(_:)).map(ComponentSettings.init)
      }
      guard let keys = mapping(),
        let type = keys.required("type")?.component(of: decoder.catalog.solvers)
      else { return nil }
      keys.title = "\(path) (type: \(type.name))"
      let choice = keys.component(type, make: type.init(_:))
      keys.finish()
      return choice.map(ComponentSettings.init)
    }
  }
}

extension ComponentSettings {
  fileprivate init(_ choice: ComponentChoice<any Solver>) {
    self.init(name: choice.name, values: choice.values)
  }
}
