internal import Datasets
internal import Networks
internal import Tracking

/// `template`: the network architecture. Written as its name, as `{name: …}` with its numbers, or as
/// `{layers: […]}`, layer by layer.
struct TemplateSection: Sendable {
  let choice: ComponentChoice<any Template>
  /// False where layers are written in place of a name.
  private let isNamed: Bool

  var template: any Template { choice.component }

  /// What losses on the logits weigh on the template's auxiliary head; 0 where it has none.
  var auxiliaryWeight: Double {
    guard case .number(let weight) = choice.values.all[AuxiliaryHead.field.declaration.name] else {
      return 0
    }
    return weight
  }

  static func read(_ value: SpecValue) -> TemplateSection? {
    value.decoder.whole {
      guard let keys = settings(value) else { return nil }
      let layersKey = LayeredTemplate.layers.declaration.name
      keys.requireAtMostOne(of: [nameKey, layersKey])
      let (hasName, hasLayers) = (keys.has(nameKey), keys.has(layersKey))
      let isNamed = hasName || !hasLayers
      let named =
        isNamed
        ? keys.required(nameKey)?.component(of: value.decoder.catalog.templates)
        : LayeredTemplate.self
      guard let type = named else { return nil }
      keys.title = "template \(type.name)"
      let choice = keys.component(type, make: type.init(_:))
      keys.finish()
      return choice.map { TemplateSection(choice: $0, isNamed: isNamed) }
    }
  }

  private static let nameKey = "name"

  /// `template: unet` is short for `template: {name: unet}`.
  private static func settings(_ value: SpecValue) -> SpecMapping? {
    guard value.node.scalar != nil else { return value.mapping() }
    let name = YAMLEntry(key: nameKey, keyMark: value.node.mark, value: value.node)
    return SpecMapping(
      path: value.path, title: nil, place: value.node.mark, entries: [name],
      decoder: value.decoder)
  }

  var canonical: CanonicalJSON {
    .object(
      choice.canonical.merging(isNamed ? [Self.nameKey: .text(choice.name)] : [:]) { $1 })
  }
}
