@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing

@Suite("Samplers")
struct SamplerTests {
  @Test("the example of every sampler is a sweep that can be read")
  func examples() throws {
    for type in Registry.samplers.components {
      let text = SampleSpecs.minimal + "\n" + type.example
      let trials = try SampleSpecs.plan(text).trials
      #expect(trials.count > 1, "\(type.name)")
    }
  }

  private func texts(_ sweep: String) throws -> [String] {
    try SampleSpecs.plan(SampleSpecs.minimal("sweep: \(sweep)")).trials.map { trial in
      trial.record.hyperparameters.map { "\($0.path) \($0.text)" }.joined(separator: ", ")
    }
  }

  @Test("a grid varies the last hyperparameter fastest, in the order of writing")
  func grid() throws {
    #expect(
      try texts("{parameters: {solver.base_lr: [0.1, 0.2], seed: [3, 4]}}")
        == [
          "solver.base_lr 0.1, seed 3", "solver.base_lr 0.1, seed 4", "solver.base_lr 0.2, seed 3",
          "solver.base_lr 0.2, seed 4",
        ])
  }

  @Test("ranges with steps are values of a grid; conditions and requirements leave points out")
  func conditions() throws {
    #expect(
      try texts(
        "{parameters: {template.depth: {range: [2, 4]}, solver.base_lr: {choice: [0.1, 0.2], when: template.depth == 2}}}"
      )
        == [
          "template.depth 2, solver.base_lr 0.1", "template.depth 2, solver.base_lr 0.2",
          "template.depth 3", "template.depth 4",
        ])
    #expect(
      try texts(
        "{require: seed * template.depth <= 6, parameters: {seed: {range: [1, 2]}, template.depth: {range: [2, 4]}}}"
      )
        == [
          "seed 1, template.depth 2", "seed 1, template.depth 3", "seed 1, template.depth 4",
          "seed 2, template.depth 2", "seed 2, template.depth 3",
        ])
  }

  @Test("groups move together and are crossed with the rest")
  func zip() throws {
    #expect(
      try texts(
        "{parameters: {solver.base_lr: [0.1, 0.2]}, zip: {shape: {template.depth: [2, 3], training.epochs: [5, 6]}}}"
      )
        == [
          "solver.base_lr 0.1, template.depth 2, training.epochs 5",
          "solver.base_lr 0.1, template.depth 3, training.epochs 6",
          "solver.base_lr 0.2, template.depth 2, training.epochs 5",
          "solver.base_lr 0.2, template.depth 3, training.epochs 6",
        ])
  }

  @Test(
    "trials do not depend on the order in which hyperparameters are written, nor on later trials")
  func order() throws {
    let (rate, depth) = (
      "solver.base_lr: {log_uniform: [1e-4, 1]}", "template.depth: {range: [2, 4]}"
    )
    let long = try SampleSpecs.plan(
      SampleSpecs.minimal("sweep: {method: sobol, trials: 8, parameters: {\(rate), \(depth)}}"))
    let short = try SampleSpecs.plan(
      SampleSpecs.minimal("sweep: {method: sobol, trials: 5, parameters: {\(depth), \(rate)}}"))
    #expect(long.trials.prefix(5).map(\.id) == short.trials.map(\.id))
    #expect(Set(long.trials.map(\.id)).count == 8)
  }

  @Test("tables show four digits of a drawn number, the spec of the trial has all")
  func digits() throws {
    let trial = try #require(
      try SampleSpecs.plan(
        SampleSpecs.minimal(
          "sweep: {method: random, trials: 1, parameters: {solver.base_lr: {log_uniform: [1e-4, 1]}}}"
        )
      ).trials.first)
    let shown = try #require(trial.record.hyperparameters.first?.text)
    let written = try JSONSerialization.jsonObject(with: Data(trial.record.resolvedSpec.utf8))
    let solver = (written as? [String: Any])?["solver"] as? [String: Any]
    let exact = try #require((solver?["base_lr"] as? NSNumber)?.doubleValue)
    #expect(shown.filter(\.isNumber).count <= 8)
    #expect(Double(shown) != exact)
    #expect(abs((Double(shown) ?? 0) - exact) < 1e-3 * exact)
  }

  @Test("an adaptive sweep knows its first batch, with the given points in front, and waits")
  func adaptive() throws {
    let plan = try SampleSpecs.plan(
      SampleSpecs.minimal(
        "sweep: {method: tpe, trials: 10, batch: 3, parameters: {solver.base_lr: {log_uniform: [1e-4, 1]}}, "
          + "start: [{solver.base_lr: 0.02}]}"))
    #expect(plan.trials.count == 3)
    #expect(plan.expected == 10)
    #expect(plan.trials[0].record.hyperparameters.map(\.text) == ["0.02"])
    #expect(plan.growth?.settledPoints == 0)
    #expect(plan.trials.allSatisfy { $0.spec.training.computation.determinism == .portable })
  }

  @Test(
    "a search space that is wrong",
    arguments: [
      (
        "{parameters: {solver.base_lr: {uniform: [0.1, 1]}}}",
        "7:48 solver.base_lr has no end of values between two numbers, which a grid cannot try (write "
          + "step: …, list its values, or choose a method that draws: random, sobol, tpe, gp)"
      ),
      (
        "{parameters: {solver.base_lr: {log_uniform: [0, 1]}}}",
        "7:53 sweep.parameters.solver.base_lr.log_uniform.0 must be above 0, not 0"
      ),
      (
        "{parameters: {solver.base_lr: {range: [0.5, 0.1]}}}",
        "7:46 sweep.parameters.solver.base_lr.range ends at 0.1, below 0.5 (write the smaller end first)"
      ),
      (
        "{parameters: {solver: [{type: SGD, base_lr: 1}], solver.base_lr: [0.1]}}",
        "7:57 solver.base_lr and solver are both swept, and one holds the other (leave one of them out, or "
          + "join them in values of the longer)"
      ),
      (
        "{method: random, trials: 3, parameters: {solver.base_lr: {uniform: [-1, 1]}}}",
        "7:75 solver.base_lr must be above 0, not -1"
      ),
      (
        "{method: random, parameters: {solver.base_lr: [0.1, 0.2]}}",
        "7:1 missing key 'trials' in sweep (method: random)"
      ),
      (
        "{parameters: {seed: [1, 2], template.depth: {range: [2, 3], when: sed == 1}}}",
        "7:74 'sed' is no hyperparameter of this sweep (did you mean 'seed'?)"
      ),
      (
        "{parameters: {seed: [1, 2], template.depth: {range: [2, 3], when: seed == 7}}}",
        "7:74 no value of seed meets this, so that it never holds (compare with one of its values, or leave "
          + "the hyperparameter out)"
      ),
      (
        "{parameters: {seed: [1, 2]}, require: seed = 1}",
        "7:51 sweep.require: '=' means nothing here: equality is == (as in solver.type == SGD and "
          + "solver.base_lr <= 0.1)"
      ),
      (
        "{parameters: {seed: [1, 2]}, require: seed > 5}",
        "7:46 no point of the sweep meets sweep.require (leave a condition out, or add values)"
      ),
      (
        "{zip: {a: {seed: [1, 2], template.depth: [2]}}}",
        "7:49 template.depth has 1 values, and seed, which moves with it, has 2 (write as many for each)"
      ),
      (
        "{method: random, trials: 4, parameters: {seed: {range: [1, 9]}}, start: [{seed: 12}]}",
        "7:88 seed lies outside of range: [1, 9] (begin with a value that the sweep could choose)"
      ),
    ])
  func wrong(sweep: String, problem: String) {
    #expect(SampleSpecs.problems(SampleSpecs.minimal("sweep: \(sweep)")) == [problem])
  }
}
