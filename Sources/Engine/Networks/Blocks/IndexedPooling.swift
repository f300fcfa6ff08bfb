internal import Groundwork

/// A map that was halved, and what is needed to put its values back.
struct IndexedPool {
  var maxima: NetworkBuilder.Feature
  /// Where in its window each maximum stood.
  var positions: NetworkBuilder.Feature
  /// What was pooled had that extent.
  var extent: SpatialExtent
}

/// SegNet's pair of pooling and unpooling (Badrinarayanan, Kendall & Cipolla 2017).
extension NetworkBuilder {
  /// The maximum of 2×2 values; odd extents are rounded up, as in Caffe.
  mutating func indexedPool(_ name: String, _ input: Feature) -> IndexedPool {
    let window = PoolingWindow(size: [2, 2], roundsUp: true)
    let (maxima, positions) = maxPool(name, input, window)
    return IndexedPool(
      maxima: maxima, positions: positions, extent: shape(of: input).extent)
  }

  /// Each value at the place of the maximum that the pooling took, in a map of zeros.
  mutating func unpool(_ name: String, _ input: Feature, _ pool: IndexedPool) -> Feature {
    maxUnpool(name, input, positions: pool.positions, extent: pool.extent)
  }
}
