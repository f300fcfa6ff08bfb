internal import Datasets
internal import Networks
internal import Tracking

/// `template`: the network architecture. Written as its name, as `{name: …}` with its numbers, or as
/// `{layers: […]}`, layer by layer.
struct TemplateSection: Sendable {
  let choice: ComponentChoice<any Template>
  /// How the weights of convolutions begin; `nil`: as the template has it. The name of one of
  /// ``WeightInitialization/named``.
  let initialization: String?
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
      let initialization = isNamed ? keys[initializationKey].map(initialization) : nil
      if !isNamed {
        keys.refuse(initializationKey, remedy: "write it in the settings of each layer")
      }
      keys.finish()
      return choice.map {
        TemplateSection(choice: $0, initialization: initialization ?? nil, isNamed: isNamed)
      }
    }
  }

  private static func initialization(_ value: SpecValue) -> String? {
    value.name(of: WeightInitialization.named.map(\.name), kind: "initialization")
  }

  private static let nameKey = "name"
  private static let initializationKey = "initialization"

  /// `template: unet` is short for `template: {name: unet}`.
  private static func settings(_ value: SpecValue) -> SpecMapping? {
    guard value.node.scalar != nil else { return value.mapping() }
    let name = YAMLEntry(key: nameKey, keyMark: value.node.mark, value: value.node)
    return SpecMapping(
      path: value.path, title: nil, place: value.node.mark, entries: [name],
      decoder: value.decoder)
  }

  var canonical: CanonicalJSON {
    var entries = choice.canonical
    if isNamed { entries[Self.nameKey] = .text(choice.name) }
    entries[Self.initializationKey] = initialization.map { .text($0) }
    return .object(entries)
  }
}
