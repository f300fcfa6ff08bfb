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
          .wrongType, "\(path) must name one \(registry.kind), not \(entries.count)", at: node.mark,
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
        .wrongType, "\(path) must name a \(registry.kind), not \(node.description)", at: node.mark)
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
        .unknownName, "unknown metric '\(written)'", at: name.mark,
        remedy: "did you mean '\(meant)'?")
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
        requireAtMostOne(of: [field.name] + (field.otherName.map { [$0] } ?? []))
        let other = field.otherName.flatMap { self[$0] }
        let value = other ?? (field.isRequired ? required(field.name) : self[field.name])
        written[field.name] = value.flatMap(field.form.read)
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
          decoder.report(
            .refusedValue, "\(fieldPath): \(error.message)", at: decoder.places[fieldPath])
        }
        return nil
      }
    }
  }
}
