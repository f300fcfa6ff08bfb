internal import Datasets
internal import Groundwork

/// How a value is written in a spec: one declaration that reads it, reports what is wrong with it, writes it
/// for records, and says in words and as a JSON Schema what may be written.
struct Form<Value: Sendable>: Sendable {
  private let describedWords: @Sendable () -> String
  private let describedSchema: @Sendable () -> JSONSchema
  /// The mappings with keys of their own that a value may be, and those within them.
  let sections: [SpecSection]
  /// - Returns: `nil` where the value is none of this form, which has been reported.
  let read: @Sendable (SpecValue) -> Value?
  /// - Returns: `nil` where nothing of the value is part of the purpose, or it is written in another form.
  let write: @Sendable (Value, SpecPurpose) -> CanonicalJSON?

  init(
    _ words: @autoclosure @escaping @Sendable () -> String,
    _ schema: @autoclosure @escaping @Sendable () -> JSONSchema, sections: [SpecSection] = [],
    read: @escaping @Sendable (SpecValue) -> Value?,
    write: @escaping @Sendable (Value, SpecPurpose) -> CanonicalJSON?
  ) {
    describedWords = words
    describedSchema = schema
    self.sections = sections
    self.read = read
    self.write = write
  }

  /// A form that is written alike for every purpose.
  init(
    _ words: @autoclosure @escaping @Sendable () -> String,
    _ schema: @autoclosure @escaping @Sendable () -> JSONSchema, sections: [SpecSection] = [],
    read: @escaping @Sendable (SpecValue) -> Value?,
    write: @escaping @Sendable (Value) -> CanonicalJSON?
  ) {
    self.init(words(), schema(), sections: sections, read: read) { value, _ in write(value) }
  }

  /// What may be written, as the reference says it: `integer in 1…4096`. It is put together when it is asked
  /// for, as specs are read more often than they are explained.
  var words: String { describedWords() }
  var schema: JSONSchema { describedSchema() }
}

extension Form {
  /// The same form, called otherwise in the reference.
  func called(_ words: @autoclosure @escaping @Sendable () -> String) -> Form {
    Form(words(), schema, sections: sections, read: read, write: write)
  }

  /// The same form with another schema.
  func described(by schema: JSONSchema) -> Form {
    Form(words, schema, sections: sections, read: read, write: write)
  }

  /// The same form of what is part of a record and of no id.
  ///
  /// - Parameter write: what is part of an id instead; `nil` for nothing.
  func inIdentity(_ write: @escaping @Sendable (Value) -> CanonicalJSON?) -> Form {
    let whole = self.write
    return Form(words, schema, sections: sections, read: read) { value, purpose in
      if case .identity = purpose { write(value) } else { whole(value, purpose) }
    }
  }

  /// A value that stands for another.
  ///
  /// - Parameters:
  ///   - wrap: `nil` where there is none, which it has reported.
  ///   - unwrap: `nil` for values that are written in another form.
  func map<New: Sendable>(
    _ wrap: @escaping @Sendable (Value, SpecValue) -> New?,
    _ unwrap: @escaping @Sendable (New) -> Value?
  ) -> Form<New> {
    let (read, write) = (read, write)
    return Form<New>(
      words, schema, sections: sections,
      read: { value in read(value).flatMap { wrap($0, value) } },
      write: { new, purpose in unwrap(new).flatMap { write($0, purpose) } })
  }

  func map<New: Sendable>(
    _ wrap: @escaping @Sendable (Value) -> New, _ unwrap: @escaping @Sendable (New) -> Value?
  ) -> Form<New> {
    map({ value, _ in wrap(value) }, unwrap)
  }

  /// The same form for values that meet a condition.
  ///
  /// - Parameters:
  ///   - code: the kind of fault of the others.
  ///   - problem: what is wrong with a value, and what to do about it; `nil` for nothing.
  func checked(
    _ code: DiagnosticCode = .refusedValue,
    _ problem: @escaping @Sendable (Value) -> (message: String, remedy: String?)?
  ) -> Form {
    map(
      { value, place in
        guard let problem = problem(value) else { return value }
        place.report(code, problem.message, remedy: problem.remedy)
        return nil
      }, { $0 })
  }
}
