@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing
@testable import Training

@Suite("Weights of losses")
struct LossWeightTests {
  private func values(_ weight: LossWeight, at steps: [Int], stepsPerEpoch: Int = 10) -> [Double] {
    steps.map { weight.value(at: $0, stepsPerEpoch: stepsPerEpoch) }
  }

  private func expect(_ values: [Double], _ expected: [Double]) {
    #expect(values.count == expected.count)
    for (value, reference) in zip(values, expected) { #expect(abs(value - reference) < 1e-12) }
  }

  @Test("a schedule over epochs takes a step after each, and stays at its end")
  func epochs() {
    let line = LossWeight.scheduled(.linear, from: 1, to: 0, after: nil, over: .epochs(4))
    expect(values(line, at: [0, 9, 10, 25, 39, 40, 400]), [1, 1, 0.75, 0.5, 0.25, 0, 0])
    let late = LossWeight.scheduled(.linear, from: 0, to: 2, after: .epochs(1), over: .epochs(2))
    expect(values(late, at: [0, 10, 19, 20, 30]), [0, 0, 0, 1, 2])
  }

  // α grows by 0.01 an epoch from 0.01 on.
  @Test("the boundary loss's weight of Kervadec et al. is a line")
  func boundary() {
    let weight = LossWeight.scheduled(.linear, from: 0.01, to: 1, after: nil, over: .epochs(99))
    expect(
      values(weight, at: [0, 9, 10, 20, 990, 2000]), [0.01, 0.01, 0.02, 0.03, 1, 1])
  }

  @Test("a schedule over iterations changes with each")
  func iterations() {
    let line = LossWeight.scheduled(
      .linear, from: 1, to: 3, after: .iterations(5), over: .iterations(4))
    expect(values(line, at: [0, 5, 6, 7, 8, 9, 10]), [1, 1, 1.5, 2, 2.5, 3, 3])
    let cosine = LossWeight.scheduled(.cosine, from: 1, to: 0, after: nil, over: .iterations(4))
    let half = 0.5.squareRoot() / 2
    expect(values(cosine, at: [0, 1, 2, 3, 4]), [1, 0.5 + half, 0.5, 0.5 - half, 0])
  }

  @Test("a step is one weight and then another")
  func step() {
    let weight = LossWeight.step(from: 0, to: 1, at: .epochs(2))
    expect(values(weight, at: [0, 19, 20, 50]), [0, 0, 1, 1])
  }

  private func settings(_ weight: LossWeight) throws -> SmallTraining {
    let dice = try #require(Registry.losses.makeDefault("dice") as? any Loss)
    return SmallTraining(
      duration: .epochs(4), change: { $0.losses.append(.init(loss: dice, weight: weight)) })
  }

  @Test("each evaluation reports the weights that change, and its losses are sums with them")
  func reports() throws {
    try withScenes { data in
      let weight = LossWeight.scheduled(.linear, from: 1, to: 0.25, after: nil, over: .epochs(3))
      var weights: [[NamedLoss]] = []
      _ = try TrainingLoop(settings(weight).configuration, data: data).run { event in
        guard case .evaluationEnded(let report, _) = event else { return .proceed }
        weights.append(report.lossWeights)
        for (sum, parts) in [
          (report.trainingLoss, report.trainingLosses),
          (report.validationLoss, report.validationLosses),
        ] {
          let expected = parts[0].value + report.lossWeights[0].value * parts[1].value
          #expect(abs(sum - expected) < 1e-9)
        }
        return .proceed
      }
      #expect(weights.map { $0.map(\.name) } == Array(repeating: ["dice"], count: 4))
      expect(weights.map { $0[0].value }, [1, 0.75, 0.5, 0.25])
    }
  }

  @Test("a weight that does not change is no series")
  func constant() throws {
    try withScenes { data in
      _ = try TrainingLoop(settings(.constant(0.5)).configuration, data: data).run { event in
        if case .evaluationEnded(let report, _) = event { #expect(report.lossWeights.isEmpty) }
        return .proceed
      }
      // A schedule that stays where it is trains alike.
      let still = LossWeight.scheduled(.cosine, from: 0.5, to: 0.5, after: nil, over: .epochs(2))
      #expect(try record(settings(still), data) == record(settings(.constant(0.5)), data))
    }
  }

  @Test("continued from any evaluation it is the training that was never stopped")
  func continues() throws {
    try withScenes { data in
      let settings = try settings(
        .scheduled(.cosine, from: 1, to: 0, after: .iterations(1), over: .iterations(6)))
      let straight = try record(settings, data)
      for number in 1...3 {
        let kept = try checkpoint(settings, data, after: number)
        #expect(
          try record(settings, data, from: kept) == Array(straight[number...]))
      }
    }
  }
}
