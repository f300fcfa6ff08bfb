internal import Groundwork

/// The wide residual network of 38 layers (Wu, Shen & van den Hengel, "Wider or Deeper: Revisiting
/// the ResNet Model for Visual Recognition", Pattern Recognition 2019), without the norm behind its
/// last block: 105,062,720 parameters for three channels, in the words of inplace_abn's model A2.
///
/// Every block norms and rectifies before it convolves. The maps that it hands on are sums, which
/// nothing has rectified.
struct WideResNet38: Encoder {
  let name = "wide_resnet38"
  let about = "Wide ResNet-38 (Wu et al. 2019): few but wide blocks, 105 million parameters."
  let initialization = WeightInitialization.he

  private typealias Feature = NetworkBuilder.Feature

  private struct Module {
    var blocks: Int
    /// Of each convolution: two of 3×3, or a 3×3 between two of 1×1.
    var channels: [Int]
    /// Spatial dropout before the last convolution.
    var dropout: Float?

    init(_ blocks: Int, _ channels: [Int], dropout: Float? = nil) {
      (self.blocks, self.channels, self.dropout) = (blocks, channels, dropout)
    }
  }

  /// The second module to the seventh.
  private static let modules = [
    Module(3, [128, 128]), Module(3, [256, 256]), Module(6, [512, 512]), Module(3, [512, 1024]),
    Module(1, [512, 1024, 2048], dropout: 0.3), Module(1, [1024, 2048, 4096], dropout: 0.5),
  ]

  func layers(_ net: inout NetworkBuilder, outputStride: Int) -> EncoderFeatures {
    let full = net.convolution(
      "mod1.conv1", net.input, outputs: 64, kernel: Size(square: 3), bias: false)
    var x = full
    var strides = StageStrides(outputStride: outputStride)
    let maps = Self.modules.enumerated().map { index, module in
      if index < 2 {
        _ = strides.next(2)
        x = net.maxPool("pool\(index + 2)", x, size: 3, stride: 2, padding: 1)
      }
      let stage = strides.next((2...4).contains(index) ? 2 : 1)
      for block in 0..<module.blocks {
        x = apply(
          module, &net, "mod\(index + 2).block\(block + 1)", x,
          stride: block == 0 ? stage.stride : 1, dilation: stage.dilationAfter)
      }
      return x
    }
    // The last two modules have the same extent.
    return EncoderFeatures(full: full, stages: Array(maps[..<4]) + [maps[5]])
  }

  private func apply(
    _ module: Module, _ net: inout NetworkBuilder, _ name: String, _ input: Feature, stride: Int,
    dilation: Int
  ) -> Feature {
    let first = net.relu(net.batchNorm("\(name).bn1", input))
    var x = first
    for (index, outputs) in module.channels.enumerated() {
      let isLast = index == module.channels.count - 1
      if index > 0 { x = net.relu(net.batchNorm("\(name).convs.bn\(index + 1)", x)) }
      if isLast, let rate = module.dropout {
        x = net.spatialDropout("\(name).convs.dropout", x, rate: rate)
      }
      let isWide = module.channels.count == 2 || index == 1
      x = net.convolution(
        "\(name).convs.conv\(index + 1)", x, outputs: outputs,
        kernel: Size(square: isWide ? 3 : 1), stride: index == 0 ? stride : 1,
        dilation: isWide ? dilation : 1, bias: false)
    }
    return net.add("\(name).sum", x, shortcut(&net, name, input, first, like: x, stride: stride))
  }

  /// The input itself, or a 1×1 convolution of what has been rectified where the block changes its
  /// shape.
  private func shortcut(
    _ net: inout NetworkBuilder, _ name: String, _ input: Feature, _ rectified: Feature,
    like output: Feature, stride: Int
  ) -> Feature {
    let outputs = net.shape(of: output).channels
    guard stride > 1 || net.shape(of: input).channels != outputs else { return input }
    return net.convolution(
      "\(name).proj_conv", rectified, outputs: outputs, kernel: Size(square: 1), stride: stride,
      bias: false)
  }
}
