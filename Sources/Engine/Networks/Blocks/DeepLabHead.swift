internal import Groundwork

extension NetworkBuilder {
  /// DeepLabV3's head in torchvision's form and words: the atrous pyramid, a 3×3 convolution with
  /// batch norm and ReLU, and a classifier.
  ///
  /// - Parameters:
  ///   - rates: dilations of the pyramid.
  ///   - alignsCorners: as ``Resize/alignsCorners``, on the way to the image's extent.
  mutating func deepLabHead(
    _ name: String, _ input: Feature, classes: Int, rates: [Int], dropout: Float,
    alignsCorners: Bool = false
  ) -> Feature {
    var x = AtrousPyramid(rates: rates).apply(&self, "\(name).0", input, dropout: dropout)
    x = convolutionNormActivation(
      "\(name).1", norm: "\(name).2", x, outputs: AtrousPyramid.channels, kernel: 3)
    return classifier(
      "\(name).4", x, classes: classes, alignsCorners: alignsCorners,
      initialization: initialization)
  }
}
