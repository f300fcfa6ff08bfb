internal import Groundwork

/// A dense block (Huang, Liu, van der Maaten & Weinberger, "Densely Connected Convolutional
/// Networks", CVPR 2017) without bottlenecks, as Jégou et al. 2017 have it: each layer sees the
/// input and what all layers before it made.
struct DenseBlock {
  var layers: Int
  /// Maps that each layer makes.
  var growth: Int
  var normalization: Normalization
  var dropout: Float

  /// - Returns: the input and the maps that the layers made, one after the other, and the latter
  ///   alone.
  func apply(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature
  ) -> (stack: NetworkBuilder.Feature, made: [NetworkBuilder.Feature]) {
    var stack = input
    var made: [NetworkBuilder.Feature] = []
    for index in 1...layers {
      let layer = "\(name).layer\(index)"
      let maps = net.denseLayer(
        layer, stack, outputs: growth, kernel: 3, normalization: normalization, dropout: dropout)
      made.append(maps)
      stack = net.concatenate("\(layer).join", [stack, maps])
    }
    return (stack, made)
  }
}

extension NetworkBuilder {
  /// Norm, ReLU, convolution and dropout.
  mutating func denseLayer(
    _ name: String, _ input: Feature, outputs: Int, kernel: Int, normalization: Normalization,
    dropout rate: Float
  ) -> Feature {
    let x = relu(normalize("\(name).norm", input, normalization))
    let maps = convolution(
      "\(name).convolution", x, outputs: outputs, kernel: Size(square: kernel))
    return dropout("\(name).dropout", maps, rate: rate)
  }
}
