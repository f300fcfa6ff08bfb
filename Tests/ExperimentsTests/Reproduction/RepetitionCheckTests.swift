@testable import Execution
@testable import Experiments
import Testing
import Tracking

struct RepetitionCheckTests {
  private func record(
    evaluations: Int, loss: Double = 0.5, result: ResultRecord? = nil, checkpoint: String = "aa"
  ) -> RunRecord {
    RunRecord(
      id: "0123456789abcdef", experiment: "shapes", number: 1,
      trial: TrialRecord(
        experiment: "shapes", number: 1, hyperparameters: [], seed: 1, replicate: 0, point: 0,
        objective: Objective(metric: "training.loss", maximize: false), writtenSpec: "",
        specName: "", overrides: [], resolvedSpec: ""),
      status: .interrupted, history: SampleRuns.history(evaluations: evaluations, loss: loss),
      checkpoints: [
        CheckpointRecord(
          name: "last", file: "a.h5", bytes: 1, sha256: checkpoint,
          evaluation: SampleRuns.point(evaluations))
      ],
      attempts: [], result: result, damage: [])
  }

  private let finished = ResultRecord(
    outcome: .finished, cause: nil, bestValue: nil, bestEvaluation: nil, evaluations: 2)

  private func evaluated(_ number: Int) -> WorkerMessage {
    .evaluated(
      .init(
        point: SampleRuns.point(number), trainingLoss: 1, validationLoss: 1,
        headline: .init(series: SampleRuns.series[1], value: 1),
        isBest: false, seconds: 1))
  }

  @Test("equal evaluations and checkpoints are identical, with their counts")
  func identical() {
    let recorded = record(evaluations: 2, result: finished)
    var check = RepetitionCheck(recorded: recorded)
    check.hear(evaluated(1)) { record(evaluations: 1) }
    check.hear(evaluated(2)) { record(evaluations: 2) }
    #expect(check.verdict == nil)
    check.hear(.finished) { nil }
    #expect(
      check.conclude(.exited(0), recorded) == .identical(evaluations: 2, tensors: 2, checkpoints: 1)
    )
  }

  @Test("the first difference decides, and later evaluations do not change it")
  func differs() {
    var check = RepetitionCheck(recorded: record(evaluations: 2, result: finished))
    check.hear(evaluated(1)) { record(evaluations: 1, loss: 0.25) }
    let verdict = Reproduction.Verdict.differs(
      Divergence(evaluation: SampleRuns.point(1), tensors: [], series: ["training.loss"]))
    #expect(check.verdict == verdict)
    check.hear(evaluated(2)) { record(evaluations: 2) }
    #expect(check.verdict == verdict)
  }

  @Test("checkpoints are compared by their bytes")
  func checkpoints() {
    var check = RepetitionCheck(recorded: record(evaluations: 1, result: finished))
    check.hear(evaluated(1)) { record(evaluations: 1) }
    check.hear(.finished) { nil }
    #expect(
      check.conclude(.exited(0), record(evaluations: 1, checkpoint: "bb"))
        == .checkpointsDiffer(["last"]))
  }

  @Test("a run that was interrupted is compared as far as it came")
  func interruptedRecord() {
    var check = RepetitionCheck(recorded: record(evaluations: 1))
    check.hear(evaluated(1)) { record(evaluations: 1) }
    #expect(check.verdict == .identical(evaluations: 1, tensors: 2, checkpoints: 0))
  }

  @Test("a run that failed is the same when it fails of the same cause")
  func failed() {
    let recorded = record(evaluations: 1, result: .failed("diverged at step 9", evaluations: 1))
    var check = RepetitionCheck(recorded: recorded)
    check.hear(.failed(cause: "diverged at step 9")) { nil }
    #expect(
      check.conclude(.exited(1), record(evaluations: 1))
        == .identical(evaluations: 1, tensors: 2, checkpoints: 1))
    var other = RepetitionCheck(recorded: recorded)
    other.hear(.finished) { nil }
    #expect(
      other.conclude(.exited(0), record(evaluations: 1))
        == .endsOtherwise(recorded: "diverged at step 9", repeated: "finished"))
  }

  @Test("a run that stopped early is the same when it stops at the same evaluation")
  func stoppedEarly() {
    var (early, later) = (finished, finished)
    early.earlyStop = SampleRuns.earlyStop
    later.earlyStop = SampleRuns.earlyStop
    later.earlyStop?.after = SampleRuns.point(4)
    func verdict(_ repeated: ResultRecord) -> Reproduction.Verdict {
      var check = RepetitionCheck(recorded: record(evaluations: 3, result: early))
      for number in 1...3 { check.hear(evaluated(number)) { record(evaluations: number) } }
      check.hear(.stoppedEarly(SampleRuns.earlyStop)) { nil }
      check.hear(.finished) { nil }
      return check.conclude(.exited(0), record(evaluations: 3, result: repeated))
    }
    #expect(verdict(early) == .identical(evaluations: 3, tensors: 2, checkpoints: 1))
    let words =
      "stopped early at epoch 3 of 10, step 30 of 100: validation.mean_iou was best at "
      + "step 10 (epoch 1)"
    #expect(verdict(finished) == .endsOtherwise(recorded: words, repeated: "finished"))
    #expect(
      verdict(later)
        == .endsOtherwise(
          recorded: words,
          repeated: words.replacing("epoch 3 of 10, step 30", with: "epoch 4 of 10, step 40")))
  }

  @Test("a worker that dies of something else has not repeated anything")
  func killed() {
    var check = RepetitionCheck(recorded: record(evaluations: 1, result: finished))
    #expect(
      check.conclude(.exited(9), nil)
        == .endsOtherwise(recorded: "finished", repeated: "exit status 9"))
  }
}
