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
    .pointwise(Self.name, input, classes)
  }
}

/// The same for volumes: with the same weights it says the same of every pixel.
struct PointwiseVolumeTemplate: VolumeTemplate {
  static let name = "pointwise_volume"
  static let about = "Two convolutions of 1×1×1."
  static let fields: [FieldDeclaration] = []
  static let example = "template: pointwise_volume"

  init(_ values: FieldValues) {}
  init() {}

  var extentMultiple: SpatialExtent { [1, 1, 1] }

  func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    try checkSize(input)
    return .pointwise(Self.name, input, classes)
  }
}

extension Network {
  fileprivate static func pointwise(
    _ name: String, _ input: NetworkInput, _ classes: Int
  ) -> Network {
    var net = NetworkBuilder(name: name, input: input)
    let one = input.extent.map { _ in 1 }
    var x = net.convolution("hidden", net.input, outputs: 8, kernel: one)
    x = net.relu(x)
    x = net.convolution("head", x, outputs: classes, kernel: one)
    return net.build(logits: x)
  }
}
