/// How a box is said relative to another one (Girshick, Donahue, Darrell & Malik, CVPR 2014): the way
/// between the middles in sizes of the other, and the logarithms of the ratios of the sizes, each times a
/// weight.
package struct BoxCoding: Sendable, Hashable {
  /// Of x, y, width and height.
  package var weights: SIMD4<Float>

  package init(weights: SIMD4<Float>) { self.weights = weights }

  /// Boxes do not grow more at once: ln(1000 / 16), as in Detectron.
  package static let largestGrowth: Float = 4.135_166_556_742_356
}

/// How many examples of an image are trained on.
package struct ExampleSampling: Sendable, Hashable {
  package var count: Int
  /// So large a part of them is of objects at most.
  package var positiveFraction: Double
  /// An overlap with an object from which on an example is of it.
  package var foregroundOverlap: Float
  /// An overlap with every object below which an example is background; between the two it is neither.
  package var backgroundOverlap: Float

  package var mostPositives: Int { Int(Double(count) * positiveFraction) }
}
