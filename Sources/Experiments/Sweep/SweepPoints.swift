internal import Datasets
internal import Sampling

/// The points of a sweep's space and how they are chosen.
struct SweepPoints: Sendable {
  let swept: SweptSpace
  let sampler: any PointSampler
  let seed: UInt64
  /// The number of points in the end.
  let total: Int
  let starts: [Point]

  /// The points that are decided together with one; `nil` where no results are waited for.
  func batch(of index: Int) -> Range<Int>? {
    sampler.batch(of: index, starts: starts.count, in: swept.space)?.clamped(to: 0..<total)
  }

  /// All points, or those of the next batch where results decide.
  ///
  /// - Parameter history: every point so far with its result.
  func next(after history: [Observation]) throws(SamplingError) -> [Point] {
    guard history.count < total else { return [] }
    return try sampler.points(
      batch(of: history.count) ?? 0..<total,
      Search(swept.space, seed: seed, total: total, starts: starts, history: history))
  }
}
