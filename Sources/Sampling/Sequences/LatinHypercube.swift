/// Latin hypercubes (McKay, Beckman & Conover 1979): of N points each has a strip of its own, 1/N
/// wide, in every dimension.
package enum LatinHypercube {
  /// The strips of a dimension, one for each point.
  package static func strips(_ count: Int, dimension: Int, seed: UInt64) -> [Int] {
    SamplingStream(seed: seed, .latinPermutation, index: 0, item: dimension).permutation(count)
  }

  /// Where in its strip a point lies, in [0, 1).
  package static func place(_ index: Int, dimension: Int, seed: UInt64, attempt: Int = 0) -> Double
  {
    SamplingStream(seed: seed, .latinJitter, index: index, item: dimension).uniform(attempt)
  }
}
