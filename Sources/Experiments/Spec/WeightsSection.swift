internal import Datasets
internal import Groundwork
internal import Learning
internal import Networks

/// `weights`: what a network begins with, and what of it learns in which measure. Written as the path of
/// a file or the name of a run, or as `{from: …}` with what is to be done with it.
struct WeightsSection: Sendable, Hashable {
  /// The file, as written, where relative paths start from the spec's folder; or a checkpoint of a run,
  /// once it has been found in the form of ``RunCheckpoint``.
  var from: String
  /// The absolute path of the file where it does not follow from `from`; `nil` before a run has been
  /// found.
  var location: String?
  /// SHA-256 of the file's bytes, 64 hexadecimal digits; `nil` before the file has been read.
  var sha256: String?
  var rules: WeightMatching.Rules
  /// Parameters that stay as they begin.
  var frozen: [NamePattern]
  /// What the learning rate of parameters is multiplied by.
  var rateMultipliers: [RateMultiplier]
  /// How the images were prepared that the weights come from, where the spec says so.
  var preprocessing: WeightPreprocessing?

  struct RateMultiplier: Sendable, Hashable {
    var pattern: NamePattern
    var factor: Double
  }

  init(from: String) {
    self.from = from
    rules = WeightMatching.Rules()
    (frozen, rateMultipliers) = ([], [])
  }
}

// MARK: - Declaration

extension WeightsSection: DeclaredSection {
  static let standard = WeightsSection(from: "")

  static let about =
    "Names trained weights to begin with, and says how they are used. "
    + "`experiments weights FILE SPEC` shows what of a file fits."
  static let keys: [SpecKey<Self>] = [
    .required(
      "from", \.from, .fileOrRun, decides: .place,
      "A file of weights; or where there is none, the best or last checkpoint of a recorded run."),
    .optional(
      "sha256", \.sha256, .digest,
      "The content that the file must have; it is computed where it is left out."),
    .standard(
      "finetune", \.rules.finetunes, .boolean, "Begins anew what depends on the number of classes."),
    .standard(
      "freeze", \.frozen, .list(of: .pattern).called("list of patterns"), kept: .unlessStandard,
      "The parameters that stay as they begin."),
    .standard(
      "lr_mult", \.rateMultipliers, .rateMultipliers, kept: .unlessStandard,
      "Multiplies the learning rate of the parameters that a pattern names."),
    .standard(
      "map", \.rules.layerNames, .layerNames, kept: .unlessStandard,
      "The file's name of a layer, by the network's."),
    .optional(
      "preprocessing", \.preprocessing, .choice(kind: "preprocessing"), decides: .record,
      "How the images were prepared that the weights were trained on, where the file and the encoder "
        + "do not tell; a warning says where `data.normalize` does otherwise."),
    .standard(
      "input", \.rules.reversesInputs, .inputOrder,
      "Turns the first layer around for images whose channels come in the other order."),
  ]
}

extension Form<WeightsSection> {
  /// A file or a run alone, or a section; always kept as a section.
  static var weights: Form {
    let place = Form<String>.fileOrRun.map({ WeightsSection(from: $0) }, { _ in nil })
    return .either(scalar: place, mapping: WeightsSection.form, main: WeightsSection.form)
      .called("path | RUN | section")
  }
}

extension Form<String> {
  fileprivate static var fileOrRun: Form {
    Form(
      "path | RUN | RUN@best | RUN@last", .scalar,
      read: { $0.filePath(where: WeightsLookup.looksLikePath) }, write: { .text($0) })
  }

  fileprivate static var digest: Form {
    Form<String>.text.called("64 hexadecimal digits").described(by: .text("^[0-9a-f]{64}$"))
      .checked(.wrongNotation) { text in
        let isDigest = text.count == 64 && text.allSatisfy { $0.isHexDigit && !$0.isUppercase }
        return isDigest
          ? nil
          : (
            "is no SHA-256 of a file",
            "leave it out: it is computed, and what `experiments weights` prints"
          )
      }
  }
}

extension Form<Bool> {
  /// Whether the channels of images come in the order that the weights were trained with.
  fileprivate static var inputOrder: Form {
    let (kept, reversed) = ("keep", "rgb_to_bgr")
    return Form<String>.name(of: [kept, reversed], kind: "order").map(
      { $0 == reversed }, { $0 ? reversed : kept })
  }
}

extension Form<[WeightsSection.RateMultiplier]> {
  fileprivate static var rateMultipliers: Form {
    Form<[(name: String, value: Double)]>.byName("PATTERN", .number(Bounds(atLeast: 0))).map(
      { $0.map { .init(pattern: NamePattern($0.name), factor: $0.value) } },
      { $0.map { ($0.pattern.text, $0.factor) } })
  }
}

extension Form<[String: String]> {
  fileprivate static var layerNames: Form {
    Form<[(name: String, value: String)]>.byName("NAME", .text.called("NAME")).map(
      { names in Dictionary(names.map { ($0.name, $0.value) }) { first, _ in first } },
      { names in names.map { ($0.key, $0.value) } })
  }
}

// MARK: - Use

extension WeightsSection {
  /// The run's checkpoint that it names, in the words of a record.
  var checkpoint: RunCheckpoint? { RunCheckpoint(from) }

  /// What tables call the weights.
  var name: String {
    checkpoint?.shortName ?? from.split(separator: "/").last.map(String.init) ?? from
  }

  /// - Parameter folder: the spec's.
  func path(in folder: String) -> String { location ?? Path.absolute(from, in: folder) }

  /// Takes over what was found under its name.
  ///
  /// - Parameter folder: the spec's.
  mutating func settle(on found: FoundWeights, in folder: String) {
    sha256 = found.sha256
    if let run = found.run {
      from = "\(run.checkpoint)"
      location = found.file.path
    } else if checkpoint != nil {
      // A file whose name would be taken for a run's.
      from = Path.absolute(from, in: folder)
    }
  }

  /// The patterns that it writes, and where.
  var patterns: [(NamePattern, SpecPath)] {
    frozen.enumerated().map { ($1, SpecPath(components: ["weights", "freeze", String($0)])) }
      + rateMultipliers.map {
        ($0.pattern, SpecPath(components: ["weights", "lr_mult", $0.pattern.text]))
      }
  }

  /// How its patterns let parameters learn.
  var parameterGroups: [ParameterGroups.Group] {
    frozen.map { ParameterGroups.Group(pattern: $0, rateMultiplier: 0, decayMultiplier: 0) }
      + rateMultipliers.map {
        ParameterGroups.Group(pattern: $0.pattern, rateMultiplier: $0.factor)
      }
  }
}
