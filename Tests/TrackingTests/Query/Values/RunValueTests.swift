import Foundation
import Measurements
import Testing

@testable import Tracking

struct RunValueTests {
  private let run = SampleRuns.run(
    3, [("solver.base_lr", "1e-3"), ("template", "unet")], meanIoU: [.nan, 0.5, 0.75, 0.75, 0.25],
    begun: "2026-03-04T09:00:00Z")

  private func answer(_ text: String, of run: RunRecord? = nil) throws -> QueryValue {
    let value = try RunValue(text)
    #expect(try RunValue(value.description) == value, "\(value.description)")
    return (run ?? self.run).value(of: value)
  }

  @Test(
    "a series has a value by each statistic and at each evaluation",
    arguments: [
      ("mean_iou", 0.75), ("validation.mean_iou", 0.75), ("max(mean_iou)", 0.75),
      ("min(mean_iou)", 0.25), ("last(mean_iou)", 0.25), ("mean_iou @ last", 0.25),
      ("mean(mean_iou)", 0.5625), ("mean(mean_iou, last 2)", 0.5),
      ("mean(mean_iou, last 99)", 0.5625),
      ("loss @ best(mean_iou)", 0.75), ("loss @ best", 0.75), ("loss @ best(objective)", 0.75),
      ("training.loss @ min(mean_iou)", 0.75), ("training.loss @ max(mean_iou)", 0.25),
      ("mean_iou @ epoch 2", 0.5), ("mean_iou @ step 50", 0.25), ("iou.cell @ last", 0.25),
      ("'iou.cell'", 0.75), ("iou", 0.75),
    ])
  func statistics(_ text: String, _ expected: Double) throws {
    #expect(try answer(text) == .number(expected))
  }

  @Test("of equal values the first is the best, and what is not finite never is")
  func ties() throws {
    #expect(try answer("epoch @ best(mean_iou)") == .number(3))
    #expect(try answer("step") == .number(30))
    let run = SampleRuns.run(1, meanIoU: [.infinity, 0.5, -.infinity, .nan])
    #expect(try answer("epoch", of: run) == .number(2))
    #expect(try answer("max(mean_iou)", of: run) == .number(0.5))
    #expect(try answer("min(mean_iou)", of: run) == .number(0.5))
  }

  @Test("best(x) follows the direction of x")
  func direction() throws {
    #expect(try answer("epoch @ best(training.loss)") == .number(3))
    #expect(try answer("epoch @ best(loss)") == .number(3))
    #expect(try answer("epoch @ max(loss)") == .number(5))
    #expect(
      try answer("epoch @ best(training.seconds)")
        == .missing(HistoryColumn.noDirection("training.seconds")))
  }

  @Test("where a run has no value it says why")
  func reasons() throws {
    #expect(
      try answer("mean_iou @ epoch 1") == .missing("validation.mean_iou is not a number at epoch 1")
    )
    #expect(
      try answer("mean_iou @ epoch 40")
        == .missing("it has no evaluation at epoch 40; the nearest is at step 50 (epoch 5)"))
    #expect(try answer("hd95") == .missing("it has no hd95"))
    #expect(try answer("fold") == .missing("it has no folds"))
    #expect(try answer("cause") == .missing("it has not failed"))
    let waiting = SampleRuns.run(4, status: .waiting)
    #expect(try answer("mean_iou", of: waiting) == .missing("it has no evaluation yet"))
    let diverged = SampleRuns.run(4, meanIoU: [.nan, .infinity])
    #expect(
      try answer("max(mean_iou)", of: diverged)
        == .missing("validation.mean_iou has no finite value"))
    #expect(
      try answer("loss", of: diverged) == .missing("validation.mean_iou has no finite value"))
  }

  @Test("facts and settings of the spec are values too")
  func facts() throws {
    #expect(try answer("status") == .text("finished"))
    #expect(try answer("seconds") == .number(160))
    #expect(try answer("epochs") == .number(5))
    #expect(try answer("host") == .text("host"))
    #expect(try answer("started") == .text("2026-03-04T09:00:00Z"))
    #expect(try answer("run") == .text("cells/3"))
    #expect(try answer("solver.base_lr") == .number(1e-3))
    #expect(try answer("base_lr") == .number(1e-3))
    #expect(try answer("template") == .text("unet"))
    #expect(try answer("max(training.seconds)") == .number(32))
  }

  @Test("a seed that no number holds keeps its digits")
  func seed() throws {
    let run = SampleRuns.run(1, seed: 3_426_880_038_350_228_251)
    #expect(try answer("seed", of: run) == .text("3426880038350228251"))
    #expect(try answer("seed") == .number(7))
  }

  @Test("every fact has an answer, of a run that has nothing too", arguments: RunFact.allCases)
  func everyFact(_ fact: RunFact) throws {
    for run in [run, SampleRuns.run(1, status: .waiting)] {
      let answer = try answer(fact.rawValue, of: run)
      guard let kind = answer.kind else { continue }
      #expect(kind == fact.kind)
      if let words = fact.words { #expect(words.contains(answer.text())) }
    }
    #expect(!fact.about.isEmpty)
  }

  @Test("a value of a test is that of the newest")
  func tests() throws {
    var run = run
    let test = MetricHistory(
      series: [SeriesDescription("test.mean_iou", title: "", aliases: ["jaccard"], about: "")],
      tensorNames: [],
      rows: [
        .init(.init(step: 30, epoch: 3), values: [.number(0.5)], tensorDigests: [], attempt: 1)
      ])
    let checkpoint = CheckpointRecord(
      name: "best", file: "", bytes: 0, sha256: "", evaluation: .init(step: 30, epoch: 3))
    let attempt = try #require(run.attempts.first)
    let facts = TestRecord.Facts(
      name: "test", startedAt: "", checkpoint: checkpoint, list: nil, data: [], overrides: [],
      build: attempt.build, machine: attempt.machine, threads: 1)
    run.tests = [TestRecord(facts, history: test)]
    #expect(try answer("test.mean_iou", of: run) == .number(0.5))
    #expect(try answer("test.jaccard", of: run) == .number(0.5))
  }

  @Test(
    "what is written wrong is told with its place",
    arguments: [
      ("max(mean_iou", 13, "expected ')' after 'mean_iou', but the text ends"),
      ("maximum(mean_iou)", 1, "there is no statistic 'maximum'"),
      ("mean(loss, first 5)", 12, "expected 'last' and a number, but there is 'first'"),
      ("mean(loss, last 0)", 17, "expected a number of evaluations, at least 1, but there is '0'"),
      ("loss @ bst(iou)", 8, "'bst' is no evaluation"),
      ("loss @ epoch x", 14, "expected the number of an epoch, but there is 'x'"),
      ("max(loss) @ last", 11, "max(…) is one number already"),
      ("loss loss", 6, "nothing is expected after this"),
      ("", 1, "expected a value, but the text ends"),
      ("'loss", 1, "the quotes that open here are not closed"),
      ("a & b", 3, "'&' means nothing here"), ("3", 1, "expected a value, but there is '3'"),
    ])
  func errors(_ text: String, _ column: Int, _ message: String) throws {
    let error = #expect(throws: QueryError.self) { try RunValue(text, source: "--sort") }
    #expect(error?.column == column)
    #expect(error?.message == message)
  }

  @Test("several values are parted by commas")
  func list() throws {
    let values = try RunValue.list("max(mean_iou), loss @ last,seed")
    #expect(values.map(\.description) == ["max(mean_iou)", "last(loss)", "seed"])
  }
}
