internal import Groundwork

extension NetworkBuilder {
  /// Weighs each channel of each sample by what all channels look like on average (Hu, Shen & Sun
  /// 2018): global average, a layer `fc1` of C / reduction channels with ReLU, a layer `fc2` back to C
  /// with sigmoid.
  mutating func squeezeExcitation(
    _ name: String, _ input: Feature, reduction: Int = 16
  ) -> Feature {
    let channels = shape(of: input).channels
    var gate = adaptiveAveragePool("\(name).pool", input, bins: 1)
    gate = relu(
      convolution(
        "\(name).fc1", gate, outputs: max(1, channels / reduction), kernel: Size(square: 1)))
    gate = sigmoid(convolution("\(name).fc2", gate, outputs: channels, kernel: Size(square: 1)))
    return multiply("\(name).scale", input, by: gate)
  }
}
