import Testing

@testable import Sampling

struct SpaceTests {
  /// A choice of two; with the second a number that is 0, 1 or 2, with 2 of which another is active.
  private func space(_ constraints: [Space.Constraint] = []) throws -> Space {
    try Space(
      [
        SearchDimension(
          "depth", .lattice(lower: 5, step: 1, count: 2), when: [.init(1, .equal(2))]),
        SearchDimension(
          "level", .lattice(lower: 0, step: 1, count: 3), when: [.init(2, .among([1]))]),
        SearchDimension("kind", .choice(count: 2)),
      ], constraints: constraints)
  }

  @Test("an inactive dimension makes one branch, and what depends on it is inactive too")
  func branches() throws {
    let points = try #require(try space().points(atMost: 100))
    #expect(
      points.map(\.values) == [
        [nil, nil, 0], [nil, 0, 1], [nil, 1, 1], [5, 2, 1], [6, 2, 1],
      ])
    #expect(try space().size == 5)
  }

  @Test("a constraint on an inactive dimension holds")
  func vacuous() throws {
    let constrained = try space([Space.Constraint([0]) { $0[0] > 5 }])
    #expect(constrained.points(atMost: 100)?.count == 4)
  }

  @Test("conditions in a circle are found")
  func cycle() throws {
    let error = #expect(throws: Space.Cycle.self) {
      try Space([
        SearchDimension("free", .choice(count: 2)),
        SearchDimension("a", .choice(count: 2), when: [.init(2, .among([0]))]),
        SearchDimension(
          "b", .choice(count: 2), when: [.init(1, .among([0])), .init(0, .among([1]))]),
      ])
    }
    #expect(error?.dimensions.sorted() == [1, 2])
  }

  @Test("a space without end has no size, a large one is not enumerated")
  func sizes() throws {
    #expect(try Space([SearchDimension("x", .real(lower: 0, upper: 1))]).size == nil)
    let large = (0..<8).map { SearchDimension("\($0)", .lattice(lower: 0, step: 1, count: 1000)) }
    #expect(try Space(large).product == nil)
    #expect(try Space(Array(large.prefix(3))).size == 1_000_000_000)
  }
}
