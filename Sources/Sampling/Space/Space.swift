/// What a search looks through: dimensions, which of them are active when, and what must hold between
/// them. It knows no spec: values of choices are indices, everything else is a number.
package struct Space: Sendable {
  package let dimensions: [SearchDimension]
  package let constraints: [Constraint]
  /// The positions of the dimensions, each behind those that its conditions test.
  package let order: [Int]

  /// What must hold between the values of some dimensions; it holds where one of them is inactive.
  package struct Constraint: Sendable {
    package let dimensions: [Int]
    package let holds: @Sendable ([Double]) -> Bool

    package init(_ dimensions: [Int], _ holds: @escaping @Sendable ([Double]) -> Bool) {
      (self.dimensions, self.holds) = (dimensions, holds)
    }
  }

  /// Conditions that depend on themselves: the positions of the dimensions along the cycle.
  package struct Cycle: Error { package let dimensions: [Int] }

  package init(_ dimensions: [SearchDimension], constraints: [Constraint] = []) throws(Cycle) {
    (self.dimensions, self.constraints) = (dimensions, constraints)
    order = try Self.order(of: dimensions)
  }

  private static func order(of dimensions: [SearchDimension]) throws(Cycle) -> [Int] {
    var order: [Int] = []
    var placed: Set<Int> = []
    while order.count < dimensions.count {
      let ready = dimensions.indices.first { index in
        !placed.contains(index)
          && dimensions[index].conditions.allSatisfy { placed.contains($0.dimension) }
      }
      guard let ready else { throw Cycle(dimensions: cycle(in: dimensions, placed)) }
      order.append(ready)
      placed.insert(ready)
    }
    return order
  }

  /// Every dimension that is not placed has a condition on another such, so that following them ends
  /// in a cycle.
  private static func cycle(in dimensions: [SearchDimension], _ placed: Set<Int>) -> [Int] {
    var path: [Int] = []
    var next = dimensions.indices.first { !placed.contains($0) }
    while let current = next {
      if let start = path.firstIndex(of: current) { return Array(path[start...]) }
      path.append(current)
      next = dimensions[current].conditions.lazy.map(\.dimension).first { !placed.contains($0) }
    }
    return path
  }
}

/// One value for each dimension of a space, `nil` for those that are inactive.
package struct Point: Sendable, Hashable {
  package var values: [Double?]

  package init(_ values: [Double?]) { self.values = values }
}

extension Space {
  package func isActive(_ dimension: Int, in values: [Double?]) -> Bool {
    dimensions[dimension].conditions.allSatisfy { condition in
      values[condition.dimension].map { condition.holds(of: $0) } ?? false
    }
  }

  /// The point of a position in the unit cube; coordinates of inactive dimensions are ignored.
  package func point(at cube: [Double]) -> Point {
    point { dimensions[$0].value(at: cube[$0]) }
  }

  /// The point that has these values where they are active.
  package func point(_ value: (Int) -> Double) -> Point {
    var values = [Double?](repeating: nil, count: dimensions.count)
    for dimension in order where isActive(dimension, in: values) {
      values[dimension] = value(dimension)
    }
    return Point(values)
  }

  package func isFeasible(_ point: Point) -> Bool {
    constraints.allSatisfy { constraint in
      let values = constraint.dimensions.compactMap { point.values[$0] }
      return values.count < constraint.dimensions.count || constraint.holds(values)
    }
  }

  /// The dimensions with equal conditions, those without first, then in topological order.
  var regimes: [[Int]] {
    var groups: [Set<SearchDimension.Condition>: [Int]] = [[]: []]
    var keys: [Set<SearchDimension.Condition>] = [[]]
    for dimension in order {
      let key = Set(dimensions[dimension].conditions)
      if groups[key] == nil { keys.append(key) }
      groups[key, default: []].append(dimension)
    }
    return keys.compactMap { groups[$0] }.filter { !$0.isEmpty }
  }
}
