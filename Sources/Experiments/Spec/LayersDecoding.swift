internal import Groundwork
internal import Networks

extension SpecValue {
  /// The layers of a template: a list of names or `name: {…}`, with `as` and `from` beside a layer's
  /// own fields.
  func layers() -> [LayerSettings]? {
    decoder.whole {
      guard let elements = elements() else { return nil }
      if elements.isEmpty { report("must hold at least one layer") }
      var reading = LayersReading(elements)
      return elements.compactMap { reading.read($0) }
    }
  }

  /// One name or a list of them.
  func valueNames() -> [String]? {
    decoder.whole {
      let elements = nameElements
      if elements.isEmpty { report("must name at least one value") }
      return elements.compactMap { $0.text() }
    }
  }

  /// Each name of a name or a list of them.
  fileprivate var nameElements: [SpecValue] { node.elements == nil ? [self] : elements() ?? [] }

  /// One number for height and width, or `[height, width]`.
  func extent(in range: ClosedRange<Int>) -> Size? {
    guard node.elements != nil else { return integer(in: range).map { Size(square: $0) } }
    guard let sides = elements(), sides.count == 2 else {
      report("must be a number or [height, width]")
      return nil
    }
    let values = sides.compactMap { $0.integer(in: range) }
    return values.count == 2 ? Size(height: values[0], width: values[1]) : nil
  }

  /// The layer with the mapping that a single setting is short for: `dropout: {rate: 0.1}` for
  /// `dropout: 0.1`.
  fileprivate var spelledLayer: SpecValue {
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

/// Reads layers one after the other, and knows which values have names so far.
private struct LayersReading {
  private var names = [LayerChain.input]
  /// Every name that a layer gives, with the number of the layer from 1.
  private let givers: [String: Int]

  private static let nameKey = "as"
  private static let sourceKey = "from"

  init(_ elements: [SpecValue]) {
    let given = elements.enumerated().compactMap { index, element in
      element.node.entries?.first?.value[Self.nameKey]?.scalar.map { ($0.text, index + 1) }
    }
    givers = Dictionary(given) { first, _ in first }
  }

  mutating func read(_ element: SpecValue) -> LayerSettings? {
    let registry = element.decoder.catalog.layers
    guard let layer = element.spelledLayer.namedComponent(of: registry, keepsPosition: true)
    else { return nil }
    let keys = layer.settings
    let name = keys[Self.nameKey].flatMap(newName)
    let source = keys[Self.sourceKey].flatMap(knownName)
    let choice = keys.component(layer.type, make: layer.type.init(_:))
    for field in layer.type.fields where field.type == .value || field.type == .values {
      for written in keys[field.name]?.nameElements ?? [] { _ = knownName(written) }
    }
    keys.finish()
    // A name of a layer that is wrong is a name all the same, so that nobody else is told of it.
    if let name { names.append(name) }
    return choice.map {
      LayerSettings(
        ComponentSettings(name: $0.name, values: $0.values), name: name, source: source)
    }
  }

  private func newName(_ value: SpecValue) -> String? {
    guard let name = value.word() else { return nil }
    if name == LayerChain.input {
      value.report("cannot be '\(name)', which is the image", remedy: "use another name")
    } else if names.contains(name) {
      value.report("names '\(name)' a second time", remedy: "use another name")
    } else {
      return name
    }
    return nil
  }

  /// The name of an earlier value.
  private func knownName(_ value: SpecValue) -> String? {
    guard let name = value.node.scalar?.text, let giver = givers[name], !names.contains(name) else {
      return value.name(of: names, kind: "value")
    }
    value.decoder.report(
      "value '\(name)' is not there yet: layer \(giver) gives it", at: value.node.mark,
      remedy: "a layer reads what stands before it")
    return nil
  }
}

extension CanonicalJSON {
  init(_ layer: LayerSettings) {
    var entries = layer.layer.values.recorded.mapValues { CanonicalJSON($0) }
    if let name = layer.name { entries["as"] = .text(name) }
    if let source = layer.source { entries["from"] = .text(source) }
    self = .object([layer.layer.name: .object(entries)])
  }
}
