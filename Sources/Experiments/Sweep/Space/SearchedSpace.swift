internal import Groundwork

/// The keys of `sweep` for methods that choose points.
struct SearchedSpace: DeclaredSection {
  /// Without points of its own.
  var space = SearchSpace()
  /// The groups of `zip`, which come behind the hyperparameters of `parameters`.
  private var groups: [SearchSpace.Axis] = []

  static let standard = SearchedSpace()
  static let startKey = "start"

  static let about = "Says what varies."
  static let keys: [SpecKey<Self>] = [
    .varied(
      "parameters", \.space.axes,
      Form(
        "{PATH: values, …}", .mapping(to: .anyOf([.values, .numbers])),
        read: { SpaceReading(decoder: $0.decoder).axes($0) }, write: { _ in nil }),
      "What varies: a list of values, or one of {choice: […]}, {range: [LOW, HIGH], step: …}, "
        + "{log_range: [LOW, HIGH]}, {uniform: [LOW, HIGH], step: …} and {log_uniform: [LOW, HIGH]}, each "
        + "with an optional when: CONDITION; for every method but list."),
    .varied(
      "zip", \.groups,
      Form(
        "{NAME: {PATH: list, …}, …}", .mapping(to: .mapping(to: .values)),
        read: { SpaceReading(decoder: $0.decoder).groups($0) }, write: { _ in nil }),
      "Paths whose values move together; for every method but list."),
    .varied(
      "require", \.space.requirements,
      Form(
        "condition or list of them", .anyOf([.scalar, .list(of: .scalar)]),
        read: { SpaceReading(decoder: $0.decoder).requirements($0) }, write: { _ in nil }),
      "What every point meets, as in template.base_channels * training.batch_size <= 256; for every method "
        + "but list."),
    .varied(
      startKey, \.space.starts,
      Form(
        "list of {PATH: value, …}", .list(of: .mapping(to: .anything)),
        read: { SpaceReading(decoder: $0.decoder).starts($0) }, write: { _ in nil }),
      "Points to begin with; for methods that draw points."),
  ]

  mutating func check(_ keys: SpecMapping) {
    space.axes += groups
    SpaceReading(decoder: keys.decoder).refuseOverlaps(space.axes)
  }
}

/// The keys of `sweep` for the method that is given its points.
struct ListedPoints: DeclaredSection {
  var points: [[SpecAssignment]] = []

  static let standard = ListedPoints()

  static let about = "Lists the points."
  static let keys: [SpecKey<Self>] = [
    .varied(
      "points", \.points,
      Form(
        "list of {PATH: value, …}, or the path of a CSV file",
        .anyOf([.types("string"), .list(of: .mapping(to: .anything), count: 1...Int.max)]),
        read: { SpaceReading(decoder: $0.decoder).points($0) }, write: { _ in nil }),
      isRequired: true, "The points themselves; for the method list.")
  ]
}

extension SpecKey {
  /// A key that says what varies, of which nothing is part of a trial.
  ///
  /// - Parameter isRequired: whether it must be written for the methods that have it.
  fileprivate static func varied<Element>(
    _ name: String, _ path: any WritableKeyPath<Section, [Element]> & Sendable,
    _ form: Form<[Element]>, isRequired: Bool = false, _ about: String
  ) -> SpecKey {
    SpecKey(
      name, form, .optional, decides: .record, about,
      read: { keys, section in
        guard let value = isRequired ? keys.required(name) : keys[name] else { return !isRequired }
        guard let read = form.read(value) else { return false }
        section[keyPath: path] = read
        return true
      }, write: { _, _ in nil })
  }
}

extension JSONSchema {
  /// A list of at least one value.
  fileprivate static let values = list(of: .anything, count: 1...Int.max)

  /// One of the forms of ``NumberReading``, or values with a condition.
  fileprivate static let numbers = object(
    NumberReading.kinds.map { (name: $0, schema: list(of: .types("number"), count: 2...2)) } + [
      ("choice", values), ("step", number(Bounds(above: 0))), ("when", scalar),
    ])
}
