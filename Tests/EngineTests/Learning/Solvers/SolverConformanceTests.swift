@testable import Datasets
@testable import Groundwork
@testable import Learning
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
    let start = SolverBench(
      parameters: random(count, seed: 0), solver: solver, tensorLengths: [7, 33, count - 40])
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

  /// Of the solvers whose rates are of another kind.
  static let bowlRates = ["ADAGRAD": 0.5, "ADADELTA": 10, "LAMB": 0.1, "LARS": 10, "RANGER": 0.2]

  @Test("it finds the lowest point of a bowl", arguments: names)
  func bowl(name: String) throws {
    let solver = try make(name)
    var bench = SolverBench(parameters: [1, -2], solver: solver, tensorLengths: [1, 1])
    let rate = Self.bowlRates[name] ?? 0.05
    for step in 0..<400 {
      bench.step(
        solver, gradients: [bench.parameters[0], 3 * bench.parameters[1]],
        rate: rate * (1 - Double(step) / 400))
    }
    #expect(bench.parameters.allSatisfy { abs($0) < 0.02 })
  }

  @Test("at a rate of 0 nothing moves but the state", arguments: names)
  func standing(name: String) throws {
    let solver = try make(name)
    var bench = SolverBench(parameters: [1, -2], solver: solver)
    bench.step(solver, gradients: [1, 1], rate: 0)
    #expect(bench.parameters == [1, -2])
  }

  @Test("a gradient that is not a number is seen in its parameter alone", arguments: names)
  func notANumber(name: String) throws {
    let solver = try make(name)
    var bench = SolverBench(parameters: [1, -2], solver: solver, tensorLengths: [1, 1])
    bench.step(solver, gradients: [.nan, 1])
    bench.step(solver, gradients: [1, 1])
    #expect(bench.parameters[0].isNaN)
    #expect(bench.parameters[1].isFinite)
  }

  @Test("multipliers of a tensor are those of its rate and decay", arguments: names)
  func multipliers(name: String) throws {
    let solver = try make(name)
    let start = SolverBench(parameters: random(50, seed: 0), solver: solver)
    var plain = start
    var multiplied = start
    (multiplied.rateMultiplier, multiplied.decayMultiplier) = (0.5, 0.25)
    for step in 1...7 {
      let gradients = random(50, seed: UInt64(step))
      plain.step(solver, gradients: gradients, rate: 0.05, decay: 0.01)
      multiplied.step(solver, gradients: gradients, rate: 0.1, decay: 0.04)
    }
    #expect(multiplied.parameters == plain.parameters)
  }

  @Test("a tensor whose rate is multiplied by 0 stays", arguments: names)
  func frozen(name: String) throws {
    let solver = try make(name)
    let start = SolverBench(parameters: random(50, seed: 0), solver: solver)
    var bench = start
    bench.rateMultiplier = 0
    for step in 1...7 {
      bench.step(solver, gradients: random(50, seed: UInt64(step)), decay: 0.01)
    }
    #expect(bench.parameters == start.parameters)
  }

  @Test("it clips a gradient before it does anything else with it", arguments: names)
  func clipping(name: String) throws {
    let solver = try make(name)
    let start = SolverBench(parameters: random(50, seed: 0), solver: solver)
    var clipping = start
    var clipped = start
    for step in 1...7 {
      let gradients = random(50, seed: UInt64(step))
      clipping.step(
        solver, gradients: gradients, decay: 0.01, clipping: .init(limit: 0.5, scale: 0.3))
      clipped.step(
        solver, gradients: gradients.map { min(max($0, -0.5), 0.5) * 0.3 }, decay: 0.01)
    }
    #expect(clipping == clipped)
  }

  @Test("where there is no gradient nothing moves but by weight decay, to 0", arguments: names)
  func decay(name: String) throws {
    let solver = try make(name)
    let start = SolverBench(parameters: [1, -2], solver: solver)
    var plain = start
    var decayed = start
    for _ in 0..<3 {
      plain.step(solver, gradients: [0, 0], rate: 0.01)
      decayed.step(solver, gradients: [0, 0], rate: 0.01, decay: 5)
    }
    #expect(plain.parameters == start.parameters)
    #expect(decayed.parameters[0] > 0 && decayed.parameters[0] < 1)
    #expect(decayed.parameters[1] < 0 && decayed.parameters[1] > -2)
  }

  @Test("states have distinct names", arguments: names)
  func stateNames(name: String) throws {
    let names = try make(name).stateNames
    #expect(Set(names).count == names.count)
  }
}
