/// A typed setting of a component: its name, what it may hold, its default and what it means.
///
/// One declaration serves decoding, error messages, help and the conformance tests.
package struct Field<Value: Sendable>: Sendable {
  package private(set) var declaration: FieldDeclaration
  let extract: @Sendable (FieldValue) -> Value

  package init(
    _ name: String, _ type: FieldType, default fallback: FieldValue?, unit: String? = nil,
    _ about: String, extract: @escaping @Sendable (FieldValue) -> Value
  ) {
    self.init(
      FieldDeclaration(name: name, type: type, fallback: fallback, unit: unit, about: about),
      extract)
  }

  private init(
    _ declaration: FieldDeclaration, _ extract: @escaping @Sendable (FieldValue) -> Value
  ) {
    self.declaration = declaration
    self.extract = extract
  }

  /// The same, of a field that its component got later: see ``FieldDeclaration/cameLater``.
  package var later: Self {
    var declaration = declaration
    declaration.cameLater = true
    return Self(declaration, extract)
  }

  /// The same field, which a spec may also write under another name; records know it by its own.
  package func alsoNamed(_ name: String) -> Self {
    var declaration = declaration
    declaration.otherName = name
    return Self(declaration, extract)
  }

  /// The same field, without a value where it is not written.
  package var optional: Field<Value?> {
    let extract = extract
    var declaration = declaration
    declaration.isOptional = true
    return Field<Value?>(declaration) { extract($0) }
  }
}

/// A field without its Swift type: what decoders, help and documentation read.
package struct FieldDeclaration: Sendable {
  package let name: String
  package let type: FieldType
  /// The value used where none is written; `nil` where there is none.
  package let fallback: FieldValue?
  package let unit: String?
  package let about: String
  /// True where records are older than the field: it is left out of a trial's identity where it has
  /// its default, which is what was done before, so that ids stay what they are.
  package internal(set) var cameLater = false
  /// Another name that a spec may write it under.
  package internal(set) var otherName: String?
  /// True where the field may be left out although it has no default.
  package internal(set) var isOptional = false

  package init(name: String, type: FieldType, fallback: FieldValue?, unit: String?, about: String) {
    self.name = name
    self.type = type
    self.fallback = fallback
    self.unit = unit
    self.about = about
  }

  package var isRequired: Bool { fallback == nil && !isOptional }
}

/// What a field may hold.
package enum FieldType: Sendable, Equatable {
  case number(Bounds)
  case integer(ClosedRange<Int>)
  case boolean
  /// One of the listed names.
  case name([String])
  /// What something counts for: a number within the bounds, or `{weight: NUMBER}`.
  case weight(Bounds)
  /// A series of evaluations, as ``SeriesCatalog`` names it.
  case series
  /// Some of the listed names, each once.
  case names([String])
  /// Two numbers within the bounds, the second not below the first.
  case range(Bounds)
  /// Height and width in pixels.
  case size
  /// Either one of the listed names or a list of numbers within the bounds.
  case numbersOrName(Bounds, [String])
  /// A number for each class within the bounds: a list of them, those of some classes by their names,
  /// or one of the listed names of a rule.
  case classNumbers(Bounds, [String])
  /// A part of the training: a number of iterations, or `10 epochs`.
  case interval
  /// A list of them that is not empty.
  case intervals
  /// A solver within a solver: `{type: NAME, …}`.
  case solver
  /// A number of them or one of the listed names.
  case integerOrName(ClosedRange<Int>, [String])
  /// A height and a width, or one number for both.
  case extent(ClosedRange<Int>)
  /// The name of a value of a network that is written layer by layer.
  case value
  /// The names of several such values, at least one.
  case values
  /// The layers of a network, at least one.
  case layers
}

/// A decoded value.
package enum FieldValue: Sendable, Hashable {
  case number(Double)
  case integer(Int)
  case boolean(Bool)
  case name(String)
  case names([String])
  case size(Size)
  case numbers([Double])
  case byName([String: Double])
  case interval(TrainingInterval)
  case intervals([TrainingInterval])
  case solver(ComponentSettings)
  case layers([LayerSettings])
}

/// A component by name, with the values of its fields.
package struct ComponentSettings: Sendable, Hashable {
  package var name: String
  package var values: FieldValues
  package init(name: String, values: FieldValues) {
    self.name = name
    self.values = values
  }
}

/// A layer of a network that is written layer by layer.
package struct LayerSettings: Sendable, Hashable {
  package var layer: ComponentSettings
  /// What its output is called, so that later layers can read it; `nil` where only the next one does.
  package var name: String?
  /// The name of the value that it reads in place of the previous layer's output.
  package var source: String?

  package init(_ layer: ComponentSettings, name: String? = nil, source: String? = nil) {
    (self.layer, self.name, self.source) = (layer, name, source)
  }
}

