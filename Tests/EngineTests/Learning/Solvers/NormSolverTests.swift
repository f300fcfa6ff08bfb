@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Solvers that measure steps against norms")
struct NormSolverTests {
  static let names = ["LAMB", "LARS"]

  private func step(
    _ name: String, parameters: [Float], gradients: [Float], tensorLengths: [Int]
  ) throws -> [Float] {
    let solver = try #require(Registry.solvers.makeDefault(name) as? any Solver)
    var bench = SolverBench(
      parameters: parameters, solver: solver, tensorLengths: tensorLengths)
    bench.step(solver, gradients: gradients, decay: 0.01)
    return bench.parameters
  }

  @Test("each tensor has its own norm", arguments: names)
  func tensors(name: String) throws {
    let (parameters, gradients): ([Float], [Float]) = ([1, -2, 30, 40], [0.5, -1, 2, 3])
    let both = try step(
      name, parameters: parameters, gradients: gradients, tensorLengths: [2, 2])
    let first = try step(name, parameters: [1, -2], gradients: [0.5, -1], tensorLengths: [2])
    let second = try step(name, parameters: [30, 40], gradients: [2, 3], tensorLengths: [2])
    #expect(both == first + second)
    let one = try step(name, parameters: parameters, gradients: gradients, tensorLengths: [4])
    #expect(one != both)
  }

  @Test("a tensor of zeros begins to move", arguments: names)
  func zeros(name: String) throws {
    let moved = try step(name, parameters: [0, 0], gradients: [1, -1], tensorLengths: [2])
    #expect(moved[0] < 0 && moved[1] > 0)
  }

  @Test("a tensor without a gradient stays finite", arguments: names)
  func noGradient(name: String) throws {
    let moved = try step(name, parameters: [1, -1], gradients: [0, 0], tensorLengths: [2])
    #expect(moved.allSatisfy { $0.isFinite })
  }

  // The first step of LAMB without decay is η‖θ‖/√n in each of n elements: û is the gradient's sign.
  @Test("norms over many chunks are those of the whole tensor")
  func chunks() throws {
    let count = 3 * 16384 + 5
    let parameters = (0..<count).map { Float($0 % 11) - 5 }
    let solver = try #require(Registry.solvers.makeDefault("LAMB") as? any Solver)
    var bench = SolverBench(parameters: parameters, solver: solver)
    bench.step(solver, gradients: [Float](repeating: 1, count: count), threads: 2)
    let norm = parameters.reduce(0.0) { $0 + Double($1 * $1) }.squareRoot()
    let expected = 0.1 * norm / Double(count).squareRoot()
    for (after, before) in zip(bench.parameters, parameters) {
      #expect(abs(Double(before - after) - expected) < 1e-5)
    }
  }
}
