@testable import Groundwork
@testable import Networks

/// A network that looks at each pixel by itself, and therefore says the same of every transform.
struct PointwiseTemplate: Template {
  static let name = "pointwise"
  static let about = "Two convolutions of 1×1."
  static let fields: [FieldDeclaration] = []
  static let example = "template: pointwise"

  init(_ values: FieldValues) {}
  init() {}

  var sizeMultiple: Int { 1 }

  func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    var net = NetworkBuilder(name: Self.name, input: input)
    var x = net.convolution("hidden", net.input, outputs: 8, kernel: Size(square: 1))
    x = net.relu(x)
    x = net.convolution("head", x, outputs: classes, kernel: Size(square: 1))
    return net.build(logits: x)
  }
}
