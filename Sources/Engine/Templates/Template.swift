/// The templates that a spec can name.
extension Registry {
  public static let templates = Registry(
    kind: "template",
    [
      UNet.self,
      ENet.self,
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

extension Template {
  /// - Throws: ``ComponentError`` that names the next size which fits.
  public func checkSize(_ input: NetworkInput) throws(ComponentError) {
    func rounded(_ extent: Int) -> Int {
      max(1, (extent + sizeMultiple / 2) / sizeMultiple) * sizeMultiple
    }
    let size = input.size
    let fitting = Size(height: rounded(size.height), width: rounded(size.width))
    guard size == fitting else {
      throw ComponentError(
        "input \(size) is not divisible by \(sizeMultiple): use \(fitting)")
    }
  }
}
