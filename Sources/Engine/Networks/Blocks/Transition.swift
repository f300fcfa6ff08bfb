internal import Groundwork

/// What lies between the dense blocks of Jégou et al. 2017.
extension NetworkBuilder {
  /// Halves the resolution between two dense blocks: norm, ReLU, 1×1 convolution, dropout, and the
  /// maximum of 2×2 values. Odd extents are rounded down.
  mutating func transitionDown(
    _ name: String, _ input: Feature, normalization: Normalization, dropout: Float
  ) -> Feature {
    let x = denseLayer(
      name, input, outputs: shape(of: input).channels, kernel: 1, normalization: normalization,
      dropout: dropout)
    return maxPool("\(name).pool", x).maxima
  }

  /// Doubles the resolution of what a dense block made by a 3×3 transposed convolution, cuts out
  /// the middle that a skip has the extent of, and joins it with the skip.
  mutating func transitionUp(_ name: String, _ made: [Feature], skip: Feature) -> Feature {
    let joined = made.count == 1 ? made[0] : concatenate("\(name).made", made)
    let enlarged = transposedConvolution(
      "\(name).convolution", joined, outputs: shape(of: joined).channels, kernel: Size(square: 3))
    let middle = centreCrop("\(name).crop", enlarged, to: shape(of: skip).extent)
    return concatenate("\(name).join", [middle, skip])
  }
}
