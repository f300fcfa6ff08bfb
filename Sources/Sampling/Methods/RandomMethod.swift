/// Independent draws. What a trial gets does not depend on other trials, but that none is repeated
/// in a space of finitely many points.
package struct RandomMethod: PointSampler {
  package init() {}

  package func points(
    _ indices: Range<Int>, _ search: Search
  ) throws(SamplingError) -> [Point] {
    var chosen = Distinct(search)
    for index in chosen.points.count..<max(chosen.points.count, indices.upperBound) {
      guard !chosen.isExhausted else { break }
      chosen.add(try Self.draw(index, search, avoiding: chosen))
    }
    return chosen.points(indices)
  }

  static let maximumAttempts = 1000

  /// The point of one trial: each attempt is one draw for each dimension.
  static func draw(
    _ index: Int, _ search: Search, avoiding chosen: Distinct
  ) throws(SamplingError) -> Point {
    let streams = search.space.dimensions.indices.map {
      SamplingStream(seed: search.seed, .random, index: index, item: $0)
    }
    // A space of few points may need many attempts for its last one.
    let limit = chosen.isFinite ? maximumAttempts * 100 : maximumAttempts
    for attempt in 0..<limit {
      let point = search.space.point(at: streams.map { $0.uniform(attempt) })
      if search.space.isFeasible(point), !chosen.repeats(point) { return point }
    }
    throw .hardlyFeasible(attempts: limit)
  }
}

/// Points that were chosen so far, of which none is chosen twice where there are finitely many.
struct Distinct {
  private(set) var points: [Point]
  private var seen: Set<Point>
  /// The number of points there are; `nil` where they are not counted.
  private let size: Int?

  /// - Parameter points: those chosen before; the given starts of the search unless said otherwise.
  init(_ search: Search, points: [Point]? = nil) {
    self.points = points ?? search.starts
    seen = Set(self.points)
    size = search.space.size
  }

  var isFinite: Bool { size != nil }
  var isExhausted: Bool { size.map { seen.count >= $0 } ?? false }

  func repeats(_ point: Point) -> Bool { isFinite && seen.contains(point) }

  mutating func add(_ point: Point) {
    points.append(point)
    seen.insert(point)
  }

  /// Those of the points that the trials have.
  func points(_ indices: Range<Int>) -> [Point] {
    Array(points[indices.clamped(to: 0..<points.count)])
  }
}
