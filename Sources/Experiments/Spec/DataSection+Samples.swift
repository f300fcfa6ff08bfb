internal import Datasets
internal import Groundwork

/// Where the samples of `data` come from, and what is drawn of them.

extension Form<String> {
  /// What else is in `data` is relative to it.
  static var dataRoot: Form {
    Form.path.map(
      { path, value in
        value.decoder.dataRoot = path
        return path
      }, { $0 })
  }
}

// MARK: - Validation

extension Form<DataSection.Validation> {
  /// Lists, the fraction of the training list that is held back, or its folds. Which lists validate shows
  /// in the digests of the data.
  static var validation: Form {
    let folds = Folds.form.map(
      { DataSection.Validation.folds($0.folds, fold: $0.fold) },
      { validation in
        guard case .folds(let folds, let fold) = validation else { return nil }
        return Folds(folds: folds, fold: fold)
      })
    let fraction = Form<Double>.number(Bounds(above: 0)).described(
      by: JSONSchema.types("number").adding([
        "exclusiveMinimum": .integer(0), "exclusiveMaximum": .integer(1),
      ])
    ).map(
      { fraction, value in
        if fraction < 1 { return DataSection.Validation.fraction(fraction) }
        value.report(
          .outOfRange, "must be below 1 where it is a fraction, not \(value.node.description)")
        return nil
      },
      { validation in if case .fraction(let fraction) = validation { fraction } else { nil } })
    let sets = Form<JudgedSets>.judgedSets.inIdentity { _ in nil }.map(
      { DataSection.Validation.list($0) },
      { validation in if case .list(let sets) = validation { sets } else { nil } })
    let forms = [sets, fraction, folds]
    return Form(
      "path | pairs | {NAME: path or pairs, …} | number in (0, 1) | section",
      .anyOf(forms.map(\.schema)), sections: folds.sections,
      read: { value in
        let keys = value.node.entries?.map(\.key) ?? []
        if keys.contains(where: { ["folds", "fold"].contains($0) }) { return folds.read(value) }
        switch value.node.scalar?.value {
        case .integer, .number: return fraction.read(value)
        default: return sets.read(value)
        }
      },
      write: { value, purpose in forms.lazy.compactMap { $0.write(value, purpose) }.first })
  }
}

private struct Folds: DeclaredSection {
  var folds = 2
  var fold: Int?

  static let standard = Folds()
  private static let maximum = 1000

  static let about =
    "Parts the training list into folds, each of which validates in turn."
  static let keys: [SpecKey<Self>] = [
    .required(
      "folds", \.folds, .integer(in: 2...maximum),
      "The number of folds, and of trials for each point."),
    .optional(
      "fold", \.fold, .integer(in: 1...maximum),
      "The one fold to validate on; all of them where it is not written."),
  ]

  mutating func check(_ keys: SpecMapping) {
    guard keys.misread.isEmpty, let fold, fold > folds else { return }
    _ = keys["fold"]?.integer(in: 1...folds)
  }
}

// MARK: - Generated scenes

extension GeneratedScenes: DeclaredSection {
  static let standard = GeneratedScenes(
    train: 1, validation: 1, size: Size(square: 1), classes: 4, seed: 1)

  static let about = "Describes scenes of simple shapes that need no download."
  static let keys: [SpecKey<Self>] = [
    .required("train", \.train, .integer(in: 1...maximum), "The number of training samples."),
    .required(
      "validation", \.validation, .integer(in: 1...maximum), "The number of validation samples."),
    .required("size", \.size, .size, "The size of the scenes in pixels."),
    .standard(
      "classes", \.classes, .integer(in: 3...5),
      "The number of classes, the background included."),
    .standard(
      "seed", \.writtenSeed, .integer(in: 0...Int.max),
      "The seed that the scenes are drawn from."),
  ]

  private static let maximum = 100_000

  private var writtenSeed: Int {
    get { Int(seed) }
    set { seed = UInt64(newValue) }
  }
}

// MARK: - Draws and groups

extension DataConfiguration.Sampling: DeclaredSection {
  static let standard = Self(balancesClasses: false, samplesPerEpoch: nil)

  static let about = "Says how training samples are drawn."
  static let keys: [SpecKey<Self>] = [
    .standard(
      "class_balanced", \.balancesClasses, .boolean,
      "Draws a sample more often the rarer its rarest class is."),
    .optional(
      "samples_per_epoch", \.samplesPerEpoch, .integer(in: 1...100_000_000),
      "The number of samples drawn for one epoch."),
  ]
}

extension Form<DataConfiguration.Groups> {
  /// `volumes`, `folder`, `none`, `{pattern: …}` or a file. What the groups are shows in what validates.
  static var groups: Form {
    let names: [(String, DataConfiguration.Groups)] = [
      ("volumes", .volumes), ("folder", .folder), ("none", .none),
    ]
    let written = Form(
      "volumes | folder | none | path", .scalar,
      read: { value in
        if let named = names.first(where: { $0.0 == value.node.scalar?.text }) { return named.1 }
        return value.filePath().map { .file($0) }
      },
      write: { groups in
        if case .file(let path) = groups { return .text(path) }
        return names.first { $0.1 == groups }.map { .text($0.0) }
      })
    let pattern = GroupPattern.form.map(
      { DataConfiguration.Groups.pattern($0.pattern) },
      { groups in
        if case .pattern(let text) = groups { GroupPattern(pattern: text) } else { nil }
      })
    return Form.either(scalar: written, mapping: pattern).inIdentity { _ in nil }
  }
}

private struct GroupPattern: DeclaredSection {
  var pattern = ""

  static let standard = GroupPattern()

  static let about = "Finds the group of an image in its name."
  static let keys: [SpecKey<Self>] = [
    .required(
      "pattern", \.pattern, .text.called("regular expression"),
      "Its first capture group names the image's group.")
  ]

  mutating func check(_ keys: SpecMapping) {
    guard keys.misread.isEmpty, (try? Regex(pattern)) == nil else { return }
    keys["pattern"]?.report(.wrongNotation, "is '\(pattern)', which is no regular expression")
  }
}
