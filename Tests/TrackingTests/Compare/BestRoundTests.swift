import Testing

@testable import Tracking

struct BestRoundTests {
  private let highest = Objective(metric: "validation.mean_iou", maximize: true)
  private let lowest = Objective(metric: "validation.mean_iou", maximize: false)

  @Test("the objective says whether the highest or the lowest value is the best")
  func direction() {
    let history = SampleRuns.history([0.2, 0.5, 0.1])
    #expect(history.best(of: highest) == BestRound(round: 2, value: 0.5, row: 1))
    #expect(history.best(of: lowest) == BestRound(round: 3, value: 0.1, row: 2))
  }

  @Test("of equal rounds the earliest is the best")
  func ties() {
    let history = SampleRuns.history([0.1, 0.5, 0.5, 0.1])
    #expect(history.best(of: highest)?.round == 2)
    #expect(history.best(of: lowest)?.round == 1)
  }

  @Test("a round without a value is never the best", arguments: [true, false])
  func notANumber(maximize: Bool) {
    let objective = Objective(metric: "validation.mean_iou", maximize: maximize)
    #expect(SampleRuns.history([.nan, 0.5, .nan]).best(of: objective)?.round == 2)
    #expect(SampleRuns.history([.nan, .nan]).best(of: objective) == nil)
  }

  @Test("without rounds or without the series there is no best round")
  func nothing() {
    #expect(SampleRuns.history([]).best(of: highest) == nil)
    let other = Objective(metric: "validation.boundary_f1", maximize: true)
    #expect(SampleRuns.history([0.5]).best(of: other) == nil)
  }

  @Test("the round is the recorded one, the row its place")
  func laterRounds() {
    var history = SampleRuns.history([0.1, 0.2, 0.3])
    history.rows.removeFirst(2)
    #expect(history.best(of: highest) == BestRound(round: 3, value: 0.3, row: 0))
  }
}
