/// Where a run was imported from that another program trained. Such a run has no weights and no spec that
/// this program could train.
package struct OriginRecord: Sendable, Codable, Hashable {
  /// `TensorBoard`, `MLflow`, `Neptune`.
  package var tool: String
  /// The last component of the path that it was read from, or the address of the server.
  package var source: String
  /// What the tool tells the run from its others by.
  package var run: String
  /// What people called it there.
  package var name: String
  /// What it was filed under there.
  package var group: String?
  /// UTC, RFC 3339; `nil` where the tool does not say.
  package var startedAt: String?
  package var endedAt: String?
  /// Other facts and texts, by name.
  package var facts: [String: String]
  /// What the tool had and the record has not, a sentence each.
  package var leftOut: [String]

  package init(
    tool: String, source: String, run: String, name: String, group: String? = nil,
    startedAt: String? = nil, endedAt: String? = nil,
    facts: [String: String] = [:], leftOut: [String] = []
  ) {
    (self.tool, self.source, self.run, self.name) = (tool, source, run, name)
    (self.group, self.startedAt, self.endedAt) = (group, startedAt, endedAt)
    (self.facts, self.leftOut) = (facts, leftOut)
  }
}

extension RunRecord {
  /// Where the run was imported from; `nil` for one that this program trained.
  package var origin: OriginRecord? { trial.origin }
}
