/// What of a trial's resolved spec decides results, but for the seed and the fold: two trials with
/// the same settings and the same data differ in nothing else.
package struct TrialSettings: Sendable {
  let root: SettingValue
  /// The settings with everything that the spec says.
  let whole: SettingValue
  /// What they were read from.
  package let texts: SpecTexts
  /// By a component's name, those of its settings that are not its defaults, as far as known.
  let deviating: [String: Set<String>]

  /// True where another program trained: then a setting that is not there is not known.
  var isImported: Bool { texts.isImported }

  /// How the trial's spec writes numbers; read anew each time.
  var numbers: WrittenNumbers { WrittenNumbers(texts) }

  /// - Parameters:
  ///   - texts: those of the trial; the text of its spec tells how numbers were written.
  ///   - resolvedSpec: that of the trial, perhaps with defaults that it leaves out. One that cannot
  ///     be read is a single value, so that it still equals itself alone.
  ///   - deviating: by the name of a component, those of its settings that are not its defaults.
  package init(
    _ texts: SpecTexts, resolvedSpec: String? = nil, deviating: [String: Set<String>] = [:]
  ) {
    self.deviating = deviating
    let text = resolvedSpec ?? texts.resolved
    let value = SettingReader.read(text)
    let entries = value?.mapping
    whole = value ?? .text(text)
    root = entries.map { .mapping(Self.decisive($0)) } ?? .text(text)
    self.texts = texts
  }

  /// The settings of a trial as its record has them.
  package init(_ trial: TrialRecord) { self.init(SpecTexts(trial)) }

  /// Keys that are not settings: they describe, bound or watch a training without changing it.
  /// Where data lies is not what it is, which its digests say.
  private static let ignored: [[String]] =
    TrialRecord.namesAndLimits.map { [$0] } + [
      ["seed"], ["checkpoints"], ["previews"], ["evaluation", "metrics"],
      ["evaluation", "worst_images"], ["evaluation", "every"], ["evaluation", "batch_size"],
      ["data", "root"], ["data", "validation", "fold"], ["training", "recompute"],
      ["training", "emulate"],
    ]

  /// The metrics that the spec asks for, with their settings.
  var metrics: [SettingValue.Component] {
    whole.value(at: ["evaluation", "metrics"])?.components ?? []
  }

  private static func decisive(_ entries: [String: SettingValue]) -> [String: SettingValue] {
    var entries = entries
    for path in ignored { entries.remove(path[...]) }
    return entries
  }

  /// True where validation samples are drawn from the training list, by seed and fold.
  var splitsTrainingList: Bool {
    switch root.value(at: ["data", "validation"]) {
    case .number, .mapping: true
    default: false
    }
  }

  /// Every key of the spec with its path, those too that decide nothing, the sections in the order of a spec: `solver.base_lr`, `1e-3`.
  package var lines: [(path: String, text: String)] {
    var lines: [(path: String, text: String)] = []
    let numbers = numbers
    func add(_ value: SettingValue, _ path: [String]) {
      switch value {
      case .mapping(let entries) where !entries.isEmpty:
        for key in entries.keys.sorted() { add(entries[key] ?? .none, path + [key]) }
      case .components(let components):
        for component in components {
          if component.settings.mapping?.isEmpty == true {
            lines.append(((path + [component.name]).joined(separator: "."), "no settings"))
          } else {
            add(component.settings, path + [component.name])
          }
        }
      case .mapping: lines.append((path.joined(separator: "."), "no settings"))
      default:
        let text = SettingText(numbers: numbers).text(value, key: path.last ?? "")
        lines.append((path.joined(separator: "."), text))
      }
    }
    guard let entries = whole.mapping else { return [("spec", "cannot be read")] }
    for key in Self.order(entries.keys) { add(entries[key] ?? .none, [key]) }
    return lines
  }

  static func order(_ keys: some Sequence<String>) -> [String] {
    let sections = [
      "about", "tags", "folder", "data", "template", "losses", "solver", "augmentation", "training",
      "evaluation", "checkpoints", "limits",
    ]
    let rank = { (key: String) in sections.firstIndex(of: key) ?? sections.count }
    return Set(keys).sorted { (rank($0), $0) < (rank($1), $1) }
  }
}

extension RunRecord {
  /// True where the record says what was trained: not where its `spec.json` is damaged or gone.
  package var hasSettings: Bool { !trial.resolvedSpec.isEmpty }
}

extension TrialSettings: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.root == right.root }
  package func hash(into hasher: inout Hasher) { hasher.combine(root) }
}

extension [String: SettingValue] {
  fileprivate mutating func remove(_ path: ArraySlice<String>) {
    guard let key = path.first, let value = self[key] else { return }
    if path.count == 1 {
      self[key] = nil
    } else if var inner = value.mapping {
      inner.remove(path.dropFirst())
      self[key] = .mapping(inner)
    }
  }
}
