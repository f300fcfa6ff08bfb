package import Groundwork

/// PointNet as its authors label rooms (Qi, Su, Mo & Guibas 2017, `sem_seg`): five layers for each point, the
/// maximum over all points through two more, and three layers on both. Nothing is turned.
///
/// At 12 classes and 9 channels it has 1,174,412 parameters, and 257 more for each further class.
package struct PointNetSemantic: Template {
  package static let name = "pointnet_semantic"
  package static let about =
    "PointNet (Qi et al. 2017) for rooms, as its authors train it on blocks of 4096 points."
  package static let fields: [FieldDeclaration] = []
  package static let example = "task: points\ntemplate: pointnet_semantic"
  package static let readsPoints = true

  package init(_ values: FieldValues) {}

  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input)
    var net = NetworkBuilder(name: Self.name, input: input, initialization: .glorotUniform)
    var x = net.input
    for (index, outputs) in [64, 64, 64, 128, 1024].enumerated() {
      x = net.pointLayer("conv\(index + 1)", norm: "bn\(index + 1)", x, outputs: outputs)
    }
    let points = x
    x = net.globalMaximum("maximum", x)
    x = net.pointLayer("fc1", norm: "fc_bn1", x, outputs: 256)
    x = net.pointLayer("fc2", norm: "fc_bn2", x, outputs: 128)
    x = net.concatenate("join", [points, net.repeated("repeated", x, like: points)])
    x = net.pointLayer("conv6", norm: "bn6", x, outputs: 512)
    x = net.pointLayer("conv7", norm: "bn7", x, outputs: 256)
    x = net.dropout("dropout", x, rate: 0.3)
    let logits = net.convolution("conv8", x, outputs: classes, kernel: Size(square: 1))
    return net.build(logits: logits)
  }
}
