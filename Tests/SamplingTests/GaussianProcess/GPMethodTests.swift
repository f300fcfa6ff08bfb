import Testing

@testable import Sampling

struct GPMethodTests {
  @Test("every third batch trusts the fitted lengths less and looks elsewhere")
  func cautiousBatches() throws {
    let space = try Space(
      ["x", "y"].map { SearchDimension($0, .real(lower: 0, upper: 1)) })
    let places = [
      (0.1, 0.2), (0.8, 0.3), (0.4, 0.9), (0.6, 0.6), (0.3, 0.5), (0.9, 0.8), (0.2, 0.7),
      (0.5, 0.1), (0.32, 0.58), (0.7, 0.95), (0.28, 0.62),
    ]
    let history = places.map { x, y in
      Observation(
        Point([x, y]), .complete((x - 0.3) * (x - 0.3) + (y - 0.6) * (y - 0.6)))
    }
    func y(of index: Int) throws -> Double {
      let search = Search(space, seed: 1, total: 50, history: history)
      let points = try GPMethod(batch: 1).points(index..<index + 1, search)
      return try #require(points.first?.values[1])
    }
    // The fit takes the bowl for a slope with an end in the corner.
    for index in [30, 31, 33, 34] {
      let ordinary = try y(of: index)
      #expect(ordinary > 0.99)
    }
    for index in [32, 35] {
      let cautious = try y(of: index)
      #expect((cautious - 0.573).magnitude < 0.01)
    }
  }
}
