@testable import Execution
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Solvers against PyTorch in double precision")
struct SolverGoldenTests {
  struct Case: Decodable, CustomTestStringConvertible {
    var component: String
    var fields: [String: WrittenValue]
    var rate: Double
    var decay: Double
    var start: [Float]
    var gradients: [[Float]]
    var parameters: [[Double]]

    var testDescription: String { "\(component) \(fields) decay \(decay)" }
  }

  @Test(
    "the parameters after each step",
    arguments: try Fixture.decode([Case].self, from: "golden-solvers.json"))
  func golden(_ golden: Case) throws {
    let solver = try #require(
      Registry.solvers.make(golden.component, golden.fields) as? any Solver)
    var bench = SolverBench(parameters: golden.start, solver: solver)
    for (gradients, expected) in zip(golden.gradients, golden.parameters) {
      bench.step(solver, gradients: gradients, rate: golden.rate, decay: golden.decay)
      for (value, reference) in zip(bench.parameters, expected) {
        #expect(isClose(value, reference), "step \(bench.iteration)")
      }
    }
  }
}
