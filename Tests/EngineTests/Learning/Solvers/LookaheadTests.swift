@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Lookahead")
struct LookaheadTests {
  private func lookahead(_ inner: String) throws -> any Solver {
    let fields = try #require(Registry.solvers.find(inner)).fields
    let required: [String: FieldValue] =
      ["LOOKAHEAD", "SAM"].contains(inner)
      ? ["inner": FieldType.solver.smallestValue] : [:]
    let settings = ComponentSettings(name: inner, values: FieldValues(required, of: fields))
    return try #require(
      Registry.solvers.makeDefault("LOOKAHEAD", ["inner": .solver(settings)]) as? any Solver)
  }

  @Test(
    "it goes around every solver, keeping that one's state",
    arguments: Registry.solvers.names.filter { !["LOOKAHEAD", "RANGER"].contains($0) })
  func inner(name: String) throws {
    let inner = try #require(Registry.solvers.makeDefault(name) as? any Solver)
    let solver = try lookahead(name)
    #expect(solver.stateNames == inner.stateNames + ["slow_weights"])
    var alone = SolverBench(parameters: [1, -2], solver: inner)
    var followed = SolverBench(parameters: [1, -2], solver: solver)
    for step in 1...6 {
      alone.step(inner, gradients: [0.5, -1])
      followed.step(solver, gradients: [0.5, -1])
      #expect((followed.parameters == alone.parameters) == (step < 6))
    }
    for (start, (fast, slow)) in zip([Float(1), -2], zip(alone.parameters, followed.parameters)) {
      #expect(isClose(slow, Double(start + fast) / 2))
    }
    #expect(followed.states.last == followed.parameters)
  }

  @Test("slow weights behind slow weights are refused", arguments: ["LOOKAHEAD", "RANGER"])
  func twice(name: String) throws {
    #expect {
      try lookahead(name)
    } throws: {
      ($0 as? ComponentError)?.field == "inner"
    }
  }

  @Test("RANGER is LOOKAHEAD around RADAM")
  func ranger() throws {
    let ranger = try #require(Registry.solvers.makeDefault("RANGER") as? any Solver)
    let same = try lookahead("RADAM")
    var first = SolverBench(parameters: [1, -2], solver: ranger)
    var second = SolverBench(parameters: [1, -2], solver: same)
    for _ in 0..<14 {
      first.step(ranger, gradients: [0.5, -1], decay: 0.01)
      second.step(same, gradients: [0.5, -1], decay: 0.01)
    }
    #expect(first == second)
  }
}
