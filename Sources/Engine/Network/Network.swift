/// A network as a value: nodes in an order in which they can be computed.
public struct Network: Sendable {
  public var name: String
}
