internal import Datasets
internal import Groundwork
internal import Learning
internal import Tracking

/// `data.values` and `data.colors`: what the pixels of masks say of their class.
enum MaskSetting: Sendable, Hashable {
  case classIDs
  /// A meaning that has a name: `binary`, …
  case preset(Preset)
  case values([Value])
  /// Class 1 from this value on, class 0 below it.
  case threshold(Int)
  /// A table of names and colours that was not read yet.
  case colourFile(String)
  case colours([Colour])
  case pascal

  enum Preset: String, Sendable, Hashable, CaseIterable {
    case binary
    case cityscapesLabelIDs = "cityscapes_label_ids"
    case reduceZeroLabel = "reduce_zero_label"

    var meaning: MaskMeaning {
      switch self {
      case .binary: .binary
      case .cityscapesLabelIDs: .cityscapesLabelIDs
      case .reduceZeroLabel: .reduceZeroLabel
      }
    }
  }

  struct Value: Sendable, Hashable {
    let values: ClosedRange<Int>
    /// The key as the spec writes it.
    let key: String
    let target: Target
  }

  enum Target: Sendable, Hashable {
    case id(Int)
    /// The name of a class.
    case name(String)
    case ignored
  }

  struct Colour: Sendable, Hashable {
    let name: String
    let colour: RGB
  }

  /// Stands for no class, in `data.values` and `data.colors`.
  static let ignored = "ignore"

  /// The key of `data.values` from which value on a pixel is of the second class.
  static let thresholdKey = "threshold"

  var isOfColours: Bool {
    switch self {
    case .colourFile, .colours, .pascal: true
    case .classIDs, .preset, .values, .threshold: false
    }
  }
}

// MARK: - As a form

extension Form<MaskSetting> {
  static var maskValues: Form {
    let presets = MaskSetting.Preset.allCases.map(\.rawValue)
    return Form(
      "{VALUE or FROM-TO: class or ignore} | {threshold: integer} | "
        + presets.joined(separator: " | "),
      .anyOf([.names(presets), .mapping(to: .scalar)]),
      read: { $0.maskValues() }, write: { $0.canonicalValues })
  }

  static var maskColours: Form {
    let colour = Form<RGB>.colour.schema
    return Form(
      "path | pascal | {NAME: [red, green, blue], …}",
      .anyOf([.scalar, .mapping(to: .anyOf([colour, .list(of: colour)]))]),
      read: { $0.maskColours() }, write: { $0.canonicalColours })
  }
}

// MARK: - Reading

extension MaskSetting {
  /// The bounds of the values of masks: integers that every tool writes exactly.
  static let bounds = -(1 << 53)...1 << 53

  /// The greatest number of values in a range: as many as masks of 16 bits hold.
  fileprivate static let maximumValues = 65_536

  /// The values that a key stands for: `7`, `-1` or `7-10`; `nil` where it is no such text.
  fileprivate static func values(_ key: String) -> ClosedRange<Int>? {
    var rest = Substring(key)
    func integer() -> Int? {
      let sign = rest.hasPrefix("-") ? "-" : ""
      let digits = rest.dropFirst(sign.count).prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(sign.count + digits.count)
      return Int(sign + digits).flatMap { bounds.contains($0) ? $0 : nil }
    }
    guard let first = integer() else { return nil }
    if rest.isEmpty { return first...first }
    guard rest.popFirst() == "-", let last = integer(), rest.isEmpty, first <= last,
      last - first < maximumValues
    else { return nil }
    return first...last
  }
}

