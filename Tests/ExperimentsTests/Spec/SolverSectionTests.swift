@testable import Datasets
@testable import Experiments
@testable import Groundwork
@testable import Learning
import Testing
@testable import Training

@Suite("The solver of a spec, with the components that the program ships")
struct SolverSectionTests {
  private func text(_ solver: String) -> String { SampleSpecs.minimal("solver: \(solver)") }

  private func spec(_ solver: String) throws -> ExperimentSpec {
    let source = SourceText(name: "unet.yaml", text: text(solver))
    let plan = try ExperimentSpec.load(
      source, folder: "/specs", overrides: [], catalog: .standard
    ).plan()
    return try #require(plan.trials.first).spec
  }

  private func problems(_ solver: String) throws -> [String] {
    do {
      _ = try spec(solver)
      return []
    } catch let errors as SpecErrors {
      return errors.diagnostics.map { problem in
        let place = problem.mark.place.replacing("unet.yaml:", with: "")
        return "\(place) \(problem.message)" + (problem.remedy.map { " (\($0))" } ?? "")
      }
    }
  }

  @Test("the example of every solver is read", arguments: Registry.solvers.names)
  func solverExamples(name: String) throws {
    let example = try #require(Registry.solvers.find(name)).example
    let section = try spec(String(example.dropFirst("solver: ".count))).solver
    #expect(section.choice.name == name)
    #expect(type(of: section.solver).name == name)
  }

  @Test("the example of every schedule is read", arguments: Registry.schedules.names)
  func scheduleExamples(name: String) throws {
    let example = try #require(Registry.schedules.find(name)).example
    let section = try spec("{type: SGD, base_lr: 0.1, \(example)}").solver
    #expect(type(of: section.schedule).name == name)
  }

  @Test(
    "a resolved spec comes back to the same text",
    arguments: [
      "{type: LOOKAHEAD, base_lr: 1, inner: {type: SGD, momentum: 0}, k: 5}",
      "{type: SGD, base_lr: 1, schedule: {warmup: 2 epochs}}",
      "{type: SGD, base_lr: 1, schedule: {poly: {power: 1}, warmup: {over: 9, start_factor: 0}}}",
      "{type: SGD, base_lr: 1, schedule: {step: {stepsize: 20}}}",
      "{type: SGD, base_lr: 1, schedule: {multistep: {stepvalue: [20, 3 epochs]}}}",
      "{type: SGD, base_lr: 1, clip_value: 5, clip_norm: 0.5, decay_norms_and_biases: false}",
      "{type: SGD, base_lr: 1, groups: [{parameters: 'encoder*', lr_mult: 0.1, decay_mult: 0}]}",
      "{type: SGD, base_lr: 1, iter_size: 4, ema: 0.999}",
      "{type: SGD, base_lr: 1, ema: {decay: 0.9999, ramp: true}}",
      "{type: SGD, base_lr: 1, swa: {from: 40 epochs, every: 200}}",
      "{type: SAM, base_lr: 1, inner: {type: ADAM, delta: 0.1}, rho: 0.1}",
      "{type: SGD, base_lr: 1, schedule: {poly: {power: 0.9, min_lr: 1e-4}}}",
      "{type: SGD, base_lr: 1, schedule: {sgdr: {ncycles: 3}}}",
    ])
  func roundTrip(solver: String) throws {
    let resolved = ResolvedSpec(try spec(solver))
    let again = try ExperimentSpec(resolved: resolved.text, catalog: .standard)
    #expect(ResolvedSpec(again) == resolved)
    #expect(resolved.settingsID != ResolvedSpec(try spec("{type: SGD, base_lr: 1}")).settingsID)
  }

