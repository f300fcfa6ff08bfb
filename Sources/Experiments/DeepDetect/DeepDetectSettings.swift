/// The settings of training calls by their paths in the body of a call, `parameters.mllib.solver.base_lr`. What
/// is asked for is taken away; what is left has no counterpart.
struct DeepDetectSettings {
  struct Setting {
    let path: String
    var value: WrittenValue
    var line: Int
  }

  /// In the order in which they were first written.
  private(set) var left: [Setting] = []

  var isEmpty: Bool { left.isEmpty }

  /// The keys that say that a mapping without `parameters` is the library's, the input's or the output's.
  private static let known: [(keys: Set<String>, path: String)] = [
    (
      ["solver", "net", "template", "nclasses", "gpu", "gpuid", "finetuning", "mirror"],
      "parameters.mllib"
    ),
    (["height", "width", "connector", "test_split", "segmentation"], "parameters.input"),
    (["measure"], "parameters.output"),
  ]
  private static let roots: Set<String> = [
    "parameters", "service", "mllib", "model", "data", "description",
  ]

  /// Adds what a call says; what was said before is replaced.
  mutating func add(_ body: WrittenValue) {
    guard case .map(let entries) = body else { return }
    let keys = Set(entries.map { String($0.key.prefix { $0 != "." }) })
    // `mllib` is the name of the library where it is a text.
    let isWhole = !keys.isDisjoint(with: Self.roots)
    if isWhole {
      add(entries, at: "")
    } else if let own = Self.known.first(where: { !$0.keys.isDisjoint(with: keys) }) {
      add(entries, at: own.path + ".")
    } else if !keys.isDisjoint(with: Self.parts) {
      add(entries, at: "parameters.")
    }
  }

  /// The keys of a body that is parameters alone.
  private static let parts: Set<String> = ["input", "output"]

  private mutating func add(_ entries: [WrittenValue.Entry], at path: String) {
    for entry in entries {
      let own = path + entry.key
      if case .map(let inner) = entry.value {
        add(inner, at: own + ".")
      } else {
        set(own, entry.value, entry.line)
      }
    }
  }

  private mutating func set(_ path: String, _ value: WrittenValue, _ line: Int) {
    if let index = left.firstIndex(where: { $0.path == path }) {
      (left[index].value, left[index].line) = (value, line)
    } else {
      left.append(Setting(path: path, value: value, line: line))
    }
  }

  // MARK: Taking

  /// A setting by the end of its path, `solver.base_lr`; `nil` where nobody set it.
  mutating func take(_ path: String) -> Setting? {
    let places = [
      "", "parameters.", "parameters.mllib.", "parameters.input.", "parameters.output.",
    ]
    guard
      let index = left.firstIndex(where: { setting in places.contains { setting.path == $0 + path }
      })
    else { return nil }
    return left.remove(at: index)
  }

  /// Puts back what turned out to be of no use.
  mutating func putBack(_ setting: Setting) { left.append(setting) }

  /// The value of a setting where it is of the type that is asked for; else it is left.
  mutating func take<Value>(_ path: String, _ value: (WrittenValue) -> Value?) -> Value? {
    guard let setting = take(path) else { return nil }
    if let value = value(setting.value) { return value }
    putBack(setting)
    return nil
  }

  mutating func integer(_ path: String) -> Int? { take(path, \.integer) }
  mutating func number(_ path: String) -> Double? { take(path, \.number) }
  mutating func bool(_ path: String) -> Bool? { take(path, \.bool) }
  mutating func text(_ path: String) -> String? { take(path, \.text) }
}