extension SpecValue {
  /// A preset's name, or which values become which class.
  fileprivate func maskValues() -> MaskSetting? {
    guard node.entries != nil else {
      return name(of: MaskSetting.Preset.allCases.map(\.rawValue), kind: "values")
        .flatMap(MaskSetting.Preset.init).map { .preset($0) }
    }
    guard let keys = mapping() else { return nil }
    if keys.has(MaskSetting.thresholdKey) {
      let least = keys[MaskSetting.thresholdKey]?.integer(in: 1...65_535)
      keys.finish()
      return least.map { .threshold($0) }
    }
    var values: [MaskSetting.Value] = []
    for entry in keys.entries {
      guard let range = MaskSetting.values(entry.key) else {
        decoder.report(
          .wrongNotation, "\(path): '\(entry.key)' is no value of masks", at: entry.keyMark,
          remedy: "write an integer as 255, a range as 7-10, or \(MaskSetting.thresholdKey)")
        continue
      }
      if let other = values.first(where: { $0.values.overlaps(range) }) {
        decoder.report(
          .unfitMasks, "\(path): '\(entry.key)' and '\(other.key)' name the same values",
          at: entry.keyMark)
      }
      if let target = keys[entry.key]?.maskTarget() {
        values.append(.init(values: range, key: entry.key, target: target))
      }
    }
    return .values(values.sorted { $0.values.lowerBound < $1.values.lowerBound })
  }

  private func maskTarget() -> MaskSetting.Target? {
    if case .integer = node.scalar?.value {
      return integer(in: 0...Labels.maximumClasses - 1).map { .id($0) }
    }
    guard let name = text() else { return nil }
    return name == MaskSetting.ignored ? .ignored : .name(name)
  }

  /// A table's file, the preset, or the colours of each name.
  fileprivate func maskColours() -> MaskSetting? {
    guard let keys = node.entries == nil ? nil : mapping() else {
      guard let path = filePath() else { return nil }
      return path == "pascal" ? .pascal : .colourFile(path)
    }
    var colours: [MaskSetting.Colour] = []
    var names: [RGB: String] = [:]
    for entry in keys.entries {
      for colour in keys[entry.key]?.coloursOfName() ?? [] {
        if let other = names.updateValue(entry.key, forKey: colour) {
          decoder.report(
            .unfitMasks, "\(path): colour \(colour) is both '\(other)' and '\(entry.key)'",
            at: entry.keyMark)
        }
        colours.append(.init(name: entry.key, colour: colour))
      }
    }
    return .colours(colours)
  }

  /// `[r, g, b]`, or a list of them.
  private func coloursOfName() -> [RGB] {
    let form = Form<RGB>.colour
    guard let elements = node.elements, elements.first?.elements != nil else {
      return form.read(self).map { [$0] } ?? []
    }
    return (self.elements() ?? []).compactMap(form.read)
  }
}

// MARK: - Writing

extension MaskSetting {
  /// `nil` where colours say what pixels are, or nothing does.
  fileprivate var canonicalValues: CanonicalJSON? {
    switch self {
    case .classIDs, .colourFile, .colours, .pascal: nil
    case .preset(let preset): .text(preset.rawValue)
    case .values(let values):
      .object(
        Dictionary(
          values.map { ($0.canonicalKey, $0.target.canonical) }, uniquingKeysWith: { $1 }))
    case .threshold(let least): .object([Self.thresholdKey: .integer(least)])
    }
  }

  /// `nil` where values say what pixels are, or nothing does; a table's file must have been read.
  fileprivate var canonicalColours: CanonicalJSON? {
    switch self {
    case .classIDs, .preset, .values, .threshold: nil
    case .colourFile(let path): .text(path)
    case .pascal: .text("pascal")
    case .colours(let colours):
      .object(
        Dictionary(grouping: colours, by: \.name).mapValues { colours in
          .list(
            colours.map(\.colour).sorted().compactMap { Form<RGB>.colour.write($0, .record) })
        })
    }
  }
}

extension MaskSetting.Value {
  fileprivate var canonicalKey: String {
    values.count == 1
      ? "\(values.lowerBound)" : "\(values.lowerBound)-\(values.upperBound)"
  }
}

extension MaskSetting.Target {
  fileprivate var canonical: CanonicalJSON {
    switch self {
    case .id(let id): .integer(id)
    case .name(let name): .text(name)
    case .ignored: .text(MaskSetting.ignored)
    }
  }
}
