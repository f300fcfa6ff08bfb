internal import Datasets

/// A key of a section: its name, what may be written, what holds where nothing is written, what it does and
/// what it decides.
struct SpecKey<Section: Sendable>: Sendable {
  let name: String
  /// What may be written, in words.
  let words: String
  let schema: JSONSchema
  /// The mappings with keys of their own that its value may be, below the key.
  let sections: [SpecSection]
  let presence: SpecSection.Presence
  /// What holds where nothing is written; `nil` where that is nothing, or not always the same.
  let fallback: CanonicalJSON?
  let decides: SpecDecision
  /// One sentence: what the key does.
  let about: String
  /// Puts into a section what is written; false where it is wrong or missing, which has been reported.
  let read: @Sendable (SpecMapping, inout Section) -> Bool
  /// - Returns: `nil` where nothing of it is part of the purpose.
  let write: @Sendable (Section, SpecPurpose) -> CanonicalJSON?

  init<Value>(
    _ name: String, _ form: Form<Value>, _ presence: SpecSection.Presence,
    fallback: CanonicalJSON? = nil, decides: SpecDecision = .result, _ about: String,
    read: @escaping @Sendable (SpecMapping, inout Section) -> Bool,
    write: @escaping @Sendable (Section, SpecPurpose) -> CanonicalJSON?
  ) {
    self.name = name
    words = form.words
    schema = form.schema
    sections = form.sections.map { $0.below(name) }
    self.presence = presence
    self.fallback = fallback
    self.decides = decides
    self.about = about
    self.read = read
    self.write = { section, purpose in
      decides.isPart(of: purpose) ? write(section, purpose) : nil
    }
  }
}

extension SpecKey {
  /// A key that must be written.
  static func required<Value>(
    _ name: String, _ path: any WritableKeyPath<Section, Value> & Sendable, _ form: Form<Value>,
    decides: SpecDecision = .result, _ about: String
  ) -> SpecKey {
    SpecKey(
      name, form, .required, decides: decides, about,
      read: { keys, section in
        guard let value = keys.required(name).flatMap(form.read) else { return false }
        section[keyPath: path] = value
        return true
      },
      write: { section, purpose in form.write(section[keyPath: path], purpose) })
  }

  /// A key that may be left out, and then nothing takes its place.
  ///
  /// - Parameters:
  ///   - shown: what the program does then, where it does something.
  ///   - isAlternative: whether it says in one of several ways what another key may say too.
  static func optional<Value>(
    _ name: String, _ path: any WritableKeyPath<Section, Value?> & Sendable, _ form: Form<Value>,
    shown: String? = nil, isAlternative: Bool = false, decides: SpecDecision = .result,
    _ about: String
  ) -> SpecKey {
    key(
      name, path, form, shown.map { .standard($0) } ?? .optional, isMissing: { _ in false },
      nothing: isAlternative ? nil : .nothing, decides: decides, about)
  }

  /// A key that must be written unless another is.
  ///
  /// - Parameter other: the key in whose presence it need not be written.
  static func required<Value>(
    _ name: String, unless other: String,
    _ path: any WritableKeyPath<Section, Value?> & Sendable, _ form: Form<Value>,
    decides: SpecDecision = .result, _ about: String
  ) -> SpecKey {
    key(
      name, path, form, .requiredUnless(other), isMissing: { !$0.has(name) && !$0.has(other) },
      nothing: nil, decides: decides, about)
  }

  private static func key<Value>(
    _ name: String, _ path: any WritableKeyPath<Section, Value?> & Sendable, _ form: Form<Value>,
    _ presence: SpecSection.Presence, isMissing: @escaping @Sendable (SpecMapping) -> Bool,
    nothing: CanonicalJSON?, decides: SpecDecision, _ about: String
  ) -> SpecKey {
    SpecKey(
      name, form, presence, decides: decides, about,
      read: { keys, section in
        if isMissing(keys) {
          keys.reportMissing(name)
          return false
        }
        guard let written = keys[name] else { return true }
        guard let value = form.read(written) else { return false }
        section[keyPath: path] = value
        return true
      },
      write: { section, purpose in
        if let value = section[keyPath: path] { return form.write(value, purpose) }
        let isShown = purpose == .comparison && decides != .place && decides != .cost
        return isShown ? nothing : nil
      })
  }
}

extension SpecKey {
  /// A key whose value is read by who knows what it names: the component whose fields stand beside it.
  static func naming(
    _ name: String, _ words: String, schema: JSONSchema = .scalar,
    presence: SpecSection.Presence = .required, sections: [SpecSection] = [], _ about: String
  ) -> SpecKey {
    let form = Form<String>(
      words, schema, sections: sections, read: { _ in nil }, write: { (_: String) in nil })
    return SpecKey(
      name, form, presence, about,
      read: { keys, _ in
        _ = keys.has(name)
        return true
      }, write: { _, _ in nil })
  }
}

extension SpecKey where Section: DeclaredSection {
  /// A key that may be left out, and then the section's standard value holds.
  ///
  /// - Parameters:
  ///   - shown: the default in words, where it is not one value.
  ///   - kept: whether the default is written.
  static func standard<Value>(
    _ name: String, _ path: any WritableKeyPath<Section, Value> & Sendable, _ form: Form<Value>,
    shown: String? = nil, kept: SpecRetention = .always, decides: SpecDecision = .result,
    _ about: String
  ) -> SpecKey {
    let standard = form.write(Section.standard[keyPath: path], .record)
    return SpecKey(
      name, form, .standard(shown ?? standard?.words ?? ""),
      fallback: shown == nil ? standard : nil, decides: decides, about,
      read: { keys, section in
        guard let written = keys[name] else { return true }
        guard let value = form.read(written) else { return false }
        section[keyPath: path] = value
        return true
      },
      write: { section, purpose in
        let written = form.write(section[keyPath: path], purpose)
        return written == standard && kept.leavesOutStandard(for: purpose) ? nil : written
      })
  }
}

extension SpecKey {
  /// What editors are told of the key.
  var describedSchema: JSONSchema {
    let sentences = [about, decides.note].compactMap(\.self)
    var keywords = ["description": CanonicalJSON.text(sentences.joined(separator: " "))]
    keywords["default"] = fallback
    return schema.adding(keywords)
  }
}
