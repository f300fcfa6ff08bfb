/// The components of one kind, in the order in which help lists them.
///
/// It holds the types themselves, as `any Loss.Type`: what a list has is what its kind promises, and
/// nothing is cast.
package struct Registry<Member: Sendable>: Sendable {
  /// What the kind is called in messages: "loss", "solver".
  package let kind: String
  package let members: [Member]
  /// The same, without what is particular to the kind.
  package let components: [any Component.Type]

  /// - Parameter component: gives a member as a component, which is what it is: `{ $0 }`.
  package init(
    kind: String, _ members: [Member], as component: (Member) -> any Component.Type
  ) {
    self.kind = kind
    self.members = members
    components = members.map(component)
  }

  package var names: [String] { components.map { $0.name } }

  /// The member of that name, or that has it among its other names.
  package func find(_ name: String) -> Member? {
    components.firstIndex { $0.name == name || $0.otherNames.contains(name) }.map { members[$0] }
  }
}
