/// The samples that something is judged by: one set, or several that have names and are told apart.
package struct JudgedSets: Sendable, Hashable, Codable {
  /// At least one; by their names where there are names.
  package let sets: [JudgedSet]

  package init(_ sets: [JudgedSet]) {
    precondition(!sets.isEmpty, "something is judged by samples")
    self.sets = sets.sorted { ($0.name ?? "") < ($1.name ?? "") }
  }

  /// One set without a name.
  package init(_ sources: SampleSources) { self.init([JudgedSet(name: nil, sources: sources)]) }

  package var names: [String] { sets.compactMap(\.name) }
}

/// One set of samples.
package struct JudgedSet: Sendable, Hashable, Codable {
  /// `nil` where it is the only one.
  package let name: String?
  package let sources: SampleSources

  package init(name: String?, sources: SampleSources) {
    (self.name, self.sources) = (name, sources)
  }
}

extension JudgedSets: ExpressibleByStringLiteral {
  /// A list file.
  package init(stringLiteral path: String) { self.init(SampleSources(file: path)) }
}
