internal import Groundwork

extension NetworkBuilder {
  /// A convolution channel by channel and a 1×1 convolution across channels, each with batch norm
  /// (Chollet 2017): `conv_dw`, `bn_dw`, `conv_pw`, `bn_pw`.
  ///
  /// - Parameters:
  ///   - innerActivation: behind the first batch norm; none if `nil`.
  ///   - activation: behind the second; none if `nil`.
  mutating func separableConvolution(
    _ name: String, _ input: Feature, outputs: Int, kernel: Int = 3, stride: Int = 1,
    dilation: Int = 1, batchNorm: BatchNorm = BatchNorm(), innerActivation: Rectifier? = nil,
    activation: Rectifier? = .relu
  ) -> Feature {
    let inputs = shape(of: input).channels
    let filtered = convolutionNormActivation(
      "\(name).conv_dw", norm: "\(name).bn_dw", input, outputs: inputs, kernel: kernel,
      stride: stride, dilation: dilation, groups: inputs, batchNorm: batchNorm,
      activation: innerActivation)
    return convolutionNormActivation(
      "\(name).conv_pw", norm: "\(name).bn_pw", filtered, outputs: outputs,
      batchNorm: batchNorm, activation: activation)
  }
}
