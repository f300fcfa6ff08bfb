/// Something a spec can name: a template, a loss, a solver, a schedule, an augmentation.
///
/// A component is one file and one line in the list of its kind. What it declares here feeds
/// decoding, error messages, `experiments components` and the conformance tests.
package protocol Component: Sendable {
  /// As a spec writes it, e.g. `cross_entropy`.
  static var name: String { get }
  /// Other names of it that a spec may write; records know it by ``name``.
  static var otherNames: [String] { get }
  /// One sentence: what it is for.
  static var about: String { get }
  /// What of its definition a practitioner might not expect: conventions, borders, 0/0; empty where
  /// it is as everywhere.
  static var definition: String { get }
  /// Every setting, in the order in which help shows them.
  static var fields: [FieldDeclaration] { get }
  /// A piece of a spec that uses it.
  static var example: String { get }
  /// - Throws: ``ComponentError`` where the fields, each valid alone, do not go together.
  init(_ values: FieldValues) throws(ComponentError)
}

extension Component {
  package static var otherNames: [String] { [] }
  package static var definition: String { "" }
}

/// A setting that is wrong, named so that the reader of the spec can be shown the place.
package struct ComponentError: Error, Sendable, CustomStringConvertible {
  /// The field at fault, or `nil` where the component as a whole is. A part of a field is named by the
  /// keys that lead to it: `layers.3.convolution.groups`.
  package let field: String?
  package let message: String
  /// What else is wrong with the same component.
  private let others: [ComponentError]

  package init(field: String? = nil, _ message: String) {
    self.init(field, message, others: [])
  }

  /// Several mistakes of one component.
  ///
  /// - Precondition: there is at least one.
  package init(_ errors: [ComponentError]) {
    self.init(errors[0].field, errors[0].message, others: Array(errors.dropFirst()))
  }

  private init(_ field: String?, _ message: String, others: [ComponentError]) {
    (self.field, self.message, self.others) = (field, message, others)
  }

  /// This mistake and the others that were found with it, each by itself.
  package var all: [ComponentError] { [ComponentError(field: field, message)] + others }

  package var description: String { message }
}

/// What is wrong with a component's settings, and which component it is.
package struct NamedComponentError: Error, Sendable {
  /// As a ``Registry`` calls its components: "loss", "augmentation".
  package let kind: String
  package let name: String
  package let error: ComponentError

  package init(kind: String, name: String, _ error: ComponentError) {
    (self.kind, self.name, self.error) = (kind, name, error)
  }
}

/// The decoded values of a component's fields; a field that was not written has its default.
package struct FieldValues: Sendable, Hashable {
  private var values: [String: FieldValue]
  /// Names of fields that came later and have their defaults.
  private var unrecorded: Set<String>

  /// - Parameter written: checked against the declarations by whoever decoded them.
  package init(_ written: [String: FieldValue], of fields: [FieldDeclaration]) {
    values = written
    unrecorded = []
    for field in fields {
      if values[field.name] == nil { values[field.name] = field.fallback }
      if field.cameLater, values[field.name] == field.fallback { unrecorded.insert(field.name) }
    }
  }

  package subscript<Value>(_ field: Field<Value>) -> Value {
    guard let value = values[field.declaration.name] else {
      preconditionFailure("field '\(field.declaration.name)' was neither written nor has a default")
    }
    return field.extract(value)
  }

  package subscript<Value>(_ field: Field<Value?>) -> Value? {
    values[field.declaration.name].flatMap(field.extract)
  }

  /// All values.
  package var all: [String: FieldValue] { values }

  /// What the record of a trial keeps: all but the defaults of fields that came later.
  package var recorded: [String: FieldValue] { values.filter { !unrecorded.contains($0.key) } }
}
