@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
import Measurements
import Testing

@testable import Training

/// A training may be stopped after any of its steps, and anywhere in an evaluation.
@Suite struct InterimStateTests {
  /// What ends an attempt.
  private enum Stop {
    case afterStep(Int)
    /// When so many samples of some evaluation are judged, after these steps.
    case inEvaluation(afterStep: Int)
  }

  /// Every measured value but times, as text that tells all bits.
  private func measured(_ loop: TrainingLoop) throws -> [String] {
    var evaluations: [String] = []
    _ = try loop.run { event in
      if case .evaluationEnded(let report, _) = event { evaluations.append(Self.text(report)) }
      return .proceed
    }
    return evaluations
  }

  private static func text(_ report: EvaluationReport) -> String {
    let values = report.measurements.filter { !$0.series.isWallTime }
      .map { "\($0.series.name)=\($0.values)" }
    return "\(report.step) \(values) \(report.digests)"
  }

  /// Trains until there, and hands on what is kept then with the evaluations so far.
  private func stopped(
    _ stop: Stop, _ settings: SmallTraining, _ data: SegmentationData
  ) throws -> (state: KeptState, losses: [Double], evaluations: [String]) {
    let loop = try TrainingLoop(settings.configuration, data: data)
    var (evaluations, losses): ([String], [Double]) = ([], [])
    let outcome = try loop.run { event in
      switch (event, stop) {
      case (.evaluationEnded(let report, _), _):
        evaluations.append(Self.text(report))
        losses.append(report.validationLoss)
      case (.stepped(let report), .afterStep(let step)) where report.step == step: return .stop
      case (.evaluating, .inEvaluation(let step)) where loop.stepsDone == step: return .stop
      default: break
      }
      return .proceed
    }
    #expect(outcome == .stopped)
    return (KeptState(loop.state), losses, evaluations)
  }

  private func expectSame(
    _ settings: SmallTraining, after stops: [Stop],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withScenes { data in
      let straight = try measured(TrainingLoop(settings.configuration, data: data))
      for stop in stops {
        let (state, losses, evaluations) = try stopped(stop, settings, data)
        let loop = try TrainingLoop(settings.configuration, data: data)
        try loop.restore(
          step: state.step, interval: state.interval, series: { _ in losses },
          values: { state[TensorKey($0, $1)] })
        let all = evaluations + (try measured(loop))
        #expect(all == straight, "\(stop)", sourceLocation: sourceLocation)
      }
    }
  }

  @Test("a training continued after any step is the one that was never stopped")
  func everyStep() throws {
    let settings = SmallTraining(duration: .iterations(7), every: .iterations(3))
    try expectSame(settings, after: (1...6).map(Stop.afterStep))
  }

  // ENet has dropout: its masks must be those of the step, not of the attempt.
  @Test(
    "so it is with every rule that remembers something",
    arguments: ["SAM", "LOOKAHEAD", "MADGRAD"], ["unet", "enet"])
  func solvers(solver: String, template: String) throws {
    var settings = SmallTraining(
      template: template, solver: solver, batchSize: 2, duration: .iterations(6),
      every: .iterations(4))
    settings.change = { $0.optimization.batchesPerStep = 2 }
    try expectSame(settings, after: [.afterStep(1), .afterStep(5)])
  }

  @Test(
    "so it is with averages of the weights, in their evaluations too",
    arguments: [
      WeightAveraging.exponential(decay: 0.9, ramps: true),
      .stochastic(from: .iterations(3), every: .iterations(2)),
      .stochastic(from: .iterations(2), every: .iterations(1), updatesStatistics: true),
    ])
  func averages(averaging: WeightAveraging) throws {
    var settings = SmallTraining(duration: .iterations(6), every: .iterations(4))
    settings.change = { $0.optimization.averaging = averaging }
    try expectSame(
      settings,
      after: [
        .afterStep(2), .inEvaluation(afterStep: 4), .afterStep(5), .inEvaluation(afterStep: 6),
      ])
  }

  @Test(
    "one that is stopped in an evaluation measures the gradients of the step before all the same")
  func gradients() throws {
    var settings = SmallTraining(duration: .iterations(4), every: .iterations(2))
    settings.change = { $0.evaluation.measuresWeights = true }
    try expectSame(settings, after: [.afterStep(1), .afterStep(2), .inEvaluation(afterStep: 4)])
  }

  @Test("patience and schedules that go by evaluations count those before the stop")
  func memory() throws {
    var settings = SmallTraining(
      duration: .iterations(12), every: .iterations(2),
      schedule: (
        "plateau", ["patience": .integer(0), "threshold": .number(0.9), "gamma": .number(0.5)]
      ))
    settings.change = {
      $0.earlyStopping = EarlyStopping(
        patience: .evaluations(4), series: "validation.loss", isHigherBetter: false,
        minimumDelta: 10)
    }
    try expectSame(settings, after: [.afterStep(3), .afterStep(7), .inEvaluation(afterStep: 8)])
  }

  @Test("what no training can have done is refused")
  func refusals() throws {
    try withScenes { data in
      let settings = SmallTraining(duration: .iterations(7), every: .iterations(3))
      let (state, _, _) = try stopped(.afterStep(4), settings, data)
      func expectRefusal(_ step: Int, _ interval: IntervalProgress, _ reason: String) throws {
        let loop = try TrainingLoop(settings.configuration, data: data)
        #expect {
          try loop.restore(step: step, interval: interval) { state[TensorKey($0, $1)] }
        } throws: {
          "\($0)".contains(reason)
        }
      }
      func interval(_ beginning: Int, _ steps: Int, losses: Int = 1) -> IntervalProgress {
        IntervalProgress(
          beginning: beginning, steps: steps, lossTotal: 1,
          lossTotals: Array(repeating: 1, count: losses), seconds: 1)
      }
      try expectRefusal(4, interval(3, 1, losses: 2), "it has 2 losses, 1 are needed")
      try expectRefusal(4, interval(2, 2), "no evaluation is made after step 2")
      try expectRefusal(7, interval(3, 4), "4 steps after step 3 do not end at step 7")
      try expectRefusal(5, interval(3, 1), "1 steps after step 3 do not end at step 5")
      try expectRefusal(8, interval(6, 2), "2 steps after step 6 do not end at step 8")
    }
  }
}
