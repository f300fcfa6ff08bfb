import Foundation
import Testing

@testable import Tracking

@Suite("Stamps of reports")
struct ReportStampTests {
  private static let runs = [
    SampleRuns.run(
      1, [("solver.base_lr", "0.1")], meanIoU: [0.1, 0.3], begun: "2026-03-01T00:00:00Z"),
    SampleRuns.run(
      2, [("solver.base_lr", "0.2")], meanIoU: [0.2, 0.4], begun: "2026-03-02T00:00:00Z"),
  ]

  private static func stamp(_ runs: [RunRecord]) -> ReportStamp {
    ReportStamp(runs, query: ["cells"], program: "experiments 1")
  }

  @Test("a stamp is found in its page again, whatever stands around it")
  func roundTrip() throws {
    var stamp = Self.stamp(Self.runs)
    stamp.query = ["</script>", "a b", "\u{202E}"]
    let page = "<!doctype html><p>\(stamp.element.text)</p>"
    #expect(ReportStamp(page: Data(page.utf8)) == stamp)
    #expect(ReportStamp(page: Data("<html></html>".utf8)) == nil)
    #expect(ReportStamp(page: Data()) == nil)
    let other = page.replacing(ReportStamp.schema, with: "experiments.report/9")
    #expect(ReportStamp(page: Data(other.utf8)) == nil)
  }

  @Test("its time is that of the newest record, and not the clock's")
  func time() {
    #expect(Self.stamp(Self.runs).made == "2026-03-02T00:00:00Z")
    #expect(
      ReportStamp(Self.runs, query: [], program: "", made: "2027-01-01").made == "2027-01-01")
  }

  @Test("added, changed and removed runs are told")
  func changes() {
    let then = Self.stamp(Self.runs)
    #expect(then.changes(to: Self.stamp(Self.runs.reversed())).isEmpty)
    let now = [
      SampleRuns.run(
        2, [("solver.base_lr", "0.2")], meanIoU: [0.2, 0.5], begun: "2026-03-02T00:00:00Z"),
      SampleRuns.run(3, meanIoU: [0.1]),
    ]
    #expect(
      then.changes(to: Self.stamp(now)) == [
        .init(run: "cells/\(SampleRuns.id(1))", kind: .removed),
        .init(run: "cells/\(SampleRuns.id(2))", kind: .changed),
        .init(run: "cells/\(SampleRuns.id(3))", kind: .added),
      ])
  }

  @Test("a record's digest follows everything that a page shows, and not the order of the runs")
  func digests() {
    let run = SampleRuns.run(1, meanIoU: [0.1, 0.3])
    #expect(run.digest == SampleRuns.run(1, meanIoU: [0.1, 0.3]).digest)
    let others = [
      SampleRuns.run(1, meanIoU: [0.1, 0.3000000001]), SampleRuns.run(1, meanIoU: [0.1]),
      SampleRuns.run(1), SampleRuns.run(1, seed: 8, meanIoU: [0.1, 0.3]),
      SampleRuns.run(1, status: .running, meanIoU: [0.1, 0.3]),
      SampleRuns.run(1, meanIoU: [0.1, 0.3], damage: ["state.json"]),
      SampleRuns.run(1, meanIoU: [0.1, 0.3], begun: "2026-03-01T00:00:00Z"),
    ]
    #expect(Set(([run] + others).map(\.digest)).count == others.count + 1)
    #expect(Self.runs.digest == Array(Self.runs.reversed()).digest)
    #expect(run.digest.count == 16)
  }
}
