package import Groundwork

/// A convolutional long short-term memory (Shi et al., "Convolutional LSTM Network", NIPS 2015, without peepholes) that
/// goes through the slices of a volume, or the frames of a clip, along the first of three axes.
///
/// The input, 4 · hidden × T × H × W, is what a convolution made of the sequence for the gates: input i, forget f,
/// output o and candidate g, which stand in this order. To it the operation adds what the hidden maps of the step before give:
///
///     i, f, o, g = gates(x) + weight ∗ h₋₁ + bias
///     c = σ(f) · c₋₁ + σ(i) · tanh(g),  h = σ(o) · tanh(c)
///
/// from zeros at the first step, with zero padding that keeps the size. The output is every step's h. `weight` is
/// `[4 · hidden, hidden, kernel.height, kernel.width]` and `bias` `[4 · hidden]`; that of the forget gate begins at 1,
/// so that what was seen is kept until training finds otherwise (Jozefowicz, Zaremba & Sutskever, ICML 2015).
package struct ConvLSTM: Sendable, Hashable {
  /// Odd along both axes.
  package var kernel: SpatialExtent
  /// True where the sequence is gone through from its last step to its first.
  package var isReversed: Bool
  package var initialization: WeightInitialization

  package init(
    kernel: SpatialExtent, isReversed: Bool = false, initialization: WeightInitialization = .lecun
  ) {
    self.kernel = kernel
    self.isReversed = isReversed
    self.initialization = initialization
  }

  /// What the gates get from the hidden maps of the step before.
  package func recurrent(hidden: Int) -> Convolution {
    Convolution(
      outputs: Self.gates * hidden, kernel: kernel, padding: kernel.map { $0 / 2 }, hasBias: false,
      initialization: initialization)
  }

  /// Maps of the input for each of the output.
  package static let gates = 4
}

extension ConvLSTM: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(
      inputs[0].extent.rank == 3 && kernel.rank == 2
        && kernel.extents.allSatisfy { !$0.isMultiple(of: 2) }
        && inputs[0].channels.isMultiple(of: Self.gates), "a kernel of \(kernel) on \(inputs[0])")
    return [FeatureShape(inputs[0].channels / Self.gates, inputs[0].extent)]
  }

  package func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] {
    let hidden = outputs(for: inputs)[0].channels
    return recurrent(hidden: hidden).parameters(for: [FeatureShape(hidden, kernel)]) + [
      ParameterDefinition(
        name: "bias", shape: [Self.gates * hidden], initializer: .parts([0, 1, 0, 0]))
    ]
  }

  package func flops(for inputs: [FeatureShape]) -> Int {
    let output = outputs(for: inputs)[0], extent = output.extent
    let step = FeatureShape(output.channels, [extent.height, extent.width])
    return (extent.depth - 1) * recurrent(hidden: output.channels).flops(for: [step])
  }
}

extension OperationWriter {
  /// The gates' convolution of every step, and the memory that goes through the steps: `name.input` and
  /// `name.hidden`.
  ///
  /// - Parameter side: of both kernels.
  mutating func convLSTM(
    _ name: String, _ input: Feature, hidden: Int, side: Int, isReversed: Bool = false
  ) -> Feature {
    let gates = convolution(
      "\(name).input", input, outputs: ConvLSTM.gates * hidden, kernel: [1, side, side],
      bias: false,
      initialization: .lecun)
    let memory = ConvLSTM(kernel: [side, side], isReversed: isReversed)
    return append("\(name).hidden", .convLSTM(memory), [gates])[0]
  }
}
