@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing

@Suite("SAM")
struct SharpnessAwareTests {
  private func sam(
    _ inner: String = "SGD", _ fields: [String: FieldValue] = [:], rho: Double = 0.05
  ) throws -> any Solver {
    let component = try #require(Registry.solvers.find(inner))
    var required: [String: FieldValue] = fields
    for field in component.fields where field.isRequired {
      required[field.name] = field.type.smallestValue
    }
    let settings = ComponentSettings(
      name: inner, values: FieldValues(required, of: component.fields))
    return try #require(
      Registry.solvers.makeDefault(
        "SAM", ["inner": .solver(settings), "rho": .number(rho)]) as? any Solver)
  }

  /// Gradients of f.
  private typealias Function = ([Float]) -> [Float]

  /// Steps as a training takes them.
  private func steps(
    _ count: Int, _ solver: any Solver, from start: [Float], rate: Double,
    tensors: SolverTensors? = nil, of gradient: Function
  ) throws -> [[Float]] {
    let ascent = try #require(solver.ascent)
    let tensors =
      tensors ?? SolverTensors([.init(name: "all", offset: 0, count: start.count)])
    let parameters = flat(start)
    let state = solver.stateNames.map { _ in FlatTensors(like: parameters) }
    let kept = state.count
    let buffers = state + [FlatTensors(like: parameters)]
    func values() -> [Float] { Array(parameters[0]) }
    return (1...count).map { iteration in
      func step(_ gradients: [Float]) -> SolverStep {
        SolverStep(
          parameters: parameters, gradients: flat(gradients), state: buffers, tensors: tensors,
          learningRate: rate, weightDecay: 0, iteration: iteration, threads: 1)
      }
      let before = values()
      ascent.climb(step(gradient(before)), keeping: kept)
      let second = step(gradient(values()))
      ascent.descend(second, to: kept)
      #expect(values() == before)
      solver.update(second)
      return values()
    }
  }

  // f = ½(x² + 10y²); the numbers are PyTorch's in float64 with SGD at a rate of 0.05.
  @Test("the parameters after two steps in a narrow bowl")
  func golden() throws {
    let solver = try sam("SGD", ["momentum": .number(0)])
    let trace = try steps(2, solver, from: [1, -2], rate: 0.05) { [$0[0], 10 * $0[1]] }
    let expected = [[0.949875156, -0.975031192], [0.902138996, -0.462633391]]
    for (values, references) in zip(trace, expected) {
      for (value, reference) in zip(values, references) { #expect(isClose(value, reference)) }
    }
  }

  @Test("the climb is ρ long, over all tensors that learn")
  func climb() throws {
    let tensors = SolverTensors([
      .init(name: "a", offset: 0, count: 1), .init(name: "b", offset: 16, count: 1),
      .init(name: "frozen", offset: 32, count: 1, rateMultiplier: 0),
    ])
    let solver = try sam("SGD", ["momentum": .number(0)], rho: 10)
    var seen: [[Float]] = []
    var start = [Float](repeating: 0, count: 48)
    start[32] = 7
    _ = try steps(1, solver, from: start, rate: 1, tensors: tensors) { parameters in
      seen.append([parameters[0], parameters[16], parameters[32]])
      var gradients = [Float](repeating: 0, count: 48)
      (gradients[0], gradients[16], gradients[32]) = (3, 4, 100)
      return gradients
    }
    #expect(seen == [[0, 0, 7], [6, 8, 7]])
  }

  @Test(
    "it goes around every solver that takes one gradient, with that one's state",
    arguments: Registry.solvers.names.filter { $0 != "SAM" })
  func inner(name: String) throws {
    let inner = try #require(Registry.solvers.makeDefault(name) as? any Solver)
    #expect(try sam(name).stateNames == inner.stateNames)
    #expect(inner.ascent == nil)
  }

  @Test("two climbs are refused; slow weights may be behind one")
  func twice() throws {
    #expect {
      try sam("SAM")
    } throws: {
      ($0 as? ComponentError)?.field == "inner"
    }
    let settings = ComponentSettings(
      name: "SAM",
      values: FieldValues(
        ["inner": .solver(.init(name: "SGD", values: FieldValues([:], of: SGD.fields)))],
        of: SharpnessAware.fields))
    let around = try #require(
      Registry.solvers.makeDefault("LOOKAHEAD", ["inner": .solver(settings)]) as? any Solver)
    #expect(around.ascent == SharpnessAscent(radius: 0.05))
  }
}

@Suite("A training with SAM")
struct SharpnessAwareTrainingTests {
  private func settings(
    rho: Double, inner: String = "SGD", iterSize: Int = 1, template: String = "unet"
  ) throws -> SmallTraining {
    let component = try #require(Registry.solvers.find(inner))
    let settings = ComponentSettings(name: inner, values: FieldValues([:], of: component.fields))
    let solver = try #require(
      Registry.solvers.makeDefault(
        "SAM", ["inner": .solver(settings), "rho": .number(rho)]) as? any Solver)
    return SmallTraining(
      template: template, batchSize: 2,
      change: {
        $0.optimization.solver = solver
        $0.optimization.batchesPerStep = iterSize
      })
  }

  @Test("values and running statistics are those where the parameters are, not uphill")
  func firstPass() throws {
    try withScenes { data in
      // A rate so small that the parameters stay: all that a step could change are statistics.
      func state(_ solver: String, rho: Double) throws -> ([Float], [Double]) {
        var settings = try settings(rho: rho)
        settings.rate = 1e-30
        if solver == "SGD" { settings.change = { _ in } }
        settings.solver = "SGD"
        let kept = try checkpoint(settings, data, after: 1)
        let statistics = kept.values.filter { $0.key.role == .statistic }
          .sorted { $0.key.name < $1.key.name }.flatMap(\.value)
        return (statistics, try record(settings, data).flatMap(\.losses))
      }
      let plain = try state("SGD", rho: 0)
      let aware = try state("SAM", rho: 5)
      #expect(plain == aware)
    }
  }

  @Test("the radius matters, and a tiny one does not")
  func radius() throws {
    try withScenes { data in
      var plain = try settings(rho: 1)
      plain.change = { _ in }
      plain.solver = "SGD"
      let reference = try record(plain, data).map { $0.losses[0] }
      let tiny = try record(settings(rho: 1e-7), data).map { $0.losses[0] }
      let large = try record(settings(rho: 0.5), data).map { $0.losses[0] }
      #expect(zip(tiny, reference).allSatisfy { abs($0 - $1) < 1e-3 })
      #expect(abs(large[2] - reference[2]) > 1e-3)
    }
  }

  // ENet's dropout draws the same masks in both passes.
  @Test(
    "continued from any evaluation it is the training that was never stopped",
    arguments: [("unet", 1), ("enet", 2)])
  func continues(template: String, iterSize: Int) throws {
    try withScenes { data in
      let settings = try settings(
        rho: 0.05, inner: "AMSGRAD", iterSize: iterSize, template: template)
      let straight = try record(settings, data)
      for number in 1...2 {
        let kept = try checkpoint(settings, data, after: number)
        #expect(
          try record(settings, data, from: kept) == Array(straight[number...]))
      }
    }
  }
}
