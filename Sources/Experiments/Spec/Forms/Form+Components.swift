internal import Datasets
internal import Groundwork

extension Form {
  /// One component of a kind or a list of them, each by its name alone or with its settings.
  ///
  /// - Parameters:
  ///   - kind: the list of those that a spec can name.
  ///   - write: an element of the list.
  static func components<Member, Element>(
    _ kind: KeyPath<ComponentCatalog, Registry<Member>>,
    read: @escaping @Sendable (SpecValue) -> [Element]?,
    write: @escaping @Sendable (Element, SpecPurpose) -> CanonicalJSON
  ) -> Form where Value == [Element] {
    let kind = ComponentCatalog.standard[keyPath: kind].kind
    let schema = JSONSchema.definition(kind)
    return Form(
      "list of \(kind)s", .anyOf([schema, .list(of: schema)]), read: read,
      write: { elements, purpose in .list(elements.map { write($0, purpose) }) })
  }
}

extension ComponentChoice {
  /// Its settings; where records are compared those too that records leave out.
  func settings(for purpose: SpecPurpose) -> [String: CanonicalJSON] {
    guard purpose == .comparison else { return canonical }
    let nothing = fields.map { ($0.name, CanonicalJSON.nothing) }
    return values.all.mapValues(CanonicalJSON.init).merging(nothing) { own, _ in own }
  }

  /// `{NAME: {settings}}`.
  func named(for purpose: SpecPurpose) -> CanonicalJSON {
    .object([name: .object(settings(for: purpose))])
  }
}
