package import Groundwork

/// Cross-correlation with zero padding, along as many axes as the kernel has: `weight` is
/// `[outputs, inputs, …kernel]`, for images `[outputs, inputs, kernel.height, kernel.width]`; `bias`
/// is `[outputs]`.
package struct Convolution: Sendable, Hashable {
  package var outputs: Int
  package var kernel: SpatialExtent
  package var stride: SpatialExtent
  package var padding: SpatialExtent
  package var dilation: SpatialExtent
  package var hasBias: Bool
  package var initialization: WeightInitialization

  /// Where nothing else is said, windows stand one value apart, without padding or dilation.
  package init(
    outputs: Int, kernel: SpatialExtent, stride: SpatialExtent? = nil,
    padding: SpatialExtent? = nil, dilation: SpatialExtent? = nil, hasBias: Bool = true,
    initialization: WeightInitialization = .he
  ) {
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride ?? kernel.map { _ in 1 }
    self.padding = padding ?? kernel.map { _ in 0 }
    self.dilation = dilation ?? kernel.map { _ in 1 }
    self.hasBias = hasBias
    self.initialization = initialization
  }
}

extension Convolution: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    let input = inputs[0].extent
    precondition(input.rank == kernel.rank, "a kernel of \(kernel) on \(inputs[0])")
    let extent = SpatialExtent(rank: kernel.rank) { axis in
      (input[axis] + 2 * padding[axis] - dilation[axis] * (kernel[axis] - 1) - 1) / stride[axis] + 1
    }
    return [FeatureShape(outputs, extent)]
  }

  package func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] {
    let weight = ParameterDefinition(
      name: "weight", shape: [outputs, inputs[0].channels] + kernel.extents,
      initializer: initialization.initializer(fanIn: inputs[0].channels * kernel.count))
    let bias = ParameterDefinition(name: "bias", shape: [outputs], initializer: .constant(0))
    return hasBias ? [weight, bias] : [weight]
  }

  package func flops(for inputs: [FeatureShape]) -> Int {
    let output = outputs(for: inputs)[0]
    return 2 * output.channels * output.area * inputs[0].channels * kernel.count
  }
}
