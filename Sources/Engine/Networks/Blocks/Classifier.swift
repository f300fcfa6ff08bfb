internal import Groundwork

extension NetworkBuilder {
  /// The logits of every pixel of the image: a 1×1 convolution, and bilinear interpolation to the
  /// image's extent.
  ///
  /// - Parameter alignsCorners: as ``Resize/alignsCorners``.
  mutating func classifier(
    _ name: String, _ input: Feature, classes: Int, alignsCorners: Bool = false,
    initialization: WeightInitialization = .lecun
  ) -> Feature {
    let scores = convolution(
      name, input, outputs: classes, kernel: Size(square: 1), initialization: initialization)
    return resize("\(name).resize", scores, like: self.input, alignsCorners: alignsCorners)
  }

  /// The second head of PSPNet and its successors: a 3×3 convolution to a quarter of the channels,
  /// batch norm, ReLU, dropout of 0.1, and a classifier.
  mutating func auxiliaryClassifier(
    _ name: String, _ input: Feature, classes: Int, alignsCorners: Bool = false
  ) -> Feature {
    var x = convolutionNormActivation(
      "\(name).conv", norm: "\(name).bn", input, outputs: shape(of: input).channels / 4,
      kernel: 3)
    x = spatialDropout("\(name).dropout", x, rate: 0.1)
    return classifier("\(name).classifier", x, classes: classes, alignsCorners: alignsCorners)
  }
}
