/// The components of one kind, by name.
public struct Registry: Sendable {
  /// What the kind is called in messages: "loss", "solver".
  public let kind: String
  public let components: [any Component.Type]

  public init(kind: String, _ components: [any Component.Type]) {
    self.kind = kind
    self.components = components
  }

  public var names: [String] { components.map { $0.name } }

  /// The component of that name, or that has it among its other names.
  public func find(_ name: String) -> (any Component.Type)? {
    components.first { $0.name == name || $0.otherNames.contains(name) }
  }
}
