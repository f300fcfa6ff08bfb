/// The first d channels of every place times a matrix of each sample, xᵀ · (I + T): what a network that sees
/// points turns them by (Qi, Su, Mo & Guibas, "PointNet", CVPR 2017). The channels behind them stay.
///
/// Inputs: the features, and T, d² channels at one place, row by row. As T is a difference from the identity,
/// zeros move nothing.
package struct PointTransform: Sendable, Hashable {
  /// d, of channels that are moved.
  package var size: Int

  package init(size: Int) { self.size = size }

  /// The kernels have room for so many.
  package static let maximumSize = 128
}

extension PointTransform: ShapeKeepingOperation {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    let (features, matrix) = (inputs[0], inputs[1])
    precondition(
      (1...Self.maximumSize).contains(size) && size <= features.channels
        && matrix.channels == size * size && matrix.area == 1,
      "\(matrix) is no matrix that moves \(size) channels of \(features)")
    return [features]
  }

  package func flops(for inputs: [FeatureShape]) -> Int { 2 * size * size * inputs[0].area }
}

extension OperationWriter {
  /// - Parameter matrix: d² channels at one place, of which d of the input are moved.
  mutating func pointTransform(
    _ name: String, _ input: Feature, by matrix: Feature, size: Int
  ) -> Feature {
    append(name, .pointTransform(PointTransform(size: size)), [input, matrix])[0]
  }
}
