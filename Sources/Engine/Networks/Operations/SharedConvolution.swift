package import Groundwork

/// One kernel applied at several dilations (Huang, Wang, Jia & He 2019): an output for each, all at
/// the extent of the input, from the same `weight` `[outputs, inputs, …kernel]`. There is no bias.
package struct SharedConvolution: Sendable, Hashable {
  package var outputs: Int
  /// Odd along every axis.
  package var kernel: SpatialExtent
  package var dilations: [Int]
  package var initialization: WeightInitialization = .he

  /// The convolution of one dilation.
  package func convolution(dilation: Int) -> Convolution {
    Convolution(
      outputs: outputs, kernel: kernel, padding: kernel.map { dilation * ($0 - 1) / 2 },
      dilation: kernel.map { _ in dilation }, hasBias: false, initialization: initialization)
  }
}

extension SharedConvolution: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    dilations.map { convolution(dilation: $0).outputs(for: inputs)[0] }
  }

  package func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] {
    convolution(dilation: 1).parameters(for: inputs)
  }

  package func flops(for inputs: [FeatureShape]) -> Int {
    dilations.count * convolution(dilation: 1).flops(for: inputs)
  }
}

extension OperationWriter {
  /// - Returns: an output for each dilation.
  mutating func sharedConvolution(
    _ name: String, _ input: Feature, outputs: Int, kernel: SpatialExtent, dilations: [Int]
  ) -> [Feature] {
    append(
      name,
      .sharedConvolution(
        SharedConvolution(
          outputs: outputs, kernel: kernel, dilations: dilations, initialization: initialization)),
      [input])
  }
}
