package import Groundwork

/// The gradient of a convolution with respect to its input, used to enlarge; `weight` is
/// `[inputs, outputs, …kernel]`, for images `[inputs, outputs, kernel.height, kernel.width]`; `bias`
/// is `[outputs]`.
package struct TransposedConvolution: Sendable, Hashable {
  package var outputs: Int
  package var kernel: SpatialExtent
  package var stride: SpatialExtent
  package var padding: SpatialExtent
  /// What is added at the far end of each axis (bottom and right), so that an even extent can be
  /// reached.
  package var outputPadding: SpatialExtent
  package var hasBias: Bool
  package var initialization: WeightInitialization

  /// Where nothing else is said, the stride is 2 along every axis, without padding.
  package init(
    outputs: Int, kernel: SpatialExtent, stride: SpatialExtent? = nil,
    padding: SpatialExtent? = nil, outputPadding: SpatialExtent? = nil, hasBias: Bool = true,
    initialization: WeightInitialization = .he
  ) {
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride ?? kernel.map { _ in 2 }
    self.padding = padding ?? kernel.map { _ in 0 }
    self.outputPadding = outputPadding ?? kernel.map { _ in 0 }
    self.hasBias = hasBias
    self.initialization = initialization
  }
}

extension TransposedConvolution: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    let input = inputs[0].extent
    precondition(input.rank == kernel.rank, "a kernel of \(kernel) on \(inputs[0])")
    let extent = SpatialExtent(rank: kernel.rank) { axis in
      stride[axis] * (input[axis] - 1) + kernel[axis] - 2 * padding[axis] + outputPadding[axis]
    }
    return [FeatureShape(outputs, extent)]
  }

  package func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] {
    let shape = [inputs[0].channels, outputs] + kernel.extents
    let weight = ParameterDefinition(
      name: "weight", shape: shape,
      initializer: initialization.initializer(
        transposed: shape, taps: max(1, kernel.count / stride.count)))
    let bias = ParameterDefinition(name: "bias", shape: [outputs], initializer: .constant(0))
    return hasBias ? [weight, bias] : [weight]
  }

  package func flops(for inputs: [FeatureShape]) -> Int {
    2 * inputs[0].channels * inputs[0].area * outputs * kernel.count
  }
}

extension OperationWriter {
  /// - Parameters:
  ///   - stride: 2 along every axis if `nil`.
  ///   - initialization: the builder's own if `nil`.
  mutating func transposedConvolution(
    _ name: String, _ input: Feature, outputs: Int, kernel: SpatialExtent,
    stride: SpatialExtent? = nil, padding: SpatialExtent? = nil,
    outputPadding: SpatialExtent? = nil, bias: Bool = true,
    initialization: WeightInitialization? = nil
  ) -> Feature {
    let convolution = TransposedConvolution(
      outputs: outputs, kernel: kernel, stride: stride, padding: padding,
      outputPadding: outputPadding, hasBias: bias,
      initialization: initialization ?? self.initialization)
    return append(name, .transposedConvolution(convolution), [input])[0]
  }
}
