internal import Groundwork

extension NetworkBuilder {
  /// Twice: 3×3 convolution, norm, ReLU (Ronneberger, Fischer & Brox 2015).
  ///
  /// - Parameters:
  ///   - middle: channels between the two; as many as the outputs if `nil`.
  ///   - isResidual: adds the input before the last ReLU (He, Zhang, Ren & Sun 2016), brought to the
  ///     channels of the output by a 1×1 convolution where it has others.
  mutating func doubleConvolution(
    _ name: String, _ input: Feature, middle: Int? = nil, outputs: Int,
    normalization: Normalization, isResidual: Bool = false
  ) -> Feature {
    var x = input
    for (index, channels) in [middle ?? outputs, outputs].enumerated() {
      x = convolution(
        "\(name).convolution\(index)", x, outputs: channels, kernel: Size(square: 3),
        bias: normalization.leavesBias)
      x = normalize("\(name).norm\(index)", x, normalization)
      if isResidual, index == 1 {
        x = add("\(name).sum", x, shortcut(name, input, outputs: outputs, normalization))
      }
      x = relu(x)
    }
    return x
  }

  private mutating func shortcut(
    _ name: String, _ input: Feature, outputs: Int, _ normalization: Normalization
  ) -> Feature {
    guard shape(of: input).channels != outputs else { return input }
    let x = convolution(
      "\(name).shortcut", input, outputs: outputs, kernel: Size(square: 1),
      bias: normalization.leavesBias, initialization: .lecun)
    return normalize("\(name).shortcutNorm", x, normalization)
  }
}
