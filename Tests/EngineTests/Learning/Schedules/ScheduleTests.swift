@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Schedules")
struct ScheduleTests {
  struct Case: Decodable, CustomTestStringConvertible {
    var component: String
    var fields: [String: WrittenValue]
    var base: Double
    var steps: Int
    var at: [Int]
    var rates: [Double]

    var testDescription: String { "\(component) \(fields)" }
  }

  @Test(
    "the rates are those of the formula",
    arguments: try Fixture.decode([Case].self, from: "golden-schedules.json"))
  func golden(_ golden: Case) throws {
    let schedule = try #require(
      Registry.schedules.make(golden.component, golden.fields) as? any Schedule)
    for (step, expected) in zip(golden.at, golden.rates) {
      let rate = schedule.learningRate(
        at: SchedulePoint(base: golden.base, step: step, of: golden.steps, stepsPerEpoch: 7))
      #expect(abs(rate - expected) <= 1e-14 * expected, "step \(step)")
    }
  }

  @Test(
    "no schedule leaves what lies between 0 and the base rate, within the training and behind it",
    arguments: Registry.schedules.names)
  func bounds(name: String) throws {
    let schedule = try #require(Registry.schedules.makeDefault(name) as? any Schedule)
    for steps in [1, 2, 3, 50] {
      for step in 0...60 {
        let rate = schedule.rate(step: step, of: steps)
        #expect(rate >= 0 && rate <= 0.3, "step \(step) of \(steps)")
      }
    }
    if !["one_cycle", "sigmoid"].contains(name) {
      #expect(schedule.rate(step: 0, of: 50) == 0.3)
    }
  }

  @Test(
    "what is written in epochs is what it is in iterations",
    arguments: [
      ("step", "stepsize"), ("multistep", "stepvalue"), ("sigmoid", "stepsize"),
      ("sgdr", "period"),
    ])
  func epochs(name: String, field: String) throws {
    func schedule(_ interval: TrainingInterval) throws -> any Schedule {
      let value: FieldValue = name == "multistep" ? .intervals([interval]) : .interval(interval)
      return try #require(
        Registry.schedules.makeDefault(name, [field: value]) as? any Schedule)
    }
    for step in 0..<40 {
      // Ten steps an epoch.
      #expect(
        try schedule(.epochs(2)).rate(step: step, of: 40)
          == schedule(.iterations(20)).rate(step: step, of: 40))
    }
    #expect(
      try (0..<40).map { try schedule(.epochs(2)).rate(step: $0, of: 40) }
        != (0..<40).map { try schedule(.iterations(2)).rate(step: $0, of: 40) })
  }

  @Test("a warm-up rises in a straight line to what the schedule says")
  func warmup() throws {
    let warmup = Warmup(length: .iterations(10), startFactor: 0.1)
    let factors = [0, 1, 5, 9, 10, 50].map { step in
      warmup.factor(at: SchedulePoint(base: 1, step: step, of: 100, stepsPerEpoch: 10))
    }
    for (factor, expected) in zip(factors, [0.1, 0.19, 0.55, 0.91, 1, 1]) {
      #expect(abs(factor - expected) < 1e-15)
    }
    let point = SchedulePoint(base: 1, step: 15, of: 100, stepsPerEpoch: 10)
    #expect(
      Warmup(length: .epochs(3), startFactor: 0).factor(at: point) == 0.5)
  }

  @Test("a lowest rate above the base rate is refused", arguments: ["cosine", "sgdr", "plateau"])
  func lowest(name: String) throws {
    let schedule = try #require(
      Registry.schedules.makeDefault(name, ["min_lr": .number(0.1)]) as? any Schedule)
    try schedule.check(base: 0.2)
    #expect {
      try schedule.check(base: 0.1)
    } throws: {
      ($0 as? ComponentError)?.field == "min_lr"
    }
  }
}

@Suite("Plateau")
struct PlateauTests {
  private func rates(
    of values: [Float], _ fields: [String: FieldValue]
  ) throws -> [Double] {
    let schedule = try #require(
      Registry.schedules.makeDefault("plateau", fields) as? PlateauSchedule)
    var memory = schedule.initialMemory
    return values.map { value in
      memory.withUnsafeMutableBufferPointer { memory in
        schedule.remember(value: value, in: memory)
        return schedule.learningRate(
          at: SchedulePoint(
            base: 0.1, step: 0, of: 1, stepsPerEpoch: 1, memory: UnsafeBufferPointer(memory)))
      }
    }
  }

  @Test("the rates are PyTorch's")
  func golden() throws {
    let values: [Float] = [1, 0.9, 0.895, 0.894, 0.893, 0.6, 0.61, 0.62, 0.63, 0.64]
    #expect(
      try rates(
        of: values,
        ["gamma": .number(0.5), "patience": .integer(2), "threshold": .number(0.01)])
        == [0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.025, 0.025])
  }

  @Test("a mean IoU is better high")
  func high() throws {
    #expect(
      try rates(
        of: [0.1, 0.2, 0.2, 0.3, 0.2],
        [
          "monitor": .name("validation.mean_iou"), "gamma": .number(0.5),
          "patience": .integer(0),
        ]) == [0.1, 0.1, 0.05, 0.05, 0.025])
  }

  @Test("a distance is better low")
  func low() throws {
    #expect(
      try rates(
        of: [0.3, 0.2, 0.2, 0.1, 0.3],
        [
          "monitor": .name("validation.hausdorff"), "gamma": .number(0.5),
          "patience": .integer(0),
        ]) == [0.1, 0.1, 0.05, 0.05, 0.025])
  }

  @Test("evaluations after a reduction do not count while it cools down")
  func cooldown() throws {
    #expect(
      try rates(
        of: [1, 1, 1, 1, 1],
        ["gamma": .number(0.5), "patience": .integer(0), "cooldown": .integer(2)])
        == [0.1, 0.05, 0.05, 0.05, 0.025])
  }

  @Test("the rate stops at min_lr, and no number is no improvement")
  func ends() throws {
    #expect(
      try rates(
        of: [.nan, 1, .nan, 1, 1],
        ["gamma": .number(0.5), "patience": .integer(0), "min_lr": .number(0.02)])
        == [0.05, 0.05, 0.025, 0.02, 0.02])
  }
}

extension Schedule {
  /// Of a training with a base rate of 0.3 and ten steps an epoch, before the first evaluation.
  fileprivate func rate(step: Int, of steps: Int) -> Double {
    initialMemory.withUnsafeBufferPointer { memory in
      learningRate(
        at: SchedulePoint(base: 0.3, step: step, of: steps, stepsPerEpoch: 10, memory: memory))
    }
  }
}
