import Testing

@testable import Tracking

struct SelectTests {
  private let runs = [
    SampleRuns.run(
      2, id: "abcd222200000000", meanIoU: [0.3, 0.9, 0.2], begun: "2026-03-02T10:00:00Z"),
    SampleRuns.run(
      1, id: "abcd111100000000", meanIoU: [0.6, .nan], begun: "2026-03-04T09:00:00Z"),
    SampleRuns.run(3, id: "beef333300000000"),
    SampleRuns.run(
      1, of: "roads", id: "0123456789abcdef", meanIoU: [0.1], begun: "2026-03-04T08:59:59Z"),
  ]

  private func places(_ text: String) throws -> [String] {
    try Selector(text).select(from: runs).map { "\($0.experiment)/\($0.number)" }
  }

  private func message(_ text: String, from runs: [RunRecord]? = nil) -> String? {
    #expect(throws: SelectorError.self) {
      try Selector(text).select(from: runs ?? self.runs)
    }?.description
  }

  @Test("an experiment is all of its runs, by trial number")
  func experiment() throws {
    #expect(try places("cells") == ["cells/1", "cells/2", "cells/3"])
  }

  @Test("a trial is one run")
  func trial() throws {
    #expect(try places("cells/2") == ["cells/2"])
  }

  @Test("the beginning of an id is enough, in either case")
  func prefix() throws {
    #expect(try places("beef") == ["cells/3"])
    #expect(try places("ABCD1") == ["cells/1"])
    #expect(try places("0123456789abcdef") == ["roads/1"])
  }

  @Test("an experiment goes before an id that begins like its name")
  func experimentBeforeID() throws {
    let runs = self.runs + [SampleRuns.run(1, of: "beef", id: "7777000000000000")]
    #expect(try Selector("beef").select(from: runs).map(\.id) == ["7777000000000000"])
  }

  @Test("@last is the run whose latest attempt began last")
  func last() throws {
    #expect(try places("@last") == ["cells/1"])
    #expect(
      message("@last", from: [runs[2]])
        == "no run has begun yet; begin with: experiments run <spec>")
  }

  @Test("of attempts that began in one second the later trial's is the last")
  func lastOfOneSecond() throws {
    let runs = [3, 1, 2].map { SampleRuns.run($0, begun: "2026-03-04T09:00:00Z") }
    #expect(try Selector("@last").select(from: runs).map(\.number) == [3])
  }

  @Test("@best goes by the objective at each run's best evaluation")
  func best() throws {
    #expect(try places("@best:cells") == ["cells/2"])
    let lowest = Objective(metric: "validation.loss", maximize: false)
    let byLoss = [
      SampleRuns.run(1, objective: lowest, meanIoU: [0.9]),
      SampleRuns.run(2, objective: lowest, meanIoU: [0.2]),
    ]
    #expect(try Selector("@best:cells").select(from: byLoss).map(\.number) == [1])
  }

  @Test("a damaged run is never the best")
  func damagedIsNotBest() throws {
    let runs = [
      SampleRuns.run(1, meanIoU: [0.9], damage: ["progress.h5: cut short"]),
      SampleRuns.run(2, meanIoU: [0.2]),
    ]
    #expect(try Selector("@best:cells").select(from: runs).map(\.number) == [2])
  }

  @Test("an id that fits several runs lists them")
  func ambiguous() {
    #expect(
      message("abcd") == """
        'abcd' fits 2 runs; give one of these names:
          cells/1 (id abcd111100000000)
          cells/2 (id abcd222200000000)
        """)
  }

  @Test("where nothing matches, the nearest or else all experiments are named")
  func unknown() {
    #expect(message("cell") == "no experiment or run is called 'cell'; did you mean 'cells'?")
    #expect(message("raods/1") == "no experiment or run is called 'raods'; did you mean 'roads'?")
    #expect(
      message("@best:hippocampus")
        == "no experiment or run is called 'hippocampus'; there is cells, roads")
    #expect(
      message("dead", from: [])
        == "no experiment or run is called 'dead'; nothing has been recorded yet")
  }

  @Test("too few digits of an id are said to be so")
  func shortID() {
    #expect(
      message("abc")
        == "'abc' selects no run: no experiment or run is called so, and an id takes at least 4 digits"
    )
  }

  @Test("an experiment with the beginning of an id is one run")
  func memberID() throws {
    #expect(try places("cells/beef") == ["cells/3"])
    #expect(try places("cells/ABCD22") == ["cells/2"])
    #expect(message("roads/beef") == "roads has no trial beef; there is 1")
  }

  @Test("a trial that does not exist is answered with those that do")
  func noTrial() {
    #expect(message("cells/9") == "cells has no trial 9; there is 1–3")
  }

  @Test("without a value nothing is the best")
  func nothingMeasured() {
    #expect(
      message("@best:cells", from: [runs[2]])
        == "no run of cells has a value to be judged by yet")
  }

  @Test("of several selectors each run is taken once, in their order; none means every run")
  func several() throws {
    let texts = ["roads", "cells/3", "cells", "@last"]
    let selected = try Selector.select(texts, from: runs).map { "\($0.experiment)/\($0.number)" }
    #expect(selected == ["roads/1", "cells/3", "cells/1", "cells/2"])
    #expect(try Selector.select([], from: runs).count == 4)
  }

  @Test("numbers and ranges of an experiment are its trials, by number")
  func ranges() throws {
    #expect(try places("cells/3,1") == ["cells/1", "cells/3"])
    #expect(try places("cells/2-9") == ["cells/2", "cells/3"])
    #expect(message("cells/2,8") == "cells has no trial 8; there is 1–3")
    #expect(message("cells/7-9") == "cells has no trial 7-9; there is 1–3")
  }

  @Test("a pattern is every run of the experiments that are called so")
  func pattern() throws {
    #expect(try places("*s") == ["cells/1", "cells/2", "cells/3", "roads/1"])
    #expect(try places("r?ads") == ["roads/1"])
    #expect(message("x*") == "no experiment or run is called 'x*'; there is cells, roads")
  }

  @Test("a name that a person gave selects its run, of one experiment or of all")
  func ownNames() throws {
    var runs = runs
    runs[0].labels.name = "wide"
    runs[3].labels.name = "Wide net"
    func selected(_ text: String) throws -> [String] {
      try Selector(text).select(from: runs).map(\.name)
    }
    #expect(try selected("wide") == ["cells/2"])
    #expect(try selected("name:wide") == ["cells/2"])
    #expect(try selected("cells/wide") == ["cells/2"])
    #expect(try selected("roads/Wide net") == ["roads/1"])
    #expect(
      message("wid", from: runs)
        == "no experiment or run is called 'wid'; did you mean 'Wide net' or 'wide'?")
    #expect(
      message("cells/wid", from: runs) == "cells has no trial wid; did you mean 'cells/wide'?")
    #expect(message("name:wise", from: runs) == "no run has the name 'wise'; did you mean 'wide'?")
    runs[3].labels.name = "wide"
    #expect(
      message("wide", from: runs)?.hasPrefix("'wide' fits 2 runs; give one of these names:") == true
    )
  }

  @Test("a tag is every run that has it, by the spec or by a person")
  func tags() throws {
    var runs = runs
    runs[1].labels.tags = ["small"]
    runs.append(SampleRuns.run(2, of: "roads", spec: "{\"tags\":[\"small\",\"old\"]}"))
    #expect(try Selector("tag:small").select(from: runs).map(\.name) == ["cells/1", "roads/2"])
    #expect(message("tag:smal", from: runs) == "no run has the tag 'smal'; did you mean 'small'?")
    #expect(message("tag:small") == "no run has the tag 'small'; no run has any")
  }
}
