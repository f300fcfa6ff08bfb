internal import Groundwork

/// A residual block whose norms and ReLUs come before the convolutions (He, Zhang, Ren & Sun,
/// "Identity Mappings in Deep Residual Networks", ECCV 2016) and which may halve its input and
/// enlarge its output (Drozdzal et al. 2016).
struct PreactivationBlock {
  enum Form {
    /// One 3×3 convolution, behind a pooling where the block halves.
    case simple
    /// 1×1, 3×3 and 1×1 convolutions; the last to four times the width.
    case bottleneck
  }

  var form: Form
  /// Channels of the 3×3 convolution.
  var width: Int
  var normalization: Normalization
  var dropout: Float

  var outputs: Int { form == .simple ? width : 4 * width }

  /// - Parameters:
  ///   - halves: takes every second place alone; odd extents are rounded up.
  ///   - extent: what the output is enlarged to, by repetition of the nearest value; `nil` where it
  ///     is not.
  func apply(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, halves: Bool,
    to extent: SpatialExtent?
  ) -> NetworkBuilder.Feature {
    let x =
      switch form {
      case .simple: simple(&net, name, input, halves: halves, to: extent)
      case .bottleneck: bottleneck(&net, name, input, halves: halves, to: extent)
      }
    return net.add(
      "\(name).sum", shortcut(&net, name, input, halves: halves, to: extent), x)
  }

  private func simple(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, halves: Bool,
    to extent: SpatialExtent?
  ) -> NetworkBuilder.Feature {
    var x = activated(&net, "\(name).norm1", input)
    if halves { x = net.maxPool("\(name).pool", x, size: 2, stride: 2, roundsUp: true) }
    x = net.convolution(
      "\(name).convolution1", x, outputs: width, kernel: Size(square: 3))
    x = net.dropout("\(name).dropout", x, rate: dropout)
    return enlarged(&net, "\(name).up", x, to: extent)
  }

  private func bottleneck(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, halves: Bool,
    to extent: SpatialExtent?
  ) -> NetworkBuilder.Feature {
    var x = activated(&net, "\(name).norm1", input)
    x = net.convolution(
      "\(name).convolution1", x, outputs: width, kernel: Size(square: 1), stride: halves ? 2 : 1)
    x = activated(&net, "\(name).norm2", x)
    x = net.convolution(
      "\(name).convolution2", x, outputs: width, kernel: Size(square: 3))
    x = activated(&net, "\(name).norm3", x)
    x = enlarged(&net, "\(name).up", x, to: extent)
    x = net.convolution(
      "\(name).convolution3", x, outputs: outputs, kernel: Size(square: 1))
    return net.dropout("\(name).dropout", x, rate: dropout)
  }

  /// The input itself, where need be at every second place, with other channels, or enlarged.
  private func shortcut(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, halves: Bool,
    to extent: SpatialExtent?
  ) -> NetworkBuilder.Feature {
    let stride = halves ? 2 : 1
    var x = input
    if net.shape(of: input).channels != outputs {
      x = net.convolution(
        "\(name).shortcut", x, outputs: outputs, kernel: Size(square: 1), stride: stride,
        initialization: .lecun)
    } else if halves {
      x = net.maxPool("\(name).shortcutPool", x, size: 1, stride: stride)
    }
    return enlarged(&net, "\(name).shortcutUp", x, to: extent)
  }

  private func activated(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature
  ) -> NetworkBuilder.Feature {
    net.relu(net.normalize(name, input, normalization))
  }

  private func enlarged(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature,
    to extent: SpatialExtent?
  ) -> NetworkBuilder.Feature {
    guard let extent else { return input }
    return net.resize(name, input, to: .extent(extent), interpolation: .nearest)
  }
}
