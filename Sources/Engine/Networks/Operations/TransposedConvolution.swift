package import Groundwork

/// The gradient of a convolution with respect to its input, used to enlarge; `weight` is
/// `[inputs, outputs, kernel.height, kernel.width]`, `bias` is `[outputs]`.
package struct TransposedConvolution: Sendable, Hashable {
  package var outputs: Int
  package var kernel: Size
  package var stride = Size(height: 2, width: 2)
  package var padding = Size(height: 0, width: 0)
  /// Rows and columns added at the bottom and right, so that an even size can be reached.
  package var outputPadding = Size(height: 0, width: 0)
  package var hasBias = true
  package var initialization = WeightInitialization.he
}

extension TransposedConvolution: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    func extent(_ input: Int, _ axis: KeyPath<Size, Int>) -> Int {
      stride[keyPath: axis] * (input - 1) + kernel[keyPath: axis] - 2 * padding[keyPath: axis]
        + outputPadding[keyPath: axis]
    }
    return [
      FeatureShape(outputs, extent(inputs[0].height, \.height), extent(inputs[0].width, \.width))
    ]
  }

  package func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] {
    // Each output pixel receives one tap in stride² of the kernel from every input channel.
    let taps = max(1, kernel.height * kernel.width / (stride.height * stride.width))
    let weight = ParameterDefinition(
      name: "weight", shape: [inputs[0].channels, outputs, kernel.height, kernel.width],
      initializer: initialization.initializer(fanIn: inputs[0].channels * taps))
    let bias = ParameterDefinition(name: "bias", shape: [outputs], initializer: .constant(0))
    return hasBias ? [weight, bias] : [weight]
  }

  package func operations(for inputs: [FeatureShape]) -> Int {
    2 * inputs[0].channels * inputs[0].height * inputs[0].width * outputs * kernel.height
      * kernel.width
  }
}
