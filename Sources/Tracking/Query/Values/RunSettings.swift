/// The settings of a run's spec under the names that a person writes.
struct RunSettings: Sendable {
  let root: SettingValue

  /// What a name leads to.
  enum Found: Sendable, Hashable {
    case value(QueryValue)
    /// The end of several paths.
    case ambiguous([String])
    case nothing
  }

  /// - Parameter name: a path, or the end of one: `solver.base_lr`, `base_lr`.
  func find(_ name: String) -> Found {
    let parts = name.split(separator: ".").map(String.init)
    if let value = value(at: parts) { return .value(value) }
    let ending = "." + name
    let paths = root.paths().filter { $0.hasSuffix(ending) }
    guard paths.count == 1 else { return paths.isEmpty ? .nothing : .ambiguous(paths) }
    return value(at: paths[0].split(separator: ".").map(String.init)).map { .value($0) } ?? .nothing
  }

  /// The value at the end of a path; `nil` where there is none.
  func value(at path: [String]) -> QueryValue? { root.value(at: path)?.queried }
}

extension SettingValue {
  /// The paths of everything but the sections themselves, in the order of their names.
  func paths() -> [String] { answers().map(\.path) }

  /// The paths of everything but the sections themselves, each with what it leads to.
  func answers() -> [(path: String, value: QueryValue)] {
    var answers: [(path: String, value: QueryValue)] = []
    /// - Parameter isFound: whether the path, split at its points, leads to this value and no other.
    func add(_ value: SettingValue, _ path: String, isFound: Bool) {
      func answer() -> (String, QueryValue) {
        let found = isFound ? value : self.value(at: path.split(separator: ".").map(String.init))
        return (path, found?.queried ?? .missing("it has no \(path)"))
      }
      func enter(_ value: SettingValue, _ key: String, isFirst: Bool = true) {
        let isWord = !key.isEmpty && !key.utf8.contains(UInt8(ascii: "."))
        add(
          value, path.isEmpty ? key : "\(path).\(key)", isFound: isFound && isFirst && isWord)
      }
      switch value {
      case .mapping(let entries):
        if ComponentChoice(entries) != nil, !path.isEmpty { answers.append(answer()) }
        for (key, value) in entries.sorted(by: { $0.key < $1.key }) { enter(value, key) }
      case .components(let components):
        answers.append(answer())
        for (index, component) in components.enumerated() {
          let isFirst = components.firstIndex { $0.name == component.name } == index
          enter(component.settings, component.name, isFirst: isFirst)
        }
      default: answers.append(answer())
      }
    }
    add(self, "", isFound: true)
    return answers
  }

  /// The value as an answer: components by their names.
  fileprivate var queried: QueryValue {
    switch self {
    case .none: .text("none")
    case .boolean(let flag): .text(flag ? "true" : "false")
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .list(let elements): .list(elements.map(\.queried))
    case .components(let components): .list(components.map { .text($0.name) })
    case .mapping(let entries):
      if let choice = ComponentChoice(entries) {
        .text(choice.name)
      } else {
        .missing("it is a section of the spec")
      }
    }
  }
}
