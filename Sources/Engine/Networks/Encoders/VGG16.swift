internal import Groundwork

/// VGG's configuration D (Simonyan & Zisserman 2015): thirteen 3×3 convolutions in five blocks, each
/// with a pooling behind it; 14,714,688 parameters for three channels. The layers bear Caffe's names.
struct VGG16: Encoder {
  /// What halves the resolution behind a block.
  enum Pooling {
    /// 2×2; an odd last row or column is left out, as in torchvision.
    case roundingDown
    /// 2×2; an odd last row or column counts, as in Caffe.
    case roundingUp
    /// 3×3, overlapping with the next, and a rest counts, as in Caffe: DeepLab's and PSPNet's.
    case overlapping
  }

  let name: String
  let about: String
  /// Batch norm behind every convolution, which keeps its bias.
  let normalizes: Bool
  var pooling = Pooling.roundingDown

  static let plain = VGG16(
    name: "vgg16", about: "VGG-16 (Simonyan & Zisserman 2015): thirteen 3×3 convolutions.",
    normalizes: false)
  static let normalized = VGG16(
    name: "vgg16_bn", about: "VGG-16 with batch norm behind every convolution, as in torchvision.",
    normalizes: true)

  /// The five blocks.
  static let layouts: [(channels: Int, convolutions: Int)] = [
    (64, 2), (128, 2), (256, 3), (512, 3), (512, 3),
  ]

  func layers(_ net: inout NetworkBuilder, outputStride: Int) -> EncoderFeatures {
    let blocks = blocks(&net, outputStride: outputStride)
    return EncoderFeatures(
      full: blocks[0].convolved,
      stages: blocks.dropFirst().map(\.convolved) + [blocks[4].pooled])
  }

  /// The map before and behind each of the five poolings.
  ///
  /// - Parameter outputStride: poolings that would go beyond it are 3×3 with a stride of 1, and the
  ///   convolutions behind them dilate.
  func blocks(
    _ net: inout NetworkBuilder, outputStride: Int
  ) -> [(convolved: NetworkBuilder.Feature, pooled: NetworkBuilder.Feature)] {
    var strides = StageStrides(outputStride: outputStride)
    var x = net.input
    return Self.layouts.enumerated().map { block, layout in
      for index in 1...layout.convolutions {
        x = convolution(
          &net, "\(block + 1)_\(index)", x, outputs: layout.channels, dilation: strides.dilation)
      }
      let convolved = x
      x = pool(&net, "pool\(block + 1)", x, stride: strides.next(2).stride)
      return (convolved, x)
    }
  }

  private func convolution(
    _ net: inout NetworkBuilder, _ place: String, _ input: NetworkBuilder.Feature, outputs: Int,
    dilation: Int
  ) -> NetworkBuilder.Feature {
    let x = net.convolution(
      "conv\(place)", input, outputs: outputs, kernel: Size(square: 3), dilation: dilation)
    return net.relu(normalizes ? net.batchNorm("bn\(place)", x) : x)
  }

  private func pool(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, stride: Int
  ) -> NetworkBuilder.Feature {
    guard stride == 2, pooling != .overlapping else {
      return net.maxPool(
        name, input, size: 3, stride: stride, padding: 1, roundsUp: pooling == .overlapping)
    }
    return net.maxPool(name, input, size: 2, stride: 2, roundsUp: pooling == .roundingUp)
  }
}
