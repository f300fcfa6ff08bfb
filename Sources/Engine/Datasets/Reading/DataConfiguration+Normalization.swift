package import Groundwork

extension DataConfiguration {
  /// How images of such depths and statistics become a network's input.
  ///
  /// - Parameters:
  ///   - statistics: the statistics of the training images, for each channel of the input.
  ///   - depths: the depth of each image of a sample.
  package func normalizer(_ statistics: PixelStatistics, depths: [PixelDepth]) -> Normalizer {
    let pooled = statistics.pooled(stack)
    var units: [ValueRange] = []
    var spans: [ValueRange] = []
    for (image, depth) in depths.enumerated() {
      let channels = units.count..<units.count + stack.images[image]
      units += channels.map { _ in unit(of: depth) }
      let span = span(of: depth, pooled.extent(channels))
      spans += channels.map { _ in span }
    }
    let (mean, deviation) = moments(pooled, units)
    return Normalizer(
      mean: stack.repeated(mean), deviation: stack.repeated(deviation),
      of: PixelScale(
        depth: statistics.depth, unit: stack.repeated(units), span: stack.repeated(spans),
        missing: stack.repeated(pooled.mean)), fillsWithMean: normalization == .none)
  }

  /// Which samples are 0 and 1.
  private func unit(of depth: PixelDepth) -> ValueRange {
    switch depth {
    case .bits8: .bytes
    case .bits16: range ?? .words
    case .real: range ?? .unit
    }
  }

  /// Which samples are 0 and 255.
  private func span(of depth: PixelDepth, _ extent: ClosedRange<Double>?) -> ValueRange {
    // Augmentations of points work in the values themselves.
    if depth == .bits8 || stack.points != nil { return .bytes }
    if let range { return range }
    guard let extent, extent.lowerBound < extent.upperBound else {
      return ValueRange(lower: extent?.lowerBound ?? 0, upper: (extent?.lowerBound ?? 0) + 1)
    }
    return ValueRange(lower: extent.lowerBound, upper: extent.upperBound)
  }

  /// The mean and the standard deviation of values in 0…1, for each channel of the images.
  /// A channel that never varies has the deviation 1, and normalization sets it to zero.
  private func moments(
    _ pooled: PixelStatistics, _ units: [ValueRange]
  ) -> (mean: [Double], deviation: [Double]) {
    switch normalization {
    case .dataset:
      (
        zip(pooled.mean, units).map { ($0 - $1.lower) / $1.width },
        zip(pooled.deviation, units).map { deviation, unit in
          deviation.map { $0 / unit.width } ?? 1
        }
      )
    case .imagenet:
      (
        stack.images.flatMap { _ in [0.485, 0.456, 0.406] },
        stack.images.flatMap { _ in [0.229, 0.224, 0.225] }
      )
    case .none:
      (Array(repeating: 0, count: units.count), Array(repeating: 1, count: units.count))
    case .fixed(let mean, let deviation): (mean, deviation)
    }
  }
}
