package import Groundwork

/// PointNet (Qi, Su, Mo & Guibas, "PointNet: Deep Learning on Point Sets for 3D Classification and
/// Segmentation", CVPR 2017) as its widespread PyTorch version has it: every point goes through the same layers,
/// the maximum over all of them says what is seen as a whole, and each point is told of it.
///
/// With the transform of the input it has 1,671,317 parameters at 12 classes and 3 channels, with that of the
/// features too 3,528,661.
package struct PointNet: Template {
  package static let name = "pointnet"
  package static let about =
    "PointNet (Qi et al. 2017): points by themselves and the maximum over all; turns them first."
  package static let definition =
    "The transform of the input turns the positions, the first three channels, by a matrix that follows from all "
    + "points, and that of the features the 64 channels of the first layer. Both begin as the identity. "
    + "transform: features has a head transform, which the loss orthogonality keeps near a rotation."
  package static let fields = [transform.declaration]
  package static let example =
    "task: points\ntemplate: {name: pointnet, transform: features}\n"
    + "losses: [cross_entropy, {orthogonality: {weight: 0.001}}]"
  package static let readsPoints = true

  private enum Transform: String, CaseIterable {
    case none, input, features
  }

  private static let transform = Field.name(
    "transform", default: Transform.input.rawValue, oneOf: Transform.allCases.map(\.rawValue),
    "What is turned by a matrix that the network finds: nothing, the points, or their features too."
  )

  private let transform: Transform

  package init(_ values: FieldValues) {
    transform = Transform(rawValue: values[Self.transform]) ?? .input
  }

  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input)
    var net = NetworkBuilder(name: Self.name, input: input, initialization: .torch)
    var x = net.input
    if transform != .none {
      let size = min(3, input.channels)
      let matrix = net.transformNetwork("feat.stn", x, size: size)
      x = net.pointTransform("feat.turned", x, by: matrix, size: size)
    }
    x = net.pointLayer("feat.conv1", norm: "feat.bn1", x, outputs: Self.features)
    var heads: [(name: String, feature: NetworkBuilder.Feature)] = []
    if transform == .features {
      let matrix = net.transformNetwork("feat.fstn", x, size: Self.features)
      x = net.pointTransform("feat.turned_features", x, by: matrix, size: Self.features)
      heads = [(TransformHead.name, matrix)]
    }
    let local = x
    x = net.pointLayer("feat.conv2", norm: "feat.bn2", x, outputs: 128)
    x = net.pointLayer("feat.conv3", norm: "feat.bn3", x, outputs: 1024, activation: nil)
    x = net.globalMaximum("feat.maximum", x)
    x = net.concatenate("feat.join", [net.repeated("feat.repeated", x, like: local), local])
    for (index, outputs) in [512, 256, 128].enumerated() {
      x = net.pointLayer("conv\(index + 1)", norm: "bn\(index + 1)", x, outputs: outputs)
    }
    let logits = net.convolution("conv4", x, outputs: classes, kernel: Size(square: 1))
    return net.build(logits: logits, others: heads)
  }

  private static let features = 64
}

/// The matrix that features are turned by, less the identity: d² channels at one place.
package enum TransformHead {
  package static let name = "transform"
  package static let remedy = "use template: {name: pointnet, transform: features}"
}
