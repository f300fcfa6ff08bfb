@testable import Datasets
@testable import Experiments
import Testing
import Tracking

struct EarlierRecordsTests {
  private static func data(_ train: String, images: Int = 4) -> [DataFingerprint] {
    [
      DataFingerprint(name: "train", samples: images, sha256: train),
      DataFingerprint(name: "validation", samples: 2, sha256: "v"),
    ]
  }

  private func plan(_ lines: String...) throws -> TrialPlan {
    let list = "data: {train: t.txt, validation: v.txt, classes: [a, b]}"
    let text = lines.reduce(SampleSpecs.minimal(list)) { $0 + "\n" + $1 }
    let plan = try SampleSpecs.plan(text)
    return TrialPlan(plan, trials: plan.trials.map { $0.on(Self.data("now")) })
  }

  private func run(_ trial: Trial, _ status: RunStatus = .finished) -> RunRecord {
    RunRecord(
      id: trial.id, experiment: trial.record.experiment, number: trial.record.number,
      trial: trial.record, status: status, history: nil, checkpoints: [], attempts: [], result: nil,
      damage: [])
  }

  @Test("runs with the same settings on other data are told of, with what to do")
  func otherData() throws {
    let plan = try plan()
    let before = plan.trials[0].on(Self.data("then", images: 6))
    let earlier = EarlierRecords(plan, [run(before)], root: "results")
    #expect(earlier.onOtherData[plan.trials[0].id]?.map(\.id) == [before.id])
    #expect(
      earlier.notes == [
        "warning: trial 1 was trained on other data before: the train data is another, 6 images "
          + "then and 4 now; its record, \(before.id.prefix(8)) (finished), does not count here: move "
          + "it away (results/shapes/trials/\(before.id.prefix(2))/\(before.id)), or give this "
          + "experiment another name"
      ])
    #expect(EarlierRecords(plan, [run(plan.trials[0])], root: "results").notes.isEmpty)
  }

  @Test("what is recorded with other metrics is the same training, and is said to be")
  func recordedOtherwise() throws {
    let plan = try plan("evaluation: {metrics: [kappa], every: 1}")
    let before = try self.plan().trials[0]
    #expect(before.id == plan.trials[0].id)
    let notes = EarlierRecords(plan, [run(before)], root: "results").notes
    #expect(
      notes == [
        "note: trial 1 is recorded already, with other evaluation.metrics than the spec has now: it "
          + "is the same training, and is recorded as it was begun, so what was not asked for then is "
          + "missing"
      ])
  }

  @Test("where the data cannot be read, finished runs stand for trials of their settings")
  func finished() throws {
    let plan = try plan("sweep: {seeds: 2}")
    let runs = plan.trials.map { run($0) }
    let bare = TrialPlan(plan, trials: plan.trials.map { $0.on([]) })
    #expect(bare.finished(in: runs)?.trials.map(\.id) == plan.trials.map(\.id))
    #expect(bare.finished(in: [runs[0]]) == nil)
    #expect(bare.finished(in: runs + [run(plan.trials[0].on(Self.data("other")))]) == nil)
    #expect(bare.finished(in: [runs[0], run(plan.trials[1], .interrupted)]) == nil)
  }
}
