@testable import Experiments
import Testing

@Suite struct CheckpointRhythmTests {
  /// The steps of 12 after which one is due, where an evaluation is made after every `evaluation`.
  private func steps(
    _ every: CheckpointInterval, evaluation: Int, seconds: Double = 0
  ) -> (between: [Int], at: [Int]) {
    let rhythm = CheckpointRhythm(every: every, stepsPerEpoch: 4)
    let (at, between) = (
      (1...12).filter { $0 % evaluation == 0 }, (1...12).filter { $0 % evaluation > 0 }
    )
    return (
      between.filter { rhythm.isDue(afterStep: $0, seconds: seconds) },
      at.filter { rhythm.isDue(atEvaluation: $0, after: $0 - evaluation, seconds: seconds) }
    )
  }

  @Test("by default one is kept at each evaluation, and between two after ten minutes")
  func standard() {
    #expect(steps(.evaluation, evaluation: 4) == ([], [4, 8, 12]))
    #expect(steps(.evaluation, evaluation: 6, seconds: 599).between == [])
    #expect(
      steps(.evaluation, evaluation: 6, seconds: 600).between == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11])
  }

  @Test("steps and epochs are counted from the beginning, whatever the clock says")
  func counted() {
    #expect(steps(.training(.iterations(5)), evaluation: 4, seconds: 1e6) == ([5, 10], [8, 12]))
    #expect(steps(.training(.epochs(2)), evaluation: 4) == ([], [8]))
    #expect(steps(.training(.epochs(1)), evaluation: 12) == ([4, 8], [12]))
  }

  @Test("a time is measured from the last one")
  func timed() {
    #expect(steps(.time(SpecDuration(seconds: 60)), evaluation: 6, seconds: 59) == ([], []))
    #expect(steps(.time(SpecDuration(seconds: 60)), evaluation: 6, seconds: 60).at == [6, 12])
  }
}
