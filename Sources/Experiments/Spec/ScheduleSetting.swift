internal import Datasets
internal import Groundwork
internal import Learning
internal import Tracking

/// `solver.schedule`: one schedule, by name or with its settings, and `warmup` beside it.
struct ScheduleSetting: DeclaredSection {
  /// `nil` before it has been read.
  private(set) var choice: ComponentChoice<any Schedule>?
  var warmup: Warmup?
  /// That of the schedule's settings, for what is wrong with them.
  private(set) var path = SpecPath.root

  static let standard = ScheduleSetting()

  static let about = "Holds one schedule, by its name, and the warmup beside it."
  static let keys: [SpecKey<Self>] = [
    .optional(
      warmupKey, \.warmup, .warmup, "Multiplies the schedule's rates by a factor that rises to 1.")
  ]

  private static let warmupKey = "warmup"

  static var form: Form<Self> {
    let registry = ComponentCatalog.standard.schedules
    let warmup = (name: warmupKey, schema: keys[0].describedSchema)
    return Form(
      "NAME, or section",
      .anyOf([.names(aloneIn: registry.components), .named(registry.components, beside: [warmup])]),
      sections: [SpecSection(Self.self)] + keys.flatMap(\.sections), read: read(_:),
      write: { setting, purpose in
        var entries = setting.entries(for: purpose)
        if let choice = setting.choice {
          entries[choice.name] = .object(choice.settings(for: purpose))
        }
        return .object(entries)
      })
  }

  static func read(_ value: SpecValue) -> Self? {
    var setting = ScheduleSetting()
    var isWhole = true
    if value.node.entries != nil, let keys = value.mapping() {
      for key in Self.keys where !key.read(keys, &setting) { isWhole = false }
    }
    guard isWhole, setting.choose(value.without(warmupKey) ?? fixedName(value)) else { return nil }
    return setting
  }

  /// The rate stays as it is.
  static func fixed(_ value: SpecValue) -> Self? {
    var setting = ScheduleSetting()
    return setting.choose(fixedName(value)) ? setting : nil
  }

  private static func fixedName(_ value: SpecValue) -> SpecValue {
    let name = YAMLScalar(text: FixedSchedule.name, isPlain: true)
    let node = YAMLNode(content: .scalar(name), mark: value.place)
    return SpecValue(path: value.path, node: node, place: value.place, decoder: value.decoder)
  }

  private mutating func choose(_ value: SpecValue) -> Bool {
    guard let named = value.namedComponent(of: value.decoder.catalog.schedules) else {
      return false
    }
    choice = named.settings.component(named.type, make: named.type.init(_:))
    named.settings.finish()
    path = named.settings.path
    return choice != nil
  }
}

extension SpecValue {
  /// A mapping without one of its keys; `nil` where it has no other.
  fileprivate func without(_ key: String) -> SpecValue? {
    guard let entries = node.entries, entries.contains(where: { $0.key == key }) else {
      return self
    }
    let rest = entries.filter { $0.key != key }
    return rest.isEmpty
      ? nil
      : SpecValue(
        path: path, node: YAMLNode(content: .mapping(rest), mark: node.mark), place: place,
        decoder: decoder)
  }
}

// MARK: - Warmup

extension Warmup: DeclaredSection {
  static let standard = Warmup(length: .iterations(1))

  static let about = "Describes the warmup."
  static let keys: [SpecKey<Self>] = [
    .required("over", \.length, .interval, "The time until the factor is 1."),
    .standard(
      "start_factor", \.startFactor, .number(Bounds(0...1)), "The factor at the first step."),
  ]
}

extension Form<Warmup> {
  /// `200 iterations`, `2 epochs`, or `{over: 2 epochs, start_factor: 0.1}`.
  fileprivate static var warmup: Form {
    let length = Form<TrainingInterval>.interval.map({ Warmup(length: $0) }, { _ in nil })
    return .either(scalar: length, mapping: Warmup.form)
  }
}
