@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing
@testable import Training

/// Against the sequences of PyTorch's own schedulers, whole trainings of them.
@Suite("Schedules beside PyTorch's")
struct TorchScheduleTests {
  struct Sequence: Decodable, CustomTestStringConvertible {
    var torch: String
    var component: String
    var fields: [String: WrittenValue]
    var base: Double
    var steps: Int
    /// Iterations.
    var warmup: Int?
    /// Of the evaluations, where the schedule goes by them; `nil` for what is not a number.
    var values: [Float?]?
    /// One a step, or one after each evaluation.
    var rates: [Double]

    var testDescription: String { torch }

    func point(_ step: Int, memory: UnsafeBufferPointer<Float>) -> SchedulePoint {
      SchedulePoint(base: base, step: step, of: steps, stepsPerEpoch: 7, memory: memory)
    }
  }

  static let sequences: [Sequence] =
    (try? Fixture.decode(
      [Sequence].self, from: "golden-torch-schedules.json")) ?? []

  /// PyTorch makes most rates from the one before, and rounds each time.
  private func isClose(_ rate: Double, _ expected: Double) -> Bool {
    abs(rate - expected) <= 1e-12 * expected
  }

  @Test func `there is one of every schedule that PyTorch has`() {
    #expect(
      Set(Self.sequences.map(\.component)) == [
        "poly", "cosine", "sgdr", "one_cycle", "step", "multistep", "exp", "linear", "plateau",
      ])
  }

  @Test(arguments: sequences.filter { $0.values == nil })
  func `the rates of all steps are the same`(sequence: Sequence) throws {
    let schedule = try #require(
      try Registry.schedules.make(sequence.component, sequence.fields) as? any Schedule)
    #expect(sequence.rates.count == sequence.steps)
    for (step, expected) in sequence.rates.enumerated() {
      let point = sequence.point(step, memory: .init(start: nil, count: 0))
      let factor =
        sequence.warmup.map { Warmup(length: .iterations($0), startFactor: 0.1).factor(at: point) }
        ?? 1
      let rate = schedule.learningRate(at: point) * factor
      #expect(isClose(rate, expected), "step \(step): \(rate), \(expected)")
    }
  }

  @Test(arguments: sequences.filter { $0.values != nil })
  func `rates that go by values are the same after every evaluation`(sequence: Sequence) throws {
    let schedule = try #require(
      try Registry.schedules.make(sequence.component, sequence.fields) as? PlateauSchedule)
    let values = try #require(sequence.values).map { $0 ?? .nan }
    var memory = schedule.initialMemory
    for (number, value) in values.enumerated() {
      let rate = memory.withUnsafeMutableBufferPointer { memory in
        schedule.remember(value: value, in: memory)
        return schedule.learningRate(
          at: sequence.point(number, memory: UnsafeBufferPointer(memory)))
      }
      #expect(isClose(rate, sequence.rates[number]), "evaluation \(number)")
    }
    #expect(Set(sequence.rates).count > 2)
  }
}

@Suite("A training that is continued")
struct ScheduleContinuationTests {
  /// Settings with which a training of nine steps, three before an evaluation, has several rates.
  static let fields: [String: [String: FieldValue]] = [
    "fixed": [:], "poly": [:], "linear": [:], "cosine": [:], "one_cycle": [:],
    "step": ["stepsize": .interval(.iterations(2)), "gamma": .number(0.5)],
    "multistep": ["stepvalue": .intervals([.iterations(2), .epochs(2)]), "gamma": .number(0.5)],
    "exp": ["gamma": .number(0.8)], "inv": ["gamma": .number(0.3)],
    "sigmoid": ["gamma": .number(-0.5), "stepsize": .interval(.iterations(5))],
    "sgdr": ["period": .interval(.iterations(2)), "p_mult": .number(1.5)],
    "plateau": ["patience": .integer(0), "threshold": .number(0.9), "gamma": .number(0.5)],
  ]

  @Test("it has the rates and weights of the one that went on", arguments: Registry.schedules.names)
  func continues(name: String) throws {
    let settings = SmallTraining(
      batchSize: 2, duration: .iterations(9), every: .iterations(3), augments: false,
      schedule: (name, try #require(Self.fields[name])),
      change: { $0.optimization.warmup = Warmup(length: .iterations(4), startFactor: 0.5) })
    try withScenes { data in
      let straight = try rates(TrainingLoop(settings.configuration, data: data))
      #expect(straight.steps.count == 9 && (name == "fixed" || Set(straight.steps).count > 4))
      for number in 1...2 {
        let checkpoint = try checkpoint(settings, data, after: number)
        let loop = try TrainingLoop(settings.configuration, data: data)
        try loop.restore(step: checkpoint.step) { role, name in checkpoint[TensorKey(role, name)] }
        let continued = try rates(loop)
        #expect(continued.steps == Array(straight.steps[(3 * number)...]))
        #expect(continued.evaluations == Array(straight.evaluations[number...]))
      }
    }
  }

  private func rates(_ loop: TrainingLoop) throws -> (
    steps: [Double], evaluations: [RepeatedEvaluation]
  ) {
    var (steps, evaluations): ([Double], [RepeatedEvaluation]) = ([], [])
    _ = try loop.run { event in
      switch event {
      case .stepped(let report): steps.append(report.learningRate)
      case .evaluationEnded(let report, _): evaluations.append(RepeatedEvaluation(report))
      case .prepared, .evaluating: break
      }
      return .proceed
    }
    return (steps, evaluations)
  }
}
