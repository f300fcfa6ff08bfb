internal import Datasets
internal import Networks
internal import Tracking

/// `template`: the network architecture. Written as its name, or as `{name: …}` with its numbers.
struct TemplateSection: Sendable {
  let choice: ComponentChoice<any Template>

  var template: any Template { choice.component }

  static func read(_ value: SpecValue) -> TemplateSection? {
    value.decoder.whole {
      guard let keys = settings(value), let name = keys.required("name"),
        let type = name.component(of: value.decoder.catalog.templates)
      else { return nil }
      keys.title = "template \(type.name)"
      let choice = keys.component(type, make: type.init(_:))
      keys.finish()
      return choice.map { TemplateSection(choice: $0) }
    }
  }

  /// `template: unet` is short for `template: {name: unet}`.
  private static func settings(_ value: SpecValue) -> SpecMapping? {
    guard value.node.scalar != nil else { return value.mapping() }
    let name = YAMLEntry(key: "name", keyMark: value.node.mark, value: value.node)
    return SpecMapping(
      path: value.path, title: nil, place: value.node.mark, entries: [name],
      decoder: value.decoder)
  }

  var canonical: CanonicalJSON {
    .object(choice.canonical.merging(["name": .text(choice.name)]) { $1 })
  }
}
