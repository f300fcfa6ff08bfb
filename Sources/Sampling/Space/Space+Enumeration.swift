extension Space {
  /// Every point of a space of countable dimensions, the last of the topological order fastest; an
  /// inactive dimension makes one branch and not one for each value. Constraints are heeded.
  ///
  /// - Parameter limit: no more points than that are made.
  /// - Returns: `nil` where the points cannot be counted.
  package func points(atMost limit: Int) -> [Point]? {
    guard dimensions.allSatisfy({ $0.count != nil }) else { return nil }
    var points: [Point] = []
    var values = [Double?](repeating: nil, count: dimensions.count)
    // The number of visited branches is bounded too, where constraints leave hardly a point.
    var visits = 0
    func visit(_ depth: Int) {
      guard points.count < limit, visits < Self.maximumVisits else { return }
      guard depth < order.count else {
        visits += 1
        let point = Point(values)
        if isFeasible(point) { points.append(point) }
        return
      }
      let dimension = order[depth]
      guard isActive(dimension, in: values) else { return visit(depth + 1) }
      for index in 0..<(dimensions[dimension].count ?? 0) {
        values[dimension] = dimensions[dimension].value(index)
        visit(depth + 1)
        if points.count >= limit || visits >= Self.maximumVisits { break }
      }
      values[dimension] = nil
    }
    visit(0)
    return visits < Self.maximumVisits ? points : nil
  }

  private static let maximumVisits = 2_000_000

  /// The number of points, conditions and constraints not heeded; `nil` where it is not finite or
  /// larger than 2⁶³.
  package var product: Int? {
    var product = 1
    for dimension in dimensions {
      guard let count = dimension.count else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: count)
      if overflow { return nil }
      product = next
    }
    return product
  }

  /// The number of points there are, where it can be told without making more than 100,000.
  package var size: Int? {
    guard let product else { return nil }
    if constraints.isEmpty, dimensions.allSatisfy(\.conditions.isEmpty) { return product }
    guard product <= 100_000 else { return nil }
    return points(atMost: 100_000)?.count
  }
}
