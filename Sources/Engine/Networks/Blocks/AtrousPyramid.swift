internal import Groundwork

/// Atrous spatial pyramid pooling (Chen, Papandreou, Schroff & Adam 2017): a 1×1 convolution, 3×3
/// convolutions that dilate by several rates, and the mean of the whole map, each with 256 outputs,
/// batch norm and ReLU. Its layers bear torchvision's names.
struct AtrousPyramid {
  /// Of each branch and of what joins them.
  static let channels = 256

  /// Dilations of the 3×3 convolutions.
  var rates: [Int]
  /// True where the 3×3 convolutions are separable (Chen, Zhu, Papandreou, Schroff & Adam 2018).
  var isSeparable = false

  /// The paper's rates: 6, 12 and 18 at an output stride of 16, twice that at one of 8.
  static func rates(outputStride: Int) -> [Int] { [6, 12, 18].map { $0 * 16 / outputStride } }

  /// The branches joined by a 1×1 convolution, batch norm, ReLU and dropout.
  func apply(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, dropout: Float
  ) -> NetworkBuilder.Feature {
    let joined = net.concatenate("\(name).join", branches(&net, name, input))
    let x = net.convolutionNormActivation(
      "\(name).project.0", norm: "\(name).project.1", joined, outputs: Self.channels)
    return net.dropout("\(name).project.3", x, rate: dropout)
  }

  /// The maps before they are joined: the 1×1 convolution's, those of the rates, the mean.
  func branches(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature
  ) -> [NetworkBuilder.Feature] {
    let pointwise = net.convolutionNormActivation(
      "\(name).convs.0.0", norm: "\(name).convs.0.1", input, outputs: Self.channels)
    let dilated = rates.enumerated().map { index, rate in
      branch(&net, "\(name).convs.\(index + 1)", input, rate: rate)
    }
    let mean = net.imagePooling(
      "\(name).convs.\(rates.count + 1)", input, outputs: Self.channels)
    return [pointwise] + dilated + [mean]
  }

  private func branch(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, rate: Int
  ) -> NetworkBuilder.Feature {
    guard isSeparable else {
      return net.convolutionNormActivation(
        "\(name).0", norm: "\(name).1", input, outputs: Self.channels, kernel: 3, dilation: rate)
    }
    return net.separableConvolution(
      name, input, outputs: Self.channels, dilation: rate, innerActivation: .relu)
  }
}
