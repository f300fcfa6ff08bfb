import Engine
import Testing

/// What every solver promises, checked for each of the list.
@Suite("Every solver")
struct SolverConformanceTests {
  static let names = Registry.solvers.names

  func make(_ name: String) throws -> any Solver {
    try #require(Registry.solvers.makeDefault(name) as? any Solver)
  }

  func random(_ count: Int, seed: UInt64) -> [Float] {
    var stream = RandomStream(seed: seed, purpose: .init("solver bench"))
    return (0..<count).map { _ in stream.uniform(-1, 1) }
  }

  @Test("stopped, copied and continued it ends where it would have", arguments: names)
  func resume(name: String) throws {
    let solver = try make(name)
    var through = SolverBench(parameters: random(100, seed: 0), solver: solver)
    var checkpoint = through
    for step in 1...9 {
      through.step(solver, gradients: random(100, seed: UInt64(step)), decay: 0.01)
      if step == 4 { checkpoint = through }
    }
    let continued = try make(name)
    for step in 5...9 {
      checkpoint.step(continued, gradients: random(100, seed: UInt64(step)), decay: 0.01)
    }
    #expect(checkpoint == through)
  }

  @Test("threads do not change a bit, nor do neighbours", arguments: names)
  func threads(name: String) throws {
    let solver = try make(name)
    let count = 2 * 16384 + 37
    let gradients = random(count, seed: 1)
    let start = SolverBench(parameters: random(count, seed: 0), solver: solver)
    var serial = start
    var threaded = start
    var part = SolverBench(parameters: Array(start.parameters[7..<40]), solver: solver)
    for _ in 0..<3 {
      serial.step(solver, gradients: gradients, decay: 0.01)
      threaded.step(solver, gradients: gradients, decay: 0.01, threads: 3)
      part.step(solver, gradients: Array(gradients[7..<40]), decay: 0.01)
    }
    #expect(threaded == serial)
    #expect(part.parameters == Array(serial.parameters[7..<40]))
  }

  @Test("it finds the lowest point of a bowl", arguments: names)
  func bowl(name: String) throws {
    let solver = try make(name)
    var bench = SolverBench(parameters: [1, -2], solver: solver)
    for _ in 0..<400 {
      bench.step(
        solver, gradients: [bench.parameters[0], 3 * bench.parameters[1]], rate: 0.02)
    }
    #expect(bench.parameters.allSatisfy { abs($0) < 0.02 })
  }

  @Test("at a rate of 0 nothing moves but the slots", arguments: names)
  func standing(name: String) throws {
    let solver = try make(name)
    var bench = SolverBench(parameters: [1, -2], solver: solver)
    bench.step(solver, gradients: [1, 1], rate: 0)
    #expect(bench.parameters == [1, -2])
  }

  @Test("a gradient that is not a number is seen in its parameter alone", arguments: names)
  func notANumber(name: String) throws {
    let solver = try make(name)
    var bench = SolverBench(parameters: [1, -2], solver: solver)
    bench.step(solver, gradients: [.nan, 1])
    bench.step(solver, gradients: [1, 1])
    #expect(bench.parameters[0].isNaN)
    #expect(bench.parameters[1].isFinite)
  }

  @Test("slots have distinct names", arguments: names)
  func slotNames(name: String) throws {
    let names = try make(name).slotNames
    #expect(Set(names).count == names.count)
  }
}
