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
  /// True where a component that some rows have and others lack does not have the same settings wherever it is
  /// chosen: then some of them leave defaults out.
  private(set) var hasUnevenComponents = false
  private let complete: (TrialSettings) -> TrialSettings
  /// Of rows that were asked for them, see ``TrialSettings/deviating``.
  private var deviating: [Int: [String: Set<String>]] = [:]

  /// - Parameters:
  ///   - rows: the settings of each row, all of them read.
  ///   - swept: paths that are shown as they are written where they differ, before any other.
  ///   - complete: tells which settings are not defaults, which matters of a component that some rows have and
  ///     others lack; asked for the first row of each such component alone.
  init(
    _ rows: [TrialSettings], swept: [String],
    completing complete: @escaping (TrialSettings) -> TrialSettings = { $0 }
  ) {
    self.rows = rows
    self.complete = complete
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
        var deviates = false
        for row in rows.indices where !deviates {
          guard case .text(let name) = types[row] else { continue }
          deviates = deviating(ofRow: row, name).contains(key)
        }
        if !deviates { continue }
      }
      walk(values, path + [key])
    }
  }

  private mutating func emit(_ values: [SettingValue?], _ path: [String]) {
    let key = path.last ?? ""
    let (shown, partial) = differingSettings(values)
    var texts: [SettingValue: String] = [:]
    var cells: [Comparison.Cell] = []
    for (index, row) in rows.enumerated() {
      guard let value = values[index] else {
        cells.append(row.isImported ? .notRecorded : .notApplicable)
        continue
      }
      // What is the same is written the same, whoever wrote it.
      let text =
        texts[value]
        ?? SettingText(numbers: row.numbers).text(value, key: key) { name in
          let deviating = partial.contains(name) ? deviating(ofRow: index, name) : []
          return deviating.union(shown[name] ?? [])
        }
      texts[value] = text
      cells.append(Self.cell(value, text))
    }
    columns.append(Column(path: path.joined(separator: "."), cells: cells))
  }

  private static func cell(_ value: SettingValue, _ text: String) -> Comparison.Cell {
    switch value {
    case .number(let number): .written(text, number)
    case .boolean(let flag): Comparison.Cell(.boolean(flag), text: text)
    default: .text(text)
    }
  }

  /// Those settings of a component that are not its defaults in a row.
  private mutating func deviating(ofRow row: Int, _ name: String) -> Set<String> {
    if deviating[row] == nil { deviating[row] = complete(rows[row]).deviating }
    return deviating[row]?[name] ?? []
  }

  /// The settings of each component that are not the same wherever it is chosen, by its name, and
  /// the components that some row is without.
  private mutating func differingSettings(
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
    let partial = Set(rowsWith.filter { $0.value < values.count }.keys)
    for name in partial where !(settings[name] ?? []).haveSameKeys { hasUnevenComponents = true }
    return (shown, partial)
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

extension [[String: SettingValue]] {
  /// True where all have the same keys, down to the last nested one.
  fileprivate var haveSameKeys: Bool {
    guard let first, count > 1 else { return true }
    guard dropFirst().allSatisfy({ $0.keys == first.keys }) else { return false }
    return first.keys.allSatisfy { key in
      let mappings = compactMap { $0[key]?.mapping }
      return mappings.isEmpty || mappings.count == count && mappings.haveSameKeys
    }
  }
}
