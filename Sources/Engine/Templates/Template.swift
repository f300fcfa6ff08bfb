/// The templates that a spec can name.
extension Registry {
  public static let templates = Registry(
    kind: "template",
    [
    ])
}

/// A network architecture with its few numbers.
public protocol Template: Component {
  /// Height and width of an input must be multiples of this.
  var sizeMultiple: Int { get }
  /// - Throws: ``ComponentError`` where the template cannot be built for such an input.
  func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network
}

/// What a network is built for.
public struct NetworkInput: Sendable, Hashable {
  public var channels: Int
  public var size: Size
  public init(channels: Int, size: Size) {
    self.channels = channels
    self.size = size
  }
}