extension Field where Value == Double {
  package static func number(
    _ name: String, default fallback: Double? = nil, _ bounds: Bounds, unit: String? = nil,
    _ about: String
  ) -> Self {
    Field(name, .number(bounds), default: fallback.map { .number($0) }, unit: unit, about) {
      guard case .number(let value) = $0 else { preconditionFailure("\(name) is not a number") }
      return value
    }
  }
}

extension Field where Value == Double {
  /// A number that may be written as `{weight: NUMBER}` too; it is the same value.
  package static func weight(
    _ name: String, default fallback: Double, _ bounds: Bounds, _ about: String
  ) -> Self {
    Field(name, .weight(bounds), default: .number(fallback), about) {
      guard case .number(let value) = $0 else { preconditionFailure("\(name) is not a number") }
      return value
    }
  }
}

extension Field where Value == Int {
  package static func integer(
    _ name: String, default fallback: Int? = nil, _ range: ClosedRange<Int>, unit: String? = nil,
    _ about: String
  ) -> Self {
    Field(name, .integer(range), default: fallback.map { .integer($0) }, unit: unit, about) {
      guard case .integer(let value) = $0 else { preconditionFailure("\(name) is not an integer") }
      return value
    }
  }
}

extension Field where Value == Bool {
  package static func boolean(_ name: String, default fallback: Bool? = nil, _ about: String)
    -> Self
  {
    Field(name, .boolean, default: fallback.map { .boolean($0) }, about) {
      guard case .boolean(let value) = $0 else { preconditionFailure("\(name) is not a boolean") }
      return value
    }
  }
}

extension Field where Value == String {
  package static func name(
    _ name: String, default fallback: String? = nil, oneOf names: [String], _ about: String
  ) -> Self {
    Field(name, .name(names), default: fallback.map { .name($0) }, about) {
      guard case .name(let value) = $0 else { preconditionFailure("\(name) is not a name") }
      return value
    }
  }
}

extension Field where Value == String {
  /// A series of evaluations.
  package static func series(_ name: String, default fallback: String, _ about: String) -> Self {
    Field(name, .series, default: .name(fallback), about) {
      guard case .name(let value) = $0 else { preconditionFailure("\(name) is not a name") }
      return value
    }
  }
}

extension Field where Value == [String] {
  /// - Parameter fallback: by default all of them.
  package static func names(
    _ name: String, of names: [String], default fallback: [String]? = nil, _ about: String
  ) -> Self {
    Field(name, .names(names), default: .names(fallback ?? names), about) {
      guard case .names(let values) = $0 else { preconditionFailure("\(name) is no list of names") }
      return values
    }
  }
}

extension Field where Value == ClosedRange<Double> {
  package static func range(
    _ name: String, default fallback: ClosedRange<Double>, _ bounds: Bounds, unit: String? = nil,
    _ about: String
  ) -> Self {
    let ends = [fallback.lowerBound, fallback.upperBound]
    return Field(name, .range(bounds), default: .numbers(ends), unit: unit, about) {
      guard case .numbers(let ends) = $0, ends.count == 2 else {
        preconditionFailure("\(name) is no range")
      }
      return ends[0]...ends[1]
    }
  }
}

extension Field where Value == Size {
  package static func size(_ name: String, _ about: String) -> Self {
    Field(name, .size, default: nil, unit: "pixels", about) {
      guard case .size(let value) = $0 else { preconditionFailure("\(name) is not a size") }
      return value
    }
  }
}

extension Field where Value == FieldValue {
  /// A list of numbers, or one of the names.
  package static func numbersOrName(
    _ name: String, default fallback: FieldValue? = nil, _ bounds: Bounds, oneOf names: [String],
    _ about: String
  ) -> Self {
    Field(name, .numbersOrName(bounds, names), default: fallback, about) { $0 }
  }

  /// A number for each class.
  package static func classNumbers(
    _ name: String, default fallback: FieldValue? = nil, _ bounds: Bounds, oneOf names: [String],
    _ about: String
  ) -> Self {
    Field(name, .classNumbers(bounds, names), default: fallback, about) { $0 }
  }
}

extension Field where Value == TrainingInterval {
  package static func interval(
    _ name: String, default fallback: Value? = nil, _ about: String
  ) -> Self {
    Field(name, .interval, default: fallback.map { .interval($0) }, about) {
      guard case .interval(let value) = $0 else {
        preconditionFailure("\(name) is not an interval")
      }
      return value
    }
  }
}

extension Field where Value == [TrainingInterval] {
  package static func intervals(_ name: String, _ about: String) -> Self {
    Field(name, .intervals, default: nil, about) {
      guard case .intervals(let values) = $0 else {
        preconditionFailure("\(name) is not a list of intervals")
      }
      return values
    }
  }
}

extension Field where Value == ComponentSettings {
  package static func solver(_ name: String, _ about: String) -> Self {
    Field(name, .solver, default: nil, about) {
      guard case .solver(let settings) = $0 else { preconditionFailure("\(name) is no solver") }
      return settings
    }
  }
}
