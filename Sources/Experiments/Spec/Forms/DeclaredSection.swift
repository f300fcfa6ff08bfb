internal import Datasets

/// A mapping of a spec that declares its keys. From the declarations come how it is read, what is reported, how
/// it is written for records and ids, the reference and the JSON Schema.
protocol DeclaredSection: Sendable {
  /// One sentence: what it is for.
  static var about: String { get }
  /// In the order in which they are usually written.
  static var keys: [SpecKey<Self>] { get }
  /// Which keys go together.
  static var groups: [KeyGroup] { get }
  /// What holds where nothing is written. What it says for required keys is never used.
  static var standard: Self { get }
  /// The same in a spec that has been read so far.
  static func standard(in decoder: SpecDecoder) -> Self
  /// Looks at what was read as a whole: reports what does not go together, and settles what follows from
  /// several keys. Values that could not be read have their defaults.
  mutating func check(_ keys: SpecMapping)
}

/// Keys of a section that have to do with each other.
enum KeyGroup: Sendable {
  case atMostOne([String])
  case exactlyOne([String])

  var names: [String] {
    switch self {
    case .atMostOne(let names), .exactlyOne(let names): names
    }
  }

  fileprivate func check(_ keys: SpecMapping) {
    keys.requireAtMostOne(of: names)
    guard case .exactlyOne = self, !names.contains(where: keys.has) else { return }
    keys.reportMissing(oneOf: names)
  }
}

extension DeclaredSection {
  static var groups: [KeyGroup] { [] }
  static func standard(in decoder: SpecDecoder) -> Self { standard }
  mutating func check(_ keys: SpecMapping) {}
}

// MARK: - Reading

extension DeclaredSection {
  static func read(_ value: SpecValue) -> Self? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let section = read(keys)
      keys.finish()
      return section
    }
  }

  /// Reads the section's keys, where others may stand beside them.
  static func read(_ keys: SpecMapping, without excluded: String? = nil) -> Self? {
    let section = readable(keys, without: excluded)
    return keys.misread.isEmpty ? section : nil
  }

  /// What of the section's keys could be read; the others have their defaults.
  ///
  /// - Parameter excluded: a key that is none where the section is written.
  static func readable(_ keys: SpecMapping, without excluded: String? = nil) -> Self {
    var section = standard(in: keys.decoder)
    for group in groups { group.check(keys) }
    for key in Self.keys where key.name != excluded && !key.read(keys, &section) {
      keys.misread.insert(key.name)
    }
    section.check(keys)
    return section
  }
}

// MARK: - Writing

extension DeclaredSection {
  /// The keys with their values, as far as they are part of the purpose.
  func entries(for purpose: SpecPurpose) -> [String: CanonicalJSON] {
    var entries: [String: CanonicalJSON] = [:]
    for key in Self.keys { entries[key.name] = key.write(self, purpose) }
    return entries
  }

  func written(for purpose: SpecPurpose) -> CanonicalJSON { .object(entries(for: purpose)) }

  /// What a record keeps.
  var canonical: CanonicalJSON { written(for: .record) }
}

// MARK: - As a form

extension DeclaredSection {
  /// A mapping of the section's keys.
  static var form: Form<Self> {
    Form(
      "section", schema, sections: [SpecSection(Self.self)] + keys.flatMap(\.sections),
      read: { read($0) }, write: { $0.written(for: $1) })
  }

  static var schema: JSONSchema {
    .object(properties, presences: keys.map { ($0.name, $0.presence) }, groups: groups)
  }
}
