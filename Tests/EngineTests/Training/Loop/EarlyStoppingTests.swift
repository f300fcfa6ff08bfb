@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
import Measurements
import Testing
@testable import Training

@Suite("Early stopping")
struct EarlyStoppingTests {
  /// The number of the evaluation that ends a training, 1 for the first, and that of the best one by
  /// then; an evaluation every two epochs of five steps.
  private func end(
    _ values: [Double], patience: EarlyStopping.Patience, isHigherBetter: Bool = true,
    minimumDelta: Double = 0
  ) -> [Int?] {
    let settings = EarlyStopping(
      patience: patience, series: "validation.loss", isHigherBetter: isHigherBetter,
      minimumDelta: minimumDelta)
    var state = EarlyStopping.State(settings, stepsPerEpoch: 5)
    for (index, value) in values.enumerated() {
      state.add(value, at: EvaluationPoint(step: 10 * (index + 1), epoch: Double(2 * (index + 1))))
      if state.isPatienceOver { return [index + 1, state.best.map { $0.point.step / 10 }] }
    }
    return [nil, state.best.map { $0.point.step / 10 }]
  }

  @Test(
    "training ends with the first evaluation at which the patience has passed since the best one",
    arguments: [
      (.evaluations(1), 4), (.evaluations(2), 5), (.evaluations(4), nil),
      (.interval(.epochs(1)), 4), (.interval(.epochs(2)), 4), (.interval(.epochs(3)), 5),
      (.interval(.epochs(6)), 6), (.interval(.epochs(7)), nil),
      (.interval(.iterations(10)), 4), (.interval(.iterations(11)), 5),
      (.interval(.iterations(30)), 6), (.interval(.iterations(31)), nil),
    ] as [(EarlyStopping.Patience, Int?)])
  func patience(patience: EarlyStopping.Patience, end: Int?) {
    #expect(self.end([1, 2, 3, 1, 2, 2], patience: patience) == [end, 3])
    #expect(
      self.end([-1, -2, -3, -1, -2, -2], patience: patience, isHigherBetter: false) == [end, 3])
  }

  @Test("the same value again is not better, and what is better begins the patience anew")
  func better() {
    #expect(end([1, 1, 1], patience: .evaluations(2)) == [3, 1])
    #expect(end([1, 1, 2, 2, 3, 3], patience: .evaluations(2)) == [nil, 5])
  }

  @Test("a value is better where it passes the best by more than the least difference")
  func minimumDelta() {
    // Powers of two: no rounding.
    #expect(end([1, 1.5, 1.75], patience: .evaluations(2), minimumDelta: 0.5) == [nil, 3])
    #expect(end([1, 1.5, 1.5], patience: .evaluations(2), minimumDelta: 0.5) == [3, 1])
    #expect(
      end([1, 0.5, 0.25], patience: .evaluations(2), isHigherBetter: false, minimumDelta: 0.5)
        == [nil, 3])
  }

  @Test("NaN is never better, and without any value the patience counts from the beginning")
  func notANumber() {
    #expect(end([.nan, 1, .nan, .nan], patience: .evaluations(2)) == [4, 2])
    #expect(end([.nan, .nan, 1], patience: .evaluations(2)) == [2, nil])
    #expect(end([.nan, .nan], patience: .interval(.epochs(4))) == [2, nil])
    #expect(
      end([.infinity, 3, .nan], patience: .evaluations(2), isHigherBetter: false) == [nil, 2])
  }

  // MARK: - In a training

  /// Its loss on the validation data cannot pass the first by 100.
  private func configuration(_ patience: EarlyStopping.Patience) throws -> TrainingConfiguration {
    try SmallTraining(duration: .epochs(5)) {
      $0.earlyStopping = EarlyStopping(
        patience: patience, series: "validation.loss", isHigherBetter: false, minimumDelta: 100)
    }.configuration
  }

  @Test("a training that stops early is the beginning of one that does not, its end the last one")
  func training() throws {
    try withScenes { data in
      let whole = try record(SmallTraining(duration: .epochs(5)), data)
      let loop = try TrainingLoop(configuration(.evaluations(2)), data: data)
      var reports: [EvaluationReport] = []
      let outcome = try loop.run { event in
        if case .evaluationEnded(let report, _) = event { reports.append(report) }
        return .proceed
      }
      #expect(outcome == .finishedEarly(best: reports[0].point))
      #expect(reports.map(\.isLast) == [false, false, true])
      #expect(reports.map(RepeatedEvaluation.init) == Array(whole[..<3]))
      #expect(loop.summary.steps == 10, "what is planned stays as it is")
    }
  }

  @Test("one whose patience is over with the planned end has come to its end")
  func plannedEnd() throws {
    try withScenes { data in
      let loop = try TrainingLoop(configuration(.interval(.epochs(4))), data: data)
      #expect(try loop.run { _ in .proceed } == .finished)
    }
  }

  @Test("a training continued from any evaluation stops where it would have stopped")
  func continues() throws {
    try withScenes { data in
      let settings = SmallTraining(duration: .epochs(5)) { $0.earlyStopping = nil }
      for number in 1...3 {
        let checkpoint = try checkpoint(settings, data, after: number)
        let loop = try TrainingLoop(configuration(.evaluations(2)), data: data)
        try loop.restore(
          step: checkpoint.step, series: { _ in Array(repeating: 1, count: number) },
          values: { checkpoint[TensorKey($0, $1)] })
        var steps: [Int] = []
        let outcome = try loop.run { event in
          if case .evaluationEnded(let report, _) = event { steps.append(report.step) }
          return .proceed
        }
        #expect(outcome == .finishedEarly(best: EvaluationPoint(step: 2, epoch: 1)))
        #expect(steps == [4, 6].filter { $0 > checkpoint.step })
      }
    }
  }

  @Test("a record that lacks values of the series is refused")
  func missingValues() throws {
    try withScenes { data in
      let checkpoint = try checkpoint(SmallTraining(), data, after: 2)
      let loop = try TrainingLoop(configuration(.evaluations(2)), data: data)
      #expect {
        try loop.restore(step: checkpoint.step) { checkpoint[TensorKey($0, $1)] }
      } throws: {
        "\($0)".hasSuffix("of 2 evaluations 0 have recorded validation.loss")
      }
    }
  }
}
