internal import Groundwork

/// DenseNet-121 (Huang, Liu, van der Maaten & Weinberger, "Densely Connected Convolutional Networks",
/// CVPR 2017) in torchvision's words: 6,953,856 parameters for three channels.
///
/// The maps that it hands on are those that the transitions and the last norm rectify. Beyond the
/// output stride a transition does not pool.
struct DenseNet121: Encoder {
  let name = "densenet121"
  let about =
    "DenseNet-121 (Huang et al. 2017): every layer sees all before it, 7 million parameters."
  let initialization = WeightInitialization.he

  private static let depths = [6, 12, 24, 16]
  /// Maps that a layer adds.
  private static let growth = 32

  private typealias Feature = NetworkBuilder.Feature

  func layers(_ net: inout NetworkBuilder, outputStride: Int) -> EncoderFeatures {
    let halved = net.convolutionNormActivation(
      "features.conv0", norm: "features.norm0", net.input, outputs: 64, kernel: 7, stride: 2)
    var x = net.maxPool("features.pool0", halved, size: 3, stride: 2, padding: 1)
    var strides = StageStrides(outputStride: outputStride, from: 4)
    var stages = [halved]
    for (index, depth) in Self.depths.enumerated() {
      x = denseBlock(
        &net, "features.denseblock\(index + 1)", x, depth: depth, dilation: strides.dilation)
      guard index < Self.depths.count - 1 else { break }
      let rectified = net.relu(net.batchNorm("features.transition\(index + 1).norm", x))
      stages.append(rectified)
      x = transition(
        &net, "features.transition\(index + 1)", rectified, stride: strides.next(2).stride)
    }
    stages.append(net.relu(net.batchNorm("features.norm5", x)))
    return EncoderFeatures(stages: stages)
  }

  private func denseBlock(
    _ net: inout NetworkBuilder, _ name: String, _ input: Feature, depth: Int, dilation: Int
  ) -> Feature {
    var x = input
    for index in 1...depth {
      let layer = "\(name).denselayer\(index)"
      var new = net.relu(net.batchNorm("\(layer).norm1", x))
      new = net.convolutionNormActivation(
        "\(layer).conv1", norm: "\(layer).norm2", new, outputs: 4 * Self.growth)
      new = net.convolution(
        "\(layer).conv2", new, outputs: Self.growth, kernel: Size(square: 3),
        dilation: dilation, bias: false)
      x = net.concatenate("\(layer).join", [x, new])
    }
    return x
  }

  /// Halves the channels, and the resolution if there is a stride.
  private func transition(
    _ net: inout NetworkBuilder, _ name: String, _ input: Feature, stride: Int
  ) -> Feature {
    let x = net.convolution(
      "\(name).conv", input, outputs: net.shape(of: input).channels / 2,
      kernel: Size(square: 1), bias: false)
    guard stride > 1 else { return x }
    return net.averagePool("\(name).pool", x, PoolingWindow(size: [2, 2]))
  }
}