  // Records are found again by their ids.
  @Test("what need not be written changes no id")
  func ids() throws {
    let bare = ResolvedSpec(try spec("{type: SGD, base_lr: 1}")).settingsID
    #expect(
      try ResolvedSpec(spec("{type: SGD, base_lr: 1, decay_norms_and_biases: true}")).settingsID
        == bare)
    #expect(try ResolvedSpec(spec("{type: SGD, base_lr: 1, groups: []}")).settingsID == bare)
    #expect(try ResolvedSpec(spec("{type: SGD, base_lr: 1, iter_size: 1}")).settingsID == bare)
    let poly = ResolvedSpec(try spec("{type: SGD, base_lr: 1, schedule: poly}"))
    #expect(poly.text.contains(#""schedule":{"poly":{"power":0.9}}"#))
    #expect(
      try ResolvedSpec(spec("{type: SGD, base_lr: 1, schedule: {poly: {min_lr: 0}}}")) == poly)
    let step = ResolvedSpec(
      try spec("{type: SGD, base_lr: 1, schedule: {step: {stepsize: 20}}}"))
    #expect(step.text.contains(#""schedule":{"step":{"gamma":0.1,"stepsize":20}}"#))
  }

  @Test("everything that is written reaches the training")
  func training() throws {
    let configuration = try spec(
      """
      {type: ADAMW, base_lr: 1, iter_size: 3, swa: {from: 1 epoch, every: 9}, clip_value: 5, clip_norm: 0.5, decay_norms_and_biases: false, \
      schedule: {warmup: {over: 2 epochs, start_factor: 0.25}, cosine: {}}, \
      groups: [{parameters: 'head.*', lr_mult: 10}]}
      """
    ).trainingConfiguration(threads: 1)
    #expect(
      configuration.optimization.solver is AdamW
        && configuration.optimization.schedule is CosineSchedule)
    #expect(configuration.optimization.warmup == Warmup(length: .epochs(2), startFactor: 0.25))
    #expect(configuration.optimization.clipping == GradientClipping(value: 5, norm: 0.5))
    #expect(configuration.optimization.batchesPerStep == 3 && configuration.imagesPerStep == 12)
    #expect(
      configuration.optimization.averaging == .stochastic(from: .epochs(1), every: .iterations(9)))
    #expect(
      configuration.optimization.parameterGroups
        == ParameterGroups(
          groups: [.init(pattern: NamePattern("head.*"), rateMultiplier: 10)],
          decaysNormsAndBiases: false))
  }

  @Test("a warm-up of a bare number is of iterations, and starts at a tenth")
  func warmup() throws {
    let solver = try spec("{type: SGD, base_lr: 1, schedule: {poly: {}, warmup: 200}}").solver
    #expect(solver.warmup == Warmup(length: .iterations(200), startFactor: 0.1))
    let fixed = try spec("{type: SGD, base_lr: 1, schedule: {warmup: 2 epochs}}").solver
    #expect(fixed.schedule is FixedSchedule)
    #expect(fixed.warmup == Warmup(length: .epochs(2), startFactor: 0.1))
  }

  @Test(
    "mistakes",
    arguments: [
      (
        "{type: LOOKAHEAD, base_lr: 1}",
        ["5:1 missing key 'inner' in solver (type: LOOKAHEAD)"]
      ),
      (
        "{type: LOOKAHEAD, base_lr: 1, inner: adam}",
        ["5:46 unknown solver 'adam' (did you mean 'ADAM'?)"]
      ),
      (
        "{type: LOOKAHEAD, base_lr: 1, inner: {type: SGD, momentun: 1}}",
        [
          "5:58 unknown key 'momentun' in solver.inner (type: SGD) (did you mean 'momentum'?)"
        ]
      ),
      (
        "{type: LOOKAHEAD, base_lr: 1, inner: RANGER}",
        [
          "5:46 solver.inner: RANGER has slow weights already: name another solver"
        ]
      ),
      ("{type: SGD, base_lr: 1, clip_norm: 0}", ["5:44 solver.clip_norm must be above 0, not 0"]),
      (
        "{type: SGD, base_lr: 1, groups: [{parameters: 'head*'}]}",
        [
          "5:42 solver.groups.0 changes nothing (write lr_mult or decay_mult)"
        ]
      ),
      (
        "{type: SGD, base_lr: 1, groups: [{lr_mult: 2}]}",
        ["5:42 missing key 'parameters' in solver.groups.0"]
      ),
      (
        "{type: SGD, base_lr: 1, groups: [{parameters: 'haed*', lr_mult: 2}]}",
        [
          "5:55 solver.groups.0.parameters: no parameter of template unet fits 'haed*' "
            + "(there are encoder0.convolution0.weight, encoder0.norm0.scale, "
            + "encoder0.norm0.shift, …; '*' stands for any characters)"
        ]
      ),
      (
        "{type: SGD, base_lr: 1, schedule: {poly: {}, cosine: {}, warmup: 2}}",
        ["5:43 solver.schedule must name one schedule, not 2 (write several as a list)"]
      ),
      (
        "{type: SGD, base_lr: 1, schedule: {poly: {}, warmup: 2 weeks}}",
        [
          "5:62 solver.schedule.warmup must be like '1 epoch' or '1000 iterations', "
            + "not the text '2 weeks'"
        ]
      ),
      (
        "{type: SGD, base_lr: 1, schedule: {poly: {}, warmup: {over: 2, start_factor: 2}}}",
        ["5:86 solver.schedule.warmup.start_factor must be in [0, 1], not 2"]
      ),
      (
        "{type: SGD, base_lr: 1e-3, schedule: {cosine: {min_lr: 0.01}}}",
        [
          "5:64 solver.schedule.cosine.min_lr: the rate cannot fall from a base_lr of 0.001 to "
            + "0.01: lower min_lr"
        ]
      ),
      (
        "{type: SGD, base_lr: 1, iter_size: 0}",
        ["5:44 solver.iter_size must be from 1 to 1000, not 0"]
      ),
      (
        "{type: SGD, base_lr: 1, ema: 1}",
        ["5:38 solver.ema must be in [0, 1), not 1"]
      ),
      (
        "{type: SGD, base_lr: 1, ema: {ramp: true}}",
        ["5:33 missing key 'decay' in solver.ema"]
      ),
      (
        "{type: SGD, base_lr: 1, ema: 0.9, swa: {from: 2}}",
        [
          "5:43 'swa' and 'ema' exclude each other in solver (type: SGD) (leave "
            + "one of them out)"
        ]
      ),
      (
        "{type: SGD, base_lr: 1, swa: {every: 2}}",
        ["5:33 missing key 'from' in solver.swa"]
      ),
      (
        "{type: SGD, base_lr: 1, swa: {from: 2 weeks}}",
        [
          "5:45 solver.swa.from must be like '1 epoch' or '1000 iterations', not "
            + "the text '2 weeks'"
        ]
      ),
      (
        "{type: SAM, base_lr: 1}",
        ["5:1 missing key 'inner' in solver (type: SAM)"]
      ),
      (
        "{type: SAM, base_lr: 1, inner: {type: SAM, inner: SGD}}",
        [
          "5:40 solver.inner: SAM takes two gradients already: name another "
            + "solver"
        ]
      ),
      (
        "{type: SAM, base_lr: 1, inner: SGD, rho: 0}",
        ["5:50 solver.rho must be above 0, not 0"]
      ),
      (
        "{type: SGD, base_lr: 1e-3, schedule: {poly: {min_lr: 0.01}}}",
        [
          "5:62 solver.schedule.poly.min_lr: the rate cannot fall from a base_lr "
            + "of 0.001 to 0.01: lower min_lr"
        ]
      ),
      (
        "{type: SGD, base_lr: 1, schedule: {sgdr: {period: 9, ncycles: 2}}}",
        [
          "5:71 solver.schedule.sgdr.ncycles: period says how many cycles there are: leave one "
            + "of them out"
        ]
      ),
      (
        "{type: SGD, base_lr: 1, schedule: {multistep: {stepvalue: []}}}",
        ["5:67 solver.schedule.multistep.stepvalue must not be empty"]
      ),
      (
        "{type: SGD, base_lr: 1, schedule: {step: {stepsize: 0}}}",
        ["5:61 solver.schedule.step.stepsize must be from 1 to 100000000, not 0"]
      ),
    ])
  func mistakes(solver: String, expected: [String]) throws {
    #expect(try problems(solver) == expected)
  }

  @Test("statistics of averaged weights are estimated anew only where it is written")
  func updateStatistics() throws {
    func averaging(_ settings: String) throws -> (WeightAveraging?, String) {
      let solver = try spec("{type: SGD, base_lr: 1, swa: {from: 1 epoch\(settings)}}").solver
      return (solver.averaging, solver.canonical.text)
    }
    let (plain, plainText) = try averaging("")
    #expect(plain == .stochastic(from: .epochs(1), every: .epochs(1)))
    #expect(!plainText.contains("update_statistics"))
    #expect(try averaging(", update_statistics: false").1 == plainText)
    let (updating, text) = try averaging(", update_statistics: true")
    #expect(updating?.updatesStatistics == true)
    #expect(text.contains(#""update_statistics":true"#))
  }
}
