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

  /// Whether the channels of images come in the order that the weights were trained with.
  private static let inputs = (keep: "keep", reversed: "rgb_to_bgr")
  static let digestKey = "sha256"

  static func read(_ value: SpecValue) -> WeightsSection? {
    guard value.node.scalar == nil else {
      return value.filePath(where: WeightsLookup.looksLikePath).map {
        WeightsSection(from: $0, rules: WeightMatching.Rules(), frozen: [], rateMultipliers: [])
      }
    }
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let from = keys.required("from")?.filePath(where: WeightsLookup.looksLikePath)
      let digest = keys[digestKey].map(digest)
      let finetunes = keys["finetune"].map { $0.boolean() } ?? false
      let input =
        keys["input"].map { $0.name(of: [inputs.keep, inputs.reversed], kind: "order") }
        ?? inputs.keep
      let preprocessing = keys["preprocessing"].map {
        $0.name(of: WeightPreprocessing.allCases.map(\.rawValue), kind: "preprocessing")
          .flatMap(WeightPreprocessing.init)
      }
      let frozen = keys["freeze"]?.elements()?.compactMap { $0.text() } ?? []
      let multipliers = keys["lr_mult"].flatMap(rateMultipliers) ?? []
      let names = keys["map"].flatMap(layerNames) ?? [:]
      keys.finish()
      guard let from, let finetunes, let input, digest.map({ $0 != nil }) ?? true else {
        return nil
      }
      return WeightsSection(
        from: from, sha256: digest ?? nil,
        rules: WeightMatching.Rules(
          finetunes: finetunes, reversesInputs: input == inputs.reversed, layerNames: names),
        frozen: frozen.map(NamePattern.init), rateMultipliers: multipliers,
        preprocessing: preprocessing ?? nil)
    }
  }

  private static func digest(_ value: SpecValue) -> String? {
    guard let text = value.text() else { return nil }
    let isDigest = text.count == 64 && text.allSatisfy { $0.isHexDigit && !$0.isUppercase }
    if !isDigest {
      value.report(
        "is no SHA-256 of a file",
        remedy: "leave it out: it is computed, and what `experiments weights` prints")
    }
    return isDigest ? text : nil
  }

  private static func rateMultipliers(_ value: SpecValue) -> [RateMultiplier]? {
    value.mapping().map { keys in
      let written = keys.entries.map(\.key).compactMap { name in
        keys[name]?.number(in: Bounds(atLeast: 0)).map {
          RateMultiplier(pattern: NamePattern(name), factor: $0)
        }
      }
      keys.finish()
      return written
    }
  }

  private static func layerNames(_ value: SpecValue) -> [String: String]? {
    value.mapping().map { keys in
      var written: [String: String] = [:]
      for name in keys.entries.map(\.key) { written[name] = keys[name]?.text() }
      keys.finish()
      return written
    }
  }
}

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

  /// What a record keeps.
  var canonical: CanonicalJSON {
    var entries = content
    entries["from"] = .text(from)
    entries["preprocessing"] = preprocessing.map { .text($0.rawValue) }
    return .object(entries)
  }

  /// What of it decides a result: what the file holds, wherever it lies.
  var canonicalContent: CanonicalJSON { .object(content) }

  private var content: [String: CanonicalJSON] {
    var entries: [String: CanonicalJSON] = [
      "finetune": .boolean(rules.finetunes),
      "input": .text(rules.reversesInputs ? Self.inputs.reversed : Self.inputs.keep),
    ]
    entries[Self.digestKey] = sha256.map { .text($0) }
    if !frozen.isEmpty { entries["freeze"] = .list(frozen.map { .text($0.text) }) }
    if !rateMultipliers.isEmpty {
      entries["lr_mult"] = .object(
        Dictionary(rateMultipliers.map { ($0.pattern.text, .number($0.factor)) }) { _, last in last
        })
    }
    if !rules.layerNames.isEmpty {
      entries["map"] = .object(rules.layerNames.mapValues { .text($0) })
    }
    return entries
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
