internal import Groundwork

extension NetworkBuilder {
  /// A convolution without bias, batch norm, and an activation.
  ///
  /// - Parameters:
  ///   - name: the convolution's.
  ///   - norm: the batch norm's name.
  ///   - kernel: height and width.
  ///   - activation: none if `nil`.
  ///   - initialization: the builder's own if `nil`.
  mutating func convolutionNormActivation(
    _ name: String, norm: String, _ input: Feature, outputs: Int, kernel: Int = 1,
    stride: Int = 1, dilation: Int = 1, groups: Int = 1, padding: Padding = .centred,
    batchNorm: BatchNorm = BatchNorm(), activation: Rectifier? = .relu,
    initialization: WeightInitialization? = nil
  ) -> Feature {
    let extent = shape(of: input).extent
    let zeros = extent.extents.map {
      padding.zeros(around: $0, kernel: kernel, stride: stride, dilation: dilation)
    }
    func alike(_ value: Int) -> SpatialExtent { SpatialExtent(repeating: value, rank: extent.rank) }
    let convolved = convolution(
      name, input,
      Convolution(
        outputs: outputs, kernel: alike(kernel), stride: alike(stride),
        padding: SpatialExtent(zeros.map(\.before)),
        paddingAfter: SpatialExtent(zeros.map(\.after)), dilation: alike(dilation),
        groups: groups, hasBias: false, initialization: initialization ?? self.initialization))
    let normalized = self.batchNorm(
      norm, convolved, epsilon: batchNorm.epsilon, momentum: batchNorm.momentum)
    return activation.map { rectifier($0, normalized) } ?? normalized
  }
}
