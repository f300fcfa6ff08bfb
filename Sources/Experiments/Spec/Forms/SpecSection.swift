internal import Datasets

/// A mapping of the spec with its keys in words, as the reference shows it to people.
struct SpecSection: Sendable {
  /// The path in the spec, such as `data.patches`; empty for the top level.
  private(set) var path: String
  /// One sentence that says what the section is for.
  let about: String
  let keys: [Key]
  /// The type that declares it: what is written in several places is shown once.
  let type: ObjectIdentifier?

  struct Key: Sendable {
    let name: String
    /// What may be written.
    let type: String
    let presence: Presence
    /// What the key does.
    let about: String
  }

  enum Presence: Sendable, Hashable {
    case required
    /// The key is required unless that other one is written.
    case requiredUnless(String)
    /// The key may be left out, and then nothing takes its place.
    case optional
    /// The key may be left out, and then this value holds.
    case standard(String)
  }

  init<Section: DeclaredSection>(_ section: Section.Type) {
    path = ""
    about = Section.about
    keys = Section.keys.map(Key.init)
    type = ObjectIdentifier(section)
  }

  /// A section whose keys several types declare.
  init(_ path: String, _ about: String, _ keys: [Key]) {
    (self.path, self.about, self.keys, type) = (path, about, keys, nil)
  }

  /// The same within the value of a key.
  func below(_ key: String) -> SpecSection {
    var section = self
    section.path = path.isEmpty ? key : "\(key).\(path)"
    return section
  }
}

extension SpecSection.Key {
  init<Section>(_ key: SpecKey<Section>) {
    self.init(name: key.name, type: key.words, presence: key.presence, about: key.about)
  }
}
