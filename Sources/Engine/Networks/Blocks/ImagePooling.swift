internal import Groundwork

extension NetworkBuilder {
  /// The mean of the whole map behind a 1×1 convolution and batch norm, repeated at every place
  /// (Liu, Rabinovich & Berg, "ParseNet", 2015): `1` is the convolution and `2` the norm, as in
  /// torchvision.
  ///
  /// - Parameter activation: none if `nil`.
  mutating func imagePooling(
    _ name: String, _ input: Feature, outputs: Int, activation: Rectifier? = .relu
  ) -> Feature {
    let mean = adaptiveAveragePool("\(name).0", input, bins: 1)
    let x = convolutionNormActivation(
      "\(name).1", norm: "\(name).2", mean, outputs: outputs, activation: activation)
    return resize("\(name).resize", x, like: input)
  }
}
