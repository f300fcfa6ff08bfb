import Testing

@testable import Sampling

/// What every method promises.
struct MethodsTests {
  static let methods: [(String, any PointSampler)] = [
    ("random", RandomMethod()), ("sobol", SequenceMethod(.sobol)),
    ("halton", SequenceMethod(.halton)), ("latin_hypercube", LatinHypercubeMethod()),
    ("tpe", TPEMethod(batch: 4)), ("tpe alone", TPEMethod(batch: 3, isJoint: false)),
    ("gp", GPMethod(batch: 3, startup: 6)), ("cma_es", CMAESMethod()),
  ]

  private static func mixed() throws -> Space {
    try Space(
      [
        SearchDimension("kind", .choice(count: 3)),
        SearchDimension("rate", .logReal(lower: 1e-4, upper: 1)),
        SearchDimension("size", .lattice(lower: 8, step: 8, count: 8)),
        SearchDimension("momentum", .real(lower: 0.5, upper: 0.99), when: [.init(0, .among([1]))]),
        SearchDimension("layers", .logIntegers(lower: 1, upper: 32)),
      ], constraints: [Space.Constraint([2, 4]) { $0[0] * $0[1] <= 512 }])
  }

  private static func value(_ point: Point) -> Double {
    point.values.enumerated().reduce(0) { $0 + ($1.element ?? 0.3) * Double($1.offset + 1) * 0.1 }
  }

  /// All trials, as a runner asks for them: a batch when the one before it is done, or trial by trial.
  private static func run(
    _ method: any PointSampler, _ space: Space, trials: Int, oneByOne: Bool, seed: UInt64 = 3,
    value: (Point) -> Observation.Result
  ) throws -> [Point] {
    var history: [Observation] = []
    while history.count < trials {
      let batch = (method.batch(of: history.count, starts: 0, in: space) ?? 0..<trials)
        .clamped(to: 0..<trials)
      var points: [Point] = []
      func search() -> Search {
        Search(space, seed: seed, total: trials, history: history, pending: points)
      }
      if oneByOne {
        for index in batch {
          let isAdaptive = method.batch(of: 0, starts: 0, in: space) != nil
          let next = try method.points(
            index..<index + 1,
            isAdaptive ? search() : Search(space, seed: seed, total: trials))
          points += next
        }
      } else {
        points = try method.points(batch, search())
      }
      if points.isEmpty { break }
      history += points.map { Observation($0, value($0)) }
      if method.batch(of: 0, starts: 0, in: space) == nil { break }
    }
    return history.map(\.point)
  }

  @Test("trials are the same whether they are asked for one by one or together", arguments: methods)
  func batches(name: String, method: any PointSampler) throws {
    let space = try Self.mixed()
    let together = try Self.run(method, space, trials: 22, oneByOne: false) {
      .complete(Self.value($0))
    }
    let alone = try Self.run(method, space, trials: 22, oneByOne: true) {
      .complete(Self.value($0))
    }
    #expect(together == alone)
    #expect(together.count == 22)
    for point in together {
      #expect(space.isFeasible(point))
      #expect((point.values[3] != nil) == (point.values[0] == 1))
      #expect((1e-4...1).contains(try #require(point.values[1])))
    }
    let other = try Self.run(method, space, trials: 22, oneByOne: false, seed: 4) {
      .complete(Self.value($0))
    }
    #expect(other != together)
  }

  @Test("results without sense do no harm: constant, diverged, stopped early", arguments: methods)
  func senseless(name: String, method: any PointSampler) throws {
    let space = try Self.mixed()
    for result in [Observation.Result.complete(1), .diverged, .pruned(epoch: 3, value: .nan)] {
      let points = try Self.run(method, space, trials: 20, oneByOne: false) { _ in result }
      #expect(points.count == 20)
    }
  }

  @Test("a small space is searched without repetition and ends", arguments: methods)
  func exhausted(name: String, method: any PointSampler) throws {
    guard name != "latin_hypercube", name != "cma_es" else { return }
    let space = try Space([
      SearchDimension("kind", .choice(count: 3)),
      SearchDimension("size", .lattice(lower: 1, step: 1, count: 5)),
    ])
    let points = try Self.run(method, space, trials: 40, oneByOne: false) {
      .complete(Self.value($0))
    }
    #expect(points.count == 15)
    #expect(Set(points).count == 15)
  }

  @Test("constraints that hardly a point meets are an error", arguments: methods)
  func infeasible(name: String, method: any PointSampler) throws {
    let space = try Space(
      [SearchDimension("x", .real(lower: 0, upper: 1))],
      constraints: [Space.Constraint([0]) { $0[0] > 2 }])
    #expect(throws: SamplingError.self) {
      try method.points(0..<2, Search(space, seed: 1, total: 2))
    }
  }

  @Test("the best of given points is where generations begin")
  func starts() throws {
    let space = try Space([
      SearchDimension("x", .real(lower: 0, upper: 1)),
      SearchDimension("y", .real(lower: 0, upper: 1)),
    ])
    let given = [Point([0.9, 0.9]), Point([0.2, 0.7])]
    let method = CMAESMethod()
    #expect(method.batch(of: 1, starts: 2, in: space) == 0..<2)
    #expect(method.batch(of: 2, starts: 2, in: space) == 2..<8)
    let points = try method.points(
      2..<8,
      Search(
        space, seed: 1, total: 8, starts: given,
        history: [Observation(given[0], .complete(2)), Observation(given[1], .complete(1))]))
    let mean = points.compactMap { $0.values[0] }.reduce(0, +) / 6
    #expect((mean - 0.2).magnitude < 0.2)
  }

  @Test("two hundred hyperparameters are sampled, or refused in words", arguments: methods)
  func wide(name: String, method: any PointSampler) throws {
    let space = try Space(
      (0..<200).map { SearchDimension("\($0)", .real(lower: 0, upper: 1)) })
    if ["sobol", "halton", "gp"].contains(name) {
      #expect(method.objection(to: space) != nil)
    } else if name != "cma_es" {
      #expect(try method.points(0..<2, Search(space, seed: 1, total: 2)).count == 2)
    }
  }
}
