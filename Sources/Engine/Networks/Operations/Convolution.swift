package import Groundwork

/// Cross-correlation with zero padding; `weight` is `[outputs, inputs, kernel.height, kernel.width]`,
/// `bias` is `[outputs]`.
package struct Convolution: Sendable, Hashable {
  package var outputs: Int
  package var kernel: Size
  package var stride = Size(height: 1, width: 1)
  package var padding = Size(height: 0, width: 0)
  package var dilation = Size(height: 1, width: 1)
  package var hasBias = true
  package var initialization = WeightInitialization.he
}

extension Convolution: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    func extent(_ input: Int, _ axis: KeyPath<Size, Int>) -> Int {
      (input + 2 * padding[keyPath: axis] - dilation[keyPath: axis] * (kernel[keyPath: axis] - 1)
        - 1)
        / stride[keyPath: axis] + 1
    }
    return [
      FeatureShape(outputs, extent(inputs[0].height, \.height), extent(inputs[0].width, \.width))
    ]
  }

  package func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] {
    let fanIn = inputs[0].channels * kernel.height * kernel.width
    let weight = ParameterDefinition(
      name: "weight", shape: [outputs, inputs[0].channels, kernel.height, kernel.width],
      initializer: initialization.initializer(fanIn: fanIn))
    let bias = ParameterDefinition(name: "bias", shape: [outputs], initializer: .constant(0))
    return hasBias ? [weight, bias] : [weight]
  }

  package func operations(for inputs: [FeatureShape]) -> Int {
    let output = outputs(for: inputs)[0]
    return 2 * output.channels * output.height * output.width * inputs[0].channels
      * kernel.height * kernel.width
  }
}
