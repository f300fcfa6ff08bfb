/// The settings that tell the rows of a comparison apart, to the last nested one.
struct DifferingSettings {
  /// A setting that is not the same in all rows.
  struct Column {
    /// As a spec writes it: `solver.base_lr`, `losses.dice.weight`, `template`.
    let path: String
    /// The cell of each row; missing where the row's components have no such setting.
    let cells: [Comparison.Cell]
  }

  private let rows: [TrialSettings]
  private var covered: Set<[String]> = []
  private(set) var columns: [Column] = []
  /// True where some row has a component that another lacks: then it matters which of its settings
  /// are not its defaults.
  private(set) var hasPartialComponents = false

  /// - Parameters:
  ///   - rows: the settings of each row, all of them read.
  ///   - swept: paths that are shown as they are written where they differ, before any other.
  init(_ rows: [TrialSettings], swept: [String]) {
    self.rows = rows
    for path in swept { addSwept(path) }
    let roots = rows.map(\.root)
    for key in TrialSettings.order(roots.flatMap { Array(($0.mapping ?? [:]).keys) }) {
      walk(roots.map { $0[key] }, [key])
    }
  }

  private mutating func addSwept(_ text: String) {
    let path = text.split(separator: ".").map(String.init)
    let values = rows.map { $0.root.value(at: path) }
    guard !values.allSatisfy({ $0 == nil }) else { return }
    // A section is shown setting by setting.
    let isSection = values.contains { $0?.mapping.map { ComponentChoice($0) == nil } ?? false }
    guard !isSection else { return }
    // Positions in lists are names in what follows.
    for row in rows { covered.insert(row.root.named(path)) }
    if differ(values) { emit(values, path) }
  }

  /// Tells whether two rows that a value is known of have other ones, or one has none.
  private func differ(_ values: [SettingValue?]) -> Bool {
    var known: Set<SettingValue?> = []
    for (row, value) in zip(rows, values) where value != nil || !row.isImported {
      known.insert(value)
    }
    return known.count > 1
  }

  private mutating func walk(_ values: [SettingValue?], _ path: [String]) {
    guard !covered.contains(path), differ(values) else { return }
    let present = values.compactMap { $0 }
    let isKnown = zip(rows, values).allSatisfy { row, value in value != nil || row.isImported }
    guard isKnown else { return emit(values, path) }
    let mappings = present.compactMap(\.mapping)
    if mappings.count == present.count { return walk(values.map { $0?.mapping ?? [:] }, path) }
    guard present.count == values.count else { return emit(values, path) }
    let lists = present.compactMap(\.components)
    if lists.count == present.count, let first = lists.first,
      lists.allSatisfy({ $0.map(\.name) == first.map(\.name) })
    {
      for (index, component) in first.enumerated() {
        walk(lists.map { $0[index].settings }, path + [component.name])
      }
      return
    }
    emit(values, path)
  }

  private mutating func walk(_ mappings: [[String: SettingValue]], _ path: [String]) {
    let choices = mappings.map(ComponentChoice.init)
    if choices.allSatisfy({ $0 != nil }), Set(choices.map { $0?.name }).count > 1 {
      return emit(mappings.map { .mapping($0) }, path)
    }
    // What another type has no place for follows from the type.
    let types = mappings.map { $0["type"] }
    let isOfTypes = !types.contains(nil) && Set(types).count > 1
    for key in Set(mappings.flatMap(\.keys)).sorted() {
      let values = mappings.map { $0[key] }
      if isOfTypes, values.contains(nil), Set(values.compactMap { $0 }).count == 1 {
        hasPartialComponents = true
        let deviates = zip(rows, types).contains { row, type in
          guard case .text(let name) = type else { return false }
          return row.deviating[name]?.contains(key) == true
        }
        if !deviates { continue }
      }
      walk(values, path + [key])
    }
  }

  private mutating func emit(_ values: [SettingValue?], _ path: [String]) {
    let key = path.last ?? ""
    let (shown, partial) = differingSettings(values)
    if !partial.isEmpty { hasPartialComponents = true }
    var texts: [SettingValue: String] = [:]
    let cells = zip(rows, values).map { row, value -> Comparison.Cell in
      guard let value else { return row.isImported ? .notRecorded : .notApplicable }
      // What is the same is written the same, whoever wrote it.
      let text =
        texts[value]
        ?? SettingText(numbers: row.numbers).text(value, key: key) { name in
          let deviating = partial.contains(name) ? row.deviating[name] ?? [] : []
          return deviating.union(shown[name] ?? [])
        }
      texts[value] = text
      switch value {
      case .number(let number): return .written(text, number)
      case .boolean(let flag): return Comparison.Cell(.boolean(flag), text: text)
      default: return .text(text)
      }
    }
    columns.append(Column(path: path.joined(separator: "."), cells: cells))
  }

  /// The settings of each component that are not the same wherever it is chosen, by its name, and
  /// the components that some row is without.
  private func differingSettings(
    _ values: [SettingValue?]
  ) -> (shown: [String: Set<String>], partial: Set<String>) {
    var settings: [String: [[String: SettingValue]]] = [:]
    var rowsWith: [String: Int] = [:]
    for value in values {
      switch value {
      case .components(let components):
        for name in Set(components.map(\.name)) { rowsWith[name, default: 0] += 1 }
        for component in components {
          settings[component.name, default: []].append(component.settings.mapping ?? [:])
        }
      case .mapping(let entries):
        if let choice = ComponentChoice(entries) {
          rowsWith[choice.name, default: 0] += 1
          settings[choice.name, default: []].append(choice.settings)
        }
      default: break
      }
    }
    let shown = settings.mapValues { all in
      Set(all.flatMap(\.keys)).filter { key in Set(all.map { $0[key] }).count > 1 }
    }
    return (shown, Set(rowsWith.filter { $0.value < values.count }.keys))
  }
}

extension SettingValue {
  /// The path with names where it has positions in a list of components.
  fileprivate func named(_ path: [String]) -> [String] {
    var value: SettingValue? = self
    return path.map { key in
      defer { value = value?[key] }
      guard let components = value?.components, let position = Int(key),
        components.indices.contains(position)
      else { return key }
      return components[position].name
    }
  }
}
