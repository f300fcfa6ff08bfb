internal import Groundwork
internal import Networks

/// What stands beside a layer's own fields.
struct LayerPlace: DeclaredSection {
  /// What its output is called.
  var name: String?
  /// The name of the value that it reads in place of the previous layer's output.
  var source: String?

  static let standard = LayerPlace()
  static let nameKey = "as"

  static let about =
    "Holds the settings of one layer; its own fields stand beside these keys. A layer without settings "
    + "is its name alone, and one setting may be written in place of all: `dropout: 0.1`."
  static let keys: [SpecKey<Self>] = [
    .optional(
      nameKey, \.name, .newValue,
      "Names the output, so that later layers can read it, and the layer's parameters."),
    .optional(
      "from", \.source, .earlierValue,
      "Reads this value in place of the previous layer's output; `input` is the image."),
  ]
}

extension Form<String> {
  /// The name of a value that no layer before gives.
  fileprivate static var newValue: Form {
    Form<String>.word.map(
      { name, place in place.decoder.values?.take(name, place) == true ? name : nil }, { $0 })
  }

  /// The name of a value that a layer before gives.
  static var earlierValue: Form {
    Form(
      "name of a value", .types("string"),
      read: { value in value.decoder.values.map { $0.known(value) } ?? value.text() },
      write: { .text($0) })
  }
}

extension Form<[String]> {
  /// One such name or a list of them.
  static var earlierValues: Form {
    let name = Form<String>.earlierValue
    let one = name.map({ [$0] }, { (_: [String]) in nil })
    let several = list(of: name).checked(.emptyCollection) {
      $0.isEmpty ? ("must name at least one value", nil) : nil
    }
    return either(scalar: one, list: several).called("name of a value | list of them")
  }
}

extension Form<[LayerSettings]> {
  /// The layers of a template: a list of names or `name: {…}`, with `as` and `from` beside a layer's
  /// own fields.
  static var layers: Form {
    let kind = ComponentCatalog.standard.layers.kind
    return Form(
      "list of layers", .list(of: .definition(kind), count: 1...Int.max),
      read: { value in
        value.decoder.whole {
          guard let elements = value.elements() else { return nil }
          if elements.isEmpty { value.report(.emptyCollection, "must hold at least one layer") }
          value.decoder.values = NamedValues(elements)
          defer { value.decoder.values = nil }
          return elements.compactMap { $0.layer() }
        }
      }, write: { .list($0.map { CanonicalJSON($0) }) })
  }
}

extension SpecValue {
  fileprivate func layer() -> LayerSettings? {
    guard
      let layer = spelledLayer.namedComponent(of: decoder.catalog.layers, keepsPosition: true)
    else { return nil }
    let place = LayerPlace.read(layer.settings)
    let choice = layer.settings.component(layer.type, make: layer.type.init(_:))
    layer.settings.finish()
    // A name of a layer that is wrong is a name all the same, so that nobody else is told of it.
    if let name = place?.name { decoder.values?.add(name) }
    return choice.map {
      LayerSettings(
        ComponentSettings(name: $0.name, values: $0.values), name: place?.name,
        source: place?.source)
    }
  }

  /// The layer with the mapping that a single setting is short for: `dropout: {rate: 0.1}` for
  /// `dropout: 0.1`.
  private var spelledLayer: SpecValue {
    guard let entries = node.entries, entries.count == 1, let entry = entries.first,
      entry.value.entries == nil, !entry.value.isNull,
      let field = decoder.catalog.layers.find(entry.key)?.mainField
    else { return self }
    let mark = entry.value.mark
    let setting = YAMLEntry(key: field, keyMark: mark, value: entry.value)
    let settings = YAMLNode(content: .mapping([setting]), mark: mark)
    let spelled = YAMLEntry(key: entry.key, keyMark: entry.keyMark, value: settings)
    return SpecValue(
      path: path, node: YAMLNode(content: .mapping([spelled]), mark: node.mark), place: place,
      decoder: decoder)
  }
}

/// The names of values that layers have given while they are read one after the other.
struct NamedValues {
  private var names = [LayerChain.input]
  /// Every name that a layer gives, with the number of the layer from 1.
  private let givers: [String: Int]

  init(_ elements: [SpecValue]) {
    let given = elements.enumerated().compactMap { index, element in
      element.node.entries?.first?.value[LayerPlace.nameKey]?.scalar.map { ($0.text, index + 1) }
    }
    givers = Dictionary(given) { first, _ in first }
  }

  mutating func add(_ name: String) { names.append(name) }

  /// Tells whether a layer may give a value that name; why not is reported.
  func take(_ name: String, _ place: SpecValue) -> Bool {
    if name == LayerChain.input {
      place.report(
        .repeatedName, "cannot be '\(name)', which is the image", remedy: "use another name")
    } else if names.contains(name) {
      place.report(.repeatedName, "names '\(name)' a second time", remedy: "use another name")
    } else {
      return true
    }
    return false
  }

  /// The name of an earlier value.
  func known(_ value: SpecValue) -> String? {
    guard let name = value.node.scalar?.text, let giver = givers[name], !names.contains(name) else {
      return value.name(of: names, kind: "value")
    }
    value.decoder.report(
      .unknownName, "value '\(name)' is not there yet: layer \(giver) gives it",
      at: value.node.mark,
      remedy: "a layer reads what stands before it")
    return nil
  }
}

extension CanonicalJSON {
  init(_ layer: LayerSettings) {
    let place = LayerPlace(name: layer.name, source: layer.source).entries(for: .record)
    let fields = layer.layer.values.recorded.mapValues { CanonicalJSON($0) }
    self = .object([layer.layer.name: .object(fields.merging(place) { $1 })])
  }
}
