internal import Groundwork

extension NetworkBuilder {
  /// Two 3×3 convolutions beside a shortcut (He, Zhang, Ren & Sun 2016), named as torchvision names
  /// them.
  mutating func basicBlock(
    _ name: String, _ input: Feature, outputs: Int, _ stage: StageStride
  ) -> Feature {
    var x = convolutionNormActivation(
      "\(name).conv1", norm: "\(name).bn1", input, outputs: outputs, kernel: 3,
      stride: stage.stride, dilation: stage.dilation)
    x = convolutionNormActivation(
      "\(name).conv2", norm: "\(name).bn2", x, outputs: outputs, kernel: 3,
      dilation: stage.dilationAfter, activation: nil)
    let shortcut = shortcut(name, input, like: x, stride: stage.stride)
    return relu(add("\(name).sum", x, shortcut))
  }

  /// A 1×1, a 3×3 and a 1×1 convolution beside a shortcut (He, Zhang, Ren & Sun 2016), the stride at
  /// the 3×3 as in torchvision, which the names follow too.
  ///
  /// - Parameters:
  ///   - widths: outputs of the first and of the second convolution.
  ///   - groups: of the 3×3 convolution.
  ///   - squeeze: name and reduction of a squeeze and excitation before the sum; none if `nil`.
  ///   - projection: kernel of the shortcut where it has a convolution.
  mutating func bottleneckBlock(
    _ name: String, _ input: Feature, widths: (Int, Int), outputs: Int, _ stage: StageStride,
    groups: Int = 1, squeeze: (name: String, reduction: Int)? = nil, projection: Int = 1
  ) -> Feature {
    var x = convolutionNormActivation(
      "\(name).conv1", norm: "\(name).bn1", input, outputs: widths.0)
    x = convolutionNormActivation(
      "\(name).conv2", norm: "\(name).bn2", x, outputs: widths.1, kernel: 3,
      stride: stage.stride, dilation: stage.dilation, groups: groups)
    x = convolutionNormActivation(
      "\(name).conv3", norm: "\(name).bn3", x, outputs: outputs, activation: nil)
    if let squeeze {
      x = squeezeExcitation("\(name).\(squeeze.name)", x, reduction: squeeze.reduction)
    }
    let shortcut = shortcut(
      name, input, like: x, stride: stage.stride, kernel: projection, dilation: stage.dilation)
    return relu(add("\(name).sum", x, shortcut))
  }

  /// The input itself, or what a strided convolution makes of it where the block changes its shape.
  private mutating func shortcut(
    _ name: String, _ input: Feature, like output: Feature, stride: Int, kernel: Int = 1,
    dilation: Int = 1
  ) -> Feature {
    let outputs = shape(of: output).channels
    guard stride > 1 || shape(of: input).channels != outputs else { return input }
    return convolutionNormActivation(
      "\(name).downsample.0", norm: "\(name).downsample.1", input, outputs: outputs,
      kernel: kernel, stride: stride, dilation: dilation, activation: nil)
  }
}
