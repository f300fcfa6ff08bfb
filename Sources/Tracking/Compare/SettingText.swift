/// Settings as a table shows them.
struct SettingText {
  let numbers: WrittenNumbers

  /// - Parameters:
  ///   - key: what the value stands under, for how its numbers were written.
  ///   - shown: which settings of a component are worth showing; by default all.
  func text(
    _ value: SettingValue, key: String, shown: (_ component: String) -> Set<String>? = { _ in nil }
  ) -> String {
    switch value {
    case .none: return "none"
    case .boolean(let flag): return "\(flag)"
    case .number(let number): return numbers.text(of: number, key: key)
    case .text(let text): return text
    case .list([]): return "none"
    case .list(let elements):
      return "[" + elements.map { text($0, key: key) }.joined(separator: ", ") + "]"
    case .components(let components):
      return components.map { component($0.name, $0.settings, shown($0.name)) }
        .joined(separator: " + ")
    case .mapping(let entries):
      guard let choice = ComponentChoice(entries) else { return braced(entries) }
      let others = choice.others.filter { $0.value != .none && $0.value != .text("none") }
      let rest = others.isEmpty ? "" : ", " + pairs(others, nil)
      return component(choice.name, .mapping(choice.settings), shown(choice.name)) + rest
    }
  }

  /// `dice (weight: 0.5)`.
  private func component(
    _ name: String, _ settings: SettingValue, _ shown: Set<String>?
  ) -> String {
    let pairs = pairs(settings.mapping ?? [:], shown)
    return pairs.isEmpty ? name : "\(name) (\(pairs))"
  }

  private func braced(_ entries: [String: SettingValue]) -> String {
    "{" + pairs(entries, nil) + "}"
  }

  private func pairs(_ entries: [String: SettingValue], _ shown: Set<String>?) -> String {
    entries.keys.sorted().filter { shown?.contains($0) ?? true }.map { key in
      "\(key): \(text(entries[key] ?? .none, key: key))"
    }.joined(separator: ", ")
  }
}

/// A mapping that names one of several components: a template by its `name`, a schedule as the only
/// key that has settings.
struct ComponentChoice {
  let name: String
  let settings: [String: SettingValue]
  /// What stands beside the choice: the `warmup` of a schedule.
  let others: [String: SettingValue]

  init?(_ entries: [String: SettingValue]) {
    if case .text(let name) = entries["name"] {
      (self.name, others) = (name, [:])
      settings = entries.filter { $0.key != "name" }
      return
    }
    let beside: Set = ["warmup"]
    let choices = entries.filter { !beside.contains($0.key) }
    guard choices.count == 1, let choice = choices.first, let settings = choice.value.mapping else {
      return nil
    }
    name = choice.key
    self.settings = settings
    others = entries.filter { beside.contains($0.key) }
  }
}
