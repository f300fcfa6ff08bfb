/// The components of one kind, by name.
package struct Registry: Sendable {
  /// What the kind is called in messages: "loss", "solver".
  package let kind: String
  package let components: [any Component.Type]

  package init(kind: String, _ components: [any Component.Type]) {
    self.kind = kind
    self.components = components
  }

  package var names: [String] { components.map { $0.name } }

  /// The component of that name, or that has it among its other names.
  package func find(_ name: String) -> (any Component.Type)? {
    components.first { $0.name == name || $0.otherNames.contains(name) }
  }
}
