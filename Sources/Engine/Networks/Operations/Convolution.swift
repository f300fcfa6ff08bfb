package import Groundwork

/// Cross-correlation with zero padding, along as many axes as the kernel has: `weight` is
/// `[outputs, inputs / groups, …kernel]`, for images `[outputs, inputs / groups, kernel.height,
/// kernel.width]`; `bias` is `[outputs]`.
///
/// In groups, a part of the outputs sees the same part of the inputs alone. As many groups as inputs
/// make the convolution depthwise.
package struct Convolution: Sendable, Hashable {
  package var outputs: Int
  package var kernel: SpatialExtent
  package var stride: SpatialExtent
  /// Zeros before the first value along each axis: above and to the left.
  package var padding: SpatialExtent
  /// Zeros behind the last value: below and to the right. The two differ in networks that come from
  /// TensorFlow, whose "same" padding of an even extent at a stride of 2 lies behind it alone.
  package var paddingAfter: SpatialExtent
  package var dilation: SpatialExtent
  package var groups: Int
  package var hasBias: Bool
  package var initialization: WeightInitialization

  /// Where nothing else is said, windows stand one value apart, without padding or dilation.
  package init(
    outputs: Int, kernel: SpatialExtent, stride: SpatialExtent? = nil,
    padding: SpatialExtent? = nil, paddingAfter: SpatialExtent? = nil,
    dilation: SpatialExtent? = nil, groups: Int = 1, hasBias: Bool = true,
    initialization: WeightInitialization = .he
  ) {
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride ?? kernel.map { _ in 1 }
    let padding = padding ?? kernel.map { _ in 0 }
    self.padding = padding
    self.paddingAfter = paddingAfter ?? padding
    self.dilation = dilation ?? kernel.map { _ in 1 }
    self.groups = groups
    self.hasBias = hasBias
    self.initialization = initialization
  }
}

extension Convolution: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    let input = inputs[0].extent
    precondition(input.rank == kernel.rank, "a kernel of \(kernel) on \(inputs[0])")
    let extent = SpatialExtent(rank: kernel.rank) { axis in
      let padded = input[axis] + padding[axis] + paddingAfter[axis]
      return (padded - dilation[axis] * (kernel[axis] - 1) - 1) / stride[axis] + 1
    }
    return [FeatureShape(outputs, extent)]
  }

  package func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] {
    let shape = [outputs, inputsPerGroup(inputs[0])] + kernel.extents
    let weight = ParameterDefinition(
      name: "weight", shape: shape, initializer: initialization.initializer(convolution: shape))
    let bias = ParameterDefinition(name: "bias", shape: [outputs], initializer: .constant(0))
    return hasBias ? [weight, bias] : [weight]
  }

  package func flops(for inputs: [FeatureShape]) -> Int {
    let output = outputs(for: inputs)[0]
    return 2 * output.channels * output.area * inputsPerGroup(inputs[0]) * kernel.count
  }

  private func inputsPerGroup(_ input: FeatureShape) -> Int {
    precondition(
      input.channels.isMultiple(of: groups) && outputs.isMultiple(of: groups),
      "\(groups) groups from \(input.channels) to \(outputs) channels")
    return input.channels / groups
  }
}

extension Convolution {
  /// True where every channel is convolved with kernels of its own.
  package func isDepthwise(of inputs: Int) -> Bool { groups == inputs && outputs == inputs }
}

extension OperationWriter {
  /// "Same" padding, so that a stride of 1 keeps the extent; a window that is as large as its stride
  /// has none.
  ///
  /// - Parameters:
  ///   - stride: 1 along every axis if `nil`. The same holds for `dilation`.
  ///   - initialization: the builder's own if `nil`.
  mutating func convolution(
    _ name: String, _ input: Feature, outputs: Int, kernel: SpatialExtent,
    stride: SpatialExtent? = nil, dilation: SpatialExtent? = nil, groups: Int = 1,
    bias: Bool = true, initialization: WeightInitialization? = nil
  ) -> Feature {
    let stride = stride ?? kernel.map { _ in 1 }, dilation = dilation ?? kernel.map { _ in 1 }
    let padding = SpatialExtent(rank: kernel.rank) { axis in
      kernel[axis] == stride[axis] ? 0 : dilation[axis] * (kernel[axis] - 1) / 2
    }
    return convolution(
      name, input,
      Convolution(
        outputs: outputs, kernel: kernel, stride: stride, padding: padding, dilation: dilation,
        groups: groups, hasBias: bias, initialization: initialization ?? self.initialization))
  }

  mutating func convolution(
    _ name: String, _ input: Feature, _ convolution: Convolution
  ) -> Feature {
    append(name, .convolution(convolution), [input])[0]
  }
}
