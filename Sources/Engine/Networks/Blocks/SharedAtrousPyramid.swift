internal import Groundwork

/// Kernel-sharing atrous convolution (Huang, Wang, Jia & He 2019): an atrous pyramid whose 3×3
/// convolutions of all rates have one kernel, with a batch norm for each rate, so that what is
/// learned at one scale serves the others.
struct SharedAtrousPyramid {
  /// How the branches become one map.
  enum Fusion: String, CaseIterable {
    /// Added, with a ReLU behind the sum alone.
    case sum
    /// Side by side, each with a ReLU, and joined by a 1×1 convolution, as in DeepLab.
    case concatenate
  }

  /// Dilations of the shared kernel.
  var rates: [Int]
  var fusion: Fusion

  private static let channels = AtrousPyramid.channels

  func apply(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature
  ) -> NetworkBuilder.Feature {
    let branches = branches(&net, name, input)
    switch fusion {
    case .sum:
      return net.relu(net.add("\(name).sum", branches))
    case .concatenate:
      let joined = net.concatenate("\(name).join", branches.map { net.relu($0) })
      return net.convolutionNormActivation(
        "\(name).project.0", norm: "\(name).project.1", joined, outputs: Self.channels)
    }
  }

  /// A 1×1 convolution's map, those of the rates, the mean, all normed and none rectified.
  private func branches(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature
  ) -> [NetworkBuilder.Feature] {
    let pointwise = net.convolutionNormActivation(
      "\(name).pointwise.0", norm: "\(name).pointwise.1", input, outputs: Self.channels,
      activation: nil)
    let shared = net.sharedConvolution(
      "\(name).shared", input, outputs: Self.channels, kernel: [3, 3], dilations: rates)
    let dilated = zip(rates, shared).map { rate, map in
      net.batchNorm("\(name).shared.norm\(rate)", map)
    }
    let mean = net.imagePooling(
      "\(name).pooling", input, outputs: Self.channels, activation: nil)
    return [pointwise] + dilated + [mean]
  }
}
