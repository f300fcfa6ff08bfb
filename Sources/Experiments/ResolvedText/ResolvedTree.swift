internal import Datasets
internal import Tracking

/// A trial's spec with every value that it uses, in the order in which people write a spec, and where each of
/// the values comes from.
struct ResolvedTree {
  /// What the trial is trained by, and the sweep as it was written.
  let root: YAMLNode
  private let written: YAMLNode
  private let sweptMarks: Set<Mark>

  /// Where a value comes from.
  enum Origin: Equatable {
    case file(name: String, line: Int)
    /// A `--set` option.
    case option
    /// What the sweep gives the trial.
    case sweep
    /// Nobody wrote it.
    case standard

    var text: String {
      switch self {
      case .file(let name, let line): "\(name):\(line)"
      case .option: "--set"
      case .sweep: "sweep"
      case .standard: "default"
      }
    }
  }

  /// - Parameters:
  ///   - trial: one of the plan.
  ///   - plan: that of the spec.
  ///   - loaded: the spec.
  init(_ trial: Trial, in plan: TrialPlan, of loaded: LoadedSpec) throws(SpecErrors) {
    let text = ResolvedSpec(trial.spec).text
    let parsed: YAMLNode
    do throws(YAMLError) {
      parsed = try YAMLParser.parse(
        SourceText(name: "resolved spec", text: text), allowsControls: true)
    } catch {
      throw SpecErrors(error)
    }
    let entries = (parsed.entries ?? []).filter { $0.key != "folder" }
    let sweep = loaded.tree.entries?.first { $0.key == "sweep" }
    let whole = YAMLNode(
      content: .mapping(entries + (sweep.map { [$0] } ?? [])), mark: parsed.mark)
    root = whole.inReadingOrder()
    written = plan.places.tree(of: trial)
    sweptMarks = Set(plan.places.assignments(of: trial).flatMap(\.value.marks))
  }

  /// The spec as YAML.
  ///
  /// - Parameter withOrigins: whether a comment behind each value says where it comes from.
  func text(withOrigins: Bool) -> String {
    let yaml = YAMLText(root)
    guard withOrigins else { return yaml.text }
    let width = min(60, yaml.lines.filter { $0.path != nil }.map(\.text.count).max() ?? 0)
    return yaml.lines.map { line in
      guard let path = line.path, path.first != "sweep" else { return line.text + "\n" }
      let blank = String(repeating: " ", count: max(0, width - line.text.count))
      return "\(line.text)\(blank)  # \(origin(of: path).text)\n"
    }.joined()
  }

  /// Every value but the sweep's by its path.
  var values: [YAMLNode.Value] { root.values.filter { $0.keys.first != "sweep" } }

  /// Where each of the values comes from.
  var origins: [Origin] { values.map { origin(of: $0.keys) } }

  /// The value at a path; `nil` where there is none.
  func value(at path: SpecPath) -> YAMLNode? {
    root.child(at: path)
  }

  private func origin(of path: [String]) -> Origin {
    var node: YAMLNode? = written
    for key in path {
      // `unet` stands for its name, and for none of its settings.
      if let scalar = node?.scalar {
        guard key == "name" || scalar.text == key else { return .standard }
        continue
      }
      node = node?.child(key)
      guard node != nil else { return .standard }
    }
    guard let place = node?.mark, let position = place.position else { return .standard }
    if sweptMarks.contains(place) { return .sweep }
    if case .option = place.source.kind { return .option }
    return .file(name: place.source.name, line: position.line)
  }
}

extension YAMLNode {
  /// A value of a spec, as a difference or a list of values shows it.
  struct Value {
    /// As a spec writes it, with components by their names: `losses.dice.weight`.
    let path: String
    /// The same as keys and positions in lists.
    let keys: [String]
    /// As YAML.
    let text: String
  }

  /// Every value in this piece, in its order.
  var values: [Value] {
    YAMLText(self).lines.compactMap { line in
      guard let keys = line.path else { return nil }
      let text = line.text.drop { $0 == " " || $0 == "-" }
      let value = text.firstRange(of: ": ").map { text[$0.upperBound...] } ?? text
      return Value(path: named(keys).joined(separator: "."), keys: keys, text: String(value))
    }
  }

  /// A path with the names of components for their positions in lists.
  private func named(_ path: [String]) -> [String] {
    var (node, names) = (self as YAMLNode?, [] as [String])
    for key in path {
      let isPosition = node?.elements != nil
      node = node?.child(key)
      guard isPosition else {
        names.append(key)
        continue
      }
      // The name is the next key of the path, or the whole element.
      guard let entries = node?.entries else {
        names.append(node?.scalar?.text ?? key)
        continue
      }
      if entries.count != 1 || entries[0].value.entries?.isEmpty == true {
        names.append(entries.count == 1 ? entries[0].key : key)
      }
    }
    return names
  }

  /// With the keys in the order of the reference, and what names a component first.
  fileprivate func inReadingOrder(_ path: [String] = []) -> YAMLNode {
    switch content {
    case .scalar: return self
    case .sequence(let elements):
      return YAMLNode(content: .sequence(elements.map { $0.inReadingOrder(path) }), mark: mark)
    case .mapping(let entries):
      let section = SpecSection.all.first { $0.path == path.joined(separator: ".") }
      let order = ["name", "type"] + (section?.keys.map(\.name) ?? [])
      let ranked = entries.enumerated().sorted { left, right in
        let ranks = [left, right].map { order.firstIndex(of: $0.element.key) ?? order.count }
        return (ranks[0], left.offset) < (ranks[1], right.offset)
      }.map(\.element)
      let isSweep = path.first == "sweep"
      let inner = (isSweep ? entries : ranked).map { entry in
        var entry = entry
        if !isSweep { entry.value = entry.value.inReadingOrder(path + [entry.key]) }
        return entry
      }
      return YAMLNode(content: .mapping(inner), mark: mark)
    }
  }
}
