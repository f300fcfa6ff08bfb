internal import DataLayouts

extension StarterSpec {
  /// The spec of a data set that was imported.
  init(_ written: WrittenDataSet, name: String, origin: String) {
    func entry(_ part: Part, _ path: String) -> Entry {
      Entry(path: path, about: Units.count(written.counts[part] ?? 0, "labelled image"))
    }
    self.init(
      name: name, origin: origin, train: entry(.train, "train.txt"),
      validation: written.validation.map { entry(.validation, $0) },
      test: written.test.map { entry(.test, $0) }, trainingCount: written.counts[.train] ?? 0,
      classes: Entry(path: WrittenDataSet.classFile, about: "\(written.classes.count) classes"))
    if written.tellsObjects {
      task = Entry(
        yaml: "{instances: {decode: watershed, target: boundary}}", about: "or stardist, or flows")
    }
    func masks(_ yaml: String) -> Entry { Entry(yaml: yaml, about: "what the masks hold") }
    switch written.masks {
    case .ids: self.masks = nil
    case .named(let name): self.masks = masks("values: \(name)")
    case .values(let values):
      let pairs = values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      self.masks = masks("values: {\(pairs.joined(separator: ", "))}")
    case .colors: self.masks = masks("colors: \(WrittenDataSet.colorFile)")
    case .palette(let name): self.masks = masks("colors: \(name)")
    }
    ignore = written.ignore.map(String.init) + written.ignoredColors.map(Self.quoted)
    sizes = written.sizes
    channels =
      written.channels ?? [
        written.channelCounts.keys.allSatisfy { $0 == 1 } && !written.channelCounts.isEmpty ? 1 : 3
      ]
  }
}
