import Measurements
import Testing

@testable import Tracking

struct BestEvaluationTests {
  private let highest = Objective(metric: "validation.mean_iou", maximize: true)
  private let lowest = Objective(metric: "validation.mean_iou", maximize: false)

  private func best(_ number: Int, _ value: Double, row: Int) -> BestEvaluation {
    BestEvaluation(
      point: EvaluationPoint(step: 10 * number, epoch: Double(number)), value: value, row: row)
  }

  @Test("the objective says whether the highest or the lowest value is the best")
  func direction() {
    let history = SampleRuns.history([0.2, 0.5, 0.1])
    #expect(history.best(of: highest) == best(2, 0.5, row: 1))
    #expect(history.best(of: lowest) == best(3, 0.1, row: 2))
  }

  @Test("of equal evaluations the earliest is the best")
  func ties() {
    let history = SampleRuns.history([0.1, 0.5, 0.5, 0.1])
    #expect(history.best(of: highest)?.point.epoch == 2)
    #expect(history.best(of: lowest)?.point.epoch == 1)
  }

  @Test("an evaluation without a value is never the best", arguments: [true, false])
  func notANumber(maximize: Bool) {
    let objective = Objective(metric: "validation.mean_iou", maximize: maximize)
    #expect(SampleRuns.history([.nan, 0.5, .nan]).best(of: objective)?.point.epoch == 2)
    #expect(SampleRuns.history([.nan, .nan]).best(of: objective) == nil)
  }

  @Test("without evaluations or without the series there is no best one")
  func nothing() {
    #expect(SampleRuns.history([]).best(of: highest) == nil)
    let other = Objective(metric: "validation.boundary_f1", maximize: true)
    #expect(SampleRuns.history([0.5]).best(of: other) == nil)
  }

  @Test("the evaluation is the recorded one, the row its place")
  func laterEvaluations() {
    var history = SampleRuns.history([0.1, 0.2, 0.3])
    history.rows.removeFirst(2)
    #expect(history.best(of: highest) == best(3, 0.3, row: 0))
  }
}
