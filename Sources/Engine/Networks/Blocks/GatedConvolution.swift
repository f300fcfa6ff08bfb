internal import Groundwork

extension NetworkBuilder {
  /// Lets through the boundaries that a map of another stream agrees on (Takikawa, Acuna, Jampani &
  /// Fidler 2019): a 1×1 convolution of x ⊙ (α + 1), where α, one value a place between 0 and 1,
  /// comes from both maps side by side.
  ///
  /// - Parameter side: one channel, of the input's extent.
  mutating func gatedConvolution(_ name: String, _ input: Feature, side: Feature) -> Feature {
    let channels = shape(of: input).channels
    var gate = concatenate("\(name).join", [input, side])
    gate = batchNorm("\(name).gate.0", gate)
    gate = relu(
      convolution("\(name).gate.1", gate, outputs: channels + 1, kernel: Size(square: 1)))
    gate = convolution("\(name).gate.3", gate, outputs: 1, kernel: Size(square: 1))
    gate = sigmoid(batchNorm("\(name).gate.4", gate))
    let opened = add("\(name).sum", multiply("\(name).product", input, by: gate), input)
    return convolution(
      name, opened, outputs: channels, kernel: Size(square: 1), bias: false,
      initialization: .lecun)
  }
}
