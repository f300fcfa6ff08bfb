@testable import Experiments
@testable import Groundwork
import Testing

@Suite("Pruners")
struct PrunerTests {
  @Test("the example of every pruner is a sweep that can be read")
  func examples() throws {
    for type in Registry.pruners.components {
      let plan = try SampleSpecs.plan(SampleSpecs.minimal + "\n" + type.example)
      #expect(plan.pruner?.parts.contains { $0.choice.name == type.name } == true, "\(type.name)")
    }
  }

  @Test("generations of cma_es are compared within themselves")
  func generations() throws {
    func plan(_ pruner: String) throws -> TrialPlan {
      try SampleSpecs.plan(
        SampleSpecs.minimal(
          "sweep: {method: cma_es, trials: 9, pruner: \(pruner), "
            + "parameters: {solver.base_lr: {log_uniform: [1e-4, 1]}, solver.weight_decay: {log_uniform: [1e-6, 1e-2]}}}"
        ))
    }
    #expect(throws: SpecErrors.self) { try plan("asha") }
    #expect(throws: SpecErrors.self) { try plan("median") }
    let plan = try plan("{asha: {among: all}}")
    #expect(plan.pruning?.batches?.first == 0)
  }

  @Test("trials of epochs and of iterations cannot be compared")
  func units() {
    #expect(throws: SpecErrors.self) {
      try SampleSpecs.plan(
        SampleSpecs.minimal(
          "sweep: {pruner: median, parameters: {training: [{epochs: 3}, {iterations: 30}]}}"))
    }
  }
}
