internal import Foundation

/// What a person has said of a run: a name, tags and a note.
///
/// Labels decide nothing: neither the id nor a digest depends on them, a finished run may be given others,
/// and a file of labels that cannot be read leaves the run as sound as it was.
package struct RunLabels: Sendable, Codable, Hashable {
  /// Selects the run as `experiment/name`; no other run of the experiment has it.
  package var name: String?
  /// Each once, in the order in which they were given.
  package var tags: [String]
  /// Text of any number of lines; empty where there is none.
  package var note: String

  package init(name: String? = nil, tags: [String] = [], note: String = "") {
    (self.name, self.tags, self.note) = (name, tags, note)
  }

  /// What of another program's words can be labels here: tags become single words, and a name that would
  /// select something else is left out.
  package init(nearest name: String, tags: [String], note: String) {
    let isName = (try? LabelChange.check(name: name)) != nil
    let words = tags.map { tag in
      String(tag.map { $0.isWhitespace || $0 == "," ? "-" : $0 }.drop { "@-+".contains($0) })
    }
    var seen: Set<String> = []
    self.init(
      name: isName ? name : nil,
      tags: words.filter { (try? LabelChange.check(tag: $0)) != nil && seen.insert($0).inserted },
      note: (try? LabelChange.check(note: note)) == nil ? "" : note)
  }

  package var isEmpty: Bool { self == RunLabels() }

  /// The labels with the change made.
  package func changed(by change: LabelChange) -> RunLabels {
    var labels = self
    switch change.kind {
    case .name(let name): labels.name = name
    case .note(let note): labels.note = note
    case .addition(let text): labels.note += labels.note.isEmpty ? text : "\n" + text
    case .tags(let added, let removed):
      var seen = Set(removed)
      labels.tags = (tags + added).filter { seen.insert($0).inserted }
    }
    return labels
  }
}

extension RunRecord {
  /// The tags of the spec and then the run's own, each once.
  package var tags: [String] {
    var seen: Set<String> = []
    return (trial.tags + labels.tags).filter { seen.insert($0).inserted }
  }
}

extension TrialRecord {
  /// The tags that the spec gives all its runs.
  package var tags: [String] {
    struct Spec: Decodable { var tags: [String]? }
    return (try? JSONRecordDecoder().decode(Spec.self, from: resolvedSpec.utf8))?.tags ?? []
  }
}
