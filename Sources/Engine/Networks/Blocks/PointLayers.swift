internal import Groundwork

extension NetworkBuilder {
  /// A layer that every point goes through by itself: a 1×1 convolution with bias, batch norm and ReLU.
  mutating func pointLayer(
    _ name: String, norm: String, _ input: Feature, outputs: Int, activation: Rectifier? = .relu
  ) -> Feature {
    let x = batchNorm(
      norm, convolution(name, input, outputs: outputs, kernel: Size(square: 1)))
    return activation.map { rectifier($0, x) } ?? x
  }

  /// The T-net of PointNet: from all points the matrix, less the identity, that the first `size` of their
  /// channels are turned by; size² channels at one place. It begins as zero, so that nothing is turned.
  mutating func transformNetwork(_ name: String, _ input: Feature, size: Int) -> Feature {
    var x = input
    for (index, outputs) in [64, 128, 1024].enumerated() {
      x = pointLayer(
        "\(name).conv\(index + 1)", norm: "\(name).bn\(index + 1)", x, outputs: outputs)
    }
    x = globalMaximum("\(name).maximum", x)
    x = pointLayer("\(name).fc1", norm: "\(name).bn4", x, outputs: 512)
    x = pointLayer("\(name).fc2", norm: "\(name).bn5", x, outputs: 256)
    return convolution(
      "\(name).fc3", x, outputs: size * size, kernel: Size(square: 1), initialization: .zero)
  }
}
