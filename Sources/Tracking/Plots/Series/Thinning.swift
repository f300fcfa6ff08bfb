/// Fewer points that look like all of them: largest triangle, three buckets (Steinarsson 2013).
package enum Thinning {
  /// Lines have no more points than this.
  package static let limit = 600

  /// The places of the points that stay, rising: the first, the last, and from each bucket between them
  /// the one that spans the largest triangle with the one chosen before and the mean of the next bucket.
  package static func largestTriangles(_ points: [PlotPoint], count: Int) -> [Int] {
    guard count >= 3, points.count > count else { return Array(points.indices) }
    let width = Double(points.count - 2) / Double(count - 2)
    func start(_ bucket: Int) -> Int {
      min(points.count - 1, Int(Double(bucket) * width) + 1)
    }
    var kept = [0]
    for bucket in 0..<count - 2 {
      let next = start(bucket + 1)..<(bucket == count - 3 ? points.count : start(bucket + 2))
      let share = 1 / Double(next.count)
      let mean = next.reduce(PlotPoint(0, 0)) { sum, index in
        PlotPoint(sum.x + points[index].x, sum.y + points[index].y)
      }
      let (x, y) = (mean.x * share, mean.y * share)
      let last = points[kept[kept.count - 1]]
      var (best, area) = (start(bucket), -1.0)
      for index in start(bucket)..<start(bucket + 1) {
        let point = points[index]
        let spanned = abs((last.x - x) * (point.y - last.y) - (last.x - point.x) * (y - last.y))
        if spanned > area { (best, area) = (index, spanned) }
      }
      kept.append(best)
    }
    return kept + [points.count - 1]
  }

  /// A line with gaps, thinned: each piece between gaps by its share, and what must stay stays, with the
  /// extremes and both ends of every gap.
  package static func thinned(
    _ points: [PlotPoint], limit: Int = limit, keeping places: Set<Int> = []
  ) -> [PlotPoint] {
    guard points.count > limit else { return points }
    var kept = places
    let finite = points.indices.filter { points[$0].x.isFinite && points[$0].y.isFinite }
    if let least = finite.min(by: { points[$0].y < points[$1].y }) { kept.insert(least) }
    if let most = finite.max(by: { points[$0].y < points[$1].y }) { kept.insert(most) }
    var piece: [Int] = []
    func close() {
      guard !piece.isEmpty else { return }
      let count = max(3, limit * piece.count / points.count)
      kept.formUnion(largestTriangles(piece.map { points[$0] }, count: count).map { piece[$0] })
      piece = []
    }
    for index in points.indices {
      if points[index].x.isFinite, points[index].y.isFinite {
        piece.append(index)
      } else {
        close()
        // One point that is not finite parts two pieces as well as many do.
        if index == 0 || points[index - 1].y.isFinite { kept.insert(index) }
      }
    }
    close()
    return kept.sorted().map { points[$0] }
  }
}
