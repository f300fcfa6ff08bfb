internal import Datasets
internal import Networks
internal import Tracking

/// `template`: the network architecture. Written as its name, as `{name: …}` with its numbers, or as
/// `{layers: […]}`, layer by layer.
struct TemplateSection: Sendable {
  let choice: ComponentChoice<any Template>
  fileprivate let settings: TemplateSettings
  /// False where layers are written in place of a name.
  private let isNamed: Bool

  var template: any Template { choice.component }

  /// How the weights of convolutions begin; `nil`: as the template has it. The name of one of
  /// ``WeightInitialization/named``.
  var initialization: String? { settings.initialization }

  /// What losses on the logits weigh on the template's auxiliary head; 0 where it has none.
  var auxiliaryWeight: Double {
    guard case .number(let weight) = choice.values.all[AuxiliaryHead.field.declaration.name] else {
      return 0
    }
    return weight
  }

  static func read(_ value: SpecValue) -> TemplateSection? {
    value.decoder.whole {
      guard let keys = mapping(value) else { return nil }
      let (nameKey, layersKey) = (TemplateSettings.nameKey, TemplateSettings.layersKey)
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
      let settings = isNamed ? TemplateSettings.read(keys) : TemplateSettings.standard
      if !isNamed {
        keys.refuse(
          TemplateSettings.initializationKey, remedy: "write it in the settings of each layer")
      }
      keys.finish()
      guard let choice, let settings else { return nil }
      return TemplateSection(choice: choice, settings: settings, isNamed: isNamed)
    }
  }

  /// `template: unet` is short for `template: {name: unet}`.
  private static func mapping(_ value: SpecValue) -> SpecMapping? {
    guard value.node.scalar != nil else { return value.mapping() }
    let name = YAMLEntry(
      key: TemplateSettings.nameKey, keyMark: value.node.mark, value: value.node)
    return SpecMapping(
      path: value.path, title: nil, place: value.node.mark, entries: [name],
      decoder: value.decoder)
  }

  func written(for purpose: SpecPurpose) -> CanonicalJSON {
    var entries = choice.settings(for: purpose).merging(settings.entries(for: purpose)) { $1 }
    if isNamed { entries[TemplateSettings.nameKey] = .text(choice.name) }
    return .object(entries)
  }

  var canonical: CanonicalJSON { written(for: .record) }
}

/// The keys of `template` that every named template has.
struct TemplateSettings: DeclaredSection {
  var initialization: String?

  static let standard = TemplateSettings()
  static let nameKey = "name"
  static let layersKey = LayeredTemplate.layers.declaration.name
  static let initializationKey = "initialization"

  static let about = "Names the network architecture; its own fields stand beside the name."
  static let keys: [SpecKey<Self>] = [
    .naming(nameKey, "NAME", "One of the templates below. `template: enet` is short for it."),
    .optional(
      initializationKey, \.initialization,
      .name(of: WeightInitialization.named.map(\.name), kind: initializationKey),
      "How the weights of convolutions begin, in place of the template's own way; those that begin as "
        + "interpolation or as zeros stay so."),
    .naming(
      layersKey, "list of layers", schema: .anything, presence: .optional,
      sections: LayerPlace.form.sections.map { $0.below("NAME") },
      "A network of your own, in place of a name: see Layers."),
  ]
}

extension Form<TemplateSection> {
  static var template: Form {
    let (registry, nameKey) = (ComponentCatalog.standard.templates, TemplateSettings.nameKey)
    let settings = TemplateSettings.keys.map { ($0.name, $0.describedSchema, $0.presence) }
    let named = JSONSchema.typed(
      by: nameKey, registry.components, own: settings.filter { $0.0 != TemplateSettings.layersKey })
    let layered = JSONSchema.settings(of: LayeredTemplate.self)
    return Form(
      "NAME, or section", .anyOf([.names(registry.names), named, layered]),
      sections: TemplateSettings.form.sections,
      read: TemplateSection.read, write: { $0.written(for: $1) })
  }
}
