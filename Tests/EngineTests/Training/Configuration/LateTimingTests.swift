@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing
@testable import Training

struct LateTimingTests {
  /// Of a training of four samples, two a step, three epochs: six steps.
  private func timings(_ change: @escaping (inout TrainingConfiguration) -> Void) throws
    -> [LateTiming]
  {
    try SmallTraining(batchSize: 2, schedule: ("fixed", [:]), change: change).configuration
      .lateTimings(trainingSamples: 4)
  }

  private func schedule(_ name: String, _ settings: [String: FieldValue]) throws -> any Schedule {
    try #require(try Registry.schedules.makeDefault(name, settings) as? any Schedule)
  }

  @Test("a warm-up that is longer than the training never reaches the base rate")
  func warmup() throws {
    let late = try #require(
      try timings {
        $0.optimization.baseLearningRate = 1e-3
        $0.optimization.warmup = Warmup(length: .iterations(60))
      }.first)
    #expect(late.path == ["solver", "schedule", "warmup"])
    #expect(late.message == "the warm-up lasts 60 iterations, the training 6 iterations")
    // 1e-3 · (0.1 + 0.9 · 5/60)
    #expect(
      late.consequence
        == "a base_lr of 0.001 is never reached, the learning rate gets to 0.000175")
    #expect(try timings { $0.optimization.warmup = Warmup(length: .iterations(5)) }.isEmpty)
    #expect(try timings { $0.optimization.warmup = Warmup(length: .epochs(3)) }.count == 1)
    #expect(
      try timings { $0.optimization.warmup = Warmup(length: .epochs(9), startFactor: 1) }.isEmpty)
  }

  @Test(
    "milestones of schedules that lie beyond the end are said",
    arguments: [
      ("step", ["stepsize": .interval(.epochs(3))], "stepsize"),
      ("multistep", ["stepvalue": .intervals([.epochs(1), .iterations(6)])], "stepvalue"),
      ("sigmoid", ["stepsize": .interval(.iterations(9)), "gamma": .number(-0.1)], "stepsize"),
      ("sgdr", ["period": .interval(.epochs(4))], "period"),
      ("one_cycle", ["pct_start": .number(1)], "pct_start"),
      ("plateau", ["patience": .integer(1)], "patience"),
    ] as [(String, [String: FieldValue], String)])
  func milestones(name: String, settings: [String: FieldValue], field: String) throws {
    let made = try schedule(name, settings)
    let late = try timings { $0.optimization.schedule = made }
    #expect(late.map(\.path) == [["solver", "schedule", name, field]])
  }

  @Test(
    "what the training reaches is not said",
    arguments: [
      ("step", ["stepsize": .interval(.epochs(2))]),
      ("multistep", ["stepvalue": .intervals([.epochs(1), .iterations(5)])]),
      ("sgdr", ["period": .interval(.epochs(3))]), ("one_cycle", [:]), ("poly", [:]),
      ("plateau", ["patience": .integer(0)]),
    ] as [(String, [String: FieldValue])])
  func reached(name: String, settings: [String: FieldValue]) throws {
    let made = try schedule(name, settings)
    #expect(try timings { $0.optimization.schedule = made }.isEmpty)
  }

  @Test("an average that still holds the first weights is said, unless its decay ramps up")
  func average() throws {
    let late = try #require(
      try timings { $0.optimization.averaging = .exponential(decay: 0.999, ramps: false) }.first)
    #expect(late.message.contains("still 99 % made of the weights that were drawn"))
    #expect(
      try timings { $0.optimization.averaging = .exponential(decay: 0.999, ramps: true) }.isEmpty)
    #expect(
      try timings { $0.optimization.averaging = .exponential(decay: 0.5, ramps: false) }.isEmpty)
  }

  @Test("weights of losses that never begin to change, or never arrive, are said")
  func weights() throws {
    func late(_ weight: LossWeight) throws -> [LateTiming] {
      try timings { $0.losses[0].weight = weight }
    }
    #expect(try late(.step(from: 0, to: 1, at: .epochs(3))).count == 1)
    #expect(try late(.step(from: 0, to: 1, at: .epochs(2))).isEmpty)
    #expect(
      try late(.scheduled(.linear, from: 0, to: 1, after: .iterations(6), over: .iterations(1)))
        .first?
        .message == "it begins to change after 6 iterations, but the training lasts 6 iterations")
    let slow = try late(.scheduled(.linear, from: 0, to: 1, after: nil, over: .iterations(10)))
    #expect(slow.first?.consequence == "the weight is 0.5 at the end")
    #expect(try late(.scheduled(.linear, from: 0, to: 1, after: nil, over: .epochs(3))).isEmpty)
  }
}
