extension SpecSection {
  /// Every section, in the order in which a spec is usually written; what may be written in several places is
  /// there once.
  static let all: [SpecSection] = {
    var seen: Set<ObjectIdentifier> = []
    let declared = SpecDraft.form.sections.filter { section in
      section.type.map { seen.insert($0).inserted } ?? true
    }
    return declared + SweepSection.sections
  }()
}
