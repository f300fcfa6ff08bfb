import Testing

@testable import Tracking

@Suite("Rows against a baseline")
struct BaselineTests {
  /// Points with the same seeds.
  private func runs(_ points: [[Double?]], firstSeed: UInt64 = 1) -> [RunRecord] {
    points.enumerated().flatMap { point, values in
      values.enumerated().map { seed, value in
        SampleRuns.run(
          point * 100 + seed + 1, [("solver.base_lr", "\(point + 1)")],
          seed: firstSeed + UInt64(seed), point: point,
          status: value == nil ? .failed(cause: "the loss is not finite") : .finished,
          meanIoU: value.map { [$0] })
      }
    }
  }

  private let steady: [[Double?]] = [
    [0.561, 0.552, 0.569, 0.558, 0.563, 0.566], [0.549, 0.546, 0.551, 0.541, 0.552, 0.559],
    [0.558, 0.555, 0.566, 0.549, 0.561, 0.570],
  ]

  @Test("the other rows are tested against the best one, in pairs of equal seeds")
  func best() throws {
    let table = Comparison(runs(steady))
    #expect(table.baseline == .init(row: 0, isChosen: false))
    #expect(table.rows.map { $0.test?.verdict } == [nil, .notToldApart, .likely])
    let test = try #require(table.rows[2].test)
    #expect(test.kind == .paired && test.pairs == 6 && test.agreeing == 6)
    let pairs = PairedComparison(differences: zip(steady[1], steady[0]).map { $0! - $1! })
    #expect(abs(test.difference - pairs.meanDifference) < 1e-15)
    #expect(abs((test.p ?? 1) - (pairs.tTest?.p ?? 0)) < 1e-15)
    #expect(test.adjustedP == (test.p ?? 1) * 2)
    #expect(test.rankP == WilcoxonTest(pairs.differences)?.p && test.rankP == 2.0 / 64)
    #expect(table.answer?.verdict == .notToldApart && table.answer?.possible == [1])
    #expect(table.answer?.sentence.contains("row 2 stays possible") == true)
  }

  @Test("six seeds settle one comparison, but not one of two, as the exact test is adjusted too")
  func settled() {
    let table = Comparison(runs(Array(steady.prefix(2))))
    #expect(table.rows[1].test?.verdict == .settled)
    #expect(table.answer?.verdict == .settled && table.answer?.possible == [])
    #expect(table.answer?.sentence.hasPrefix("settled: row 1") == true)
  }

  @Test("a row can be named, and the tests say better or worse of the others")
  func named() throws {
    var request = ComparisonRequest()
    let all = runs(steady)
    request.baseline = [all[6].place]
    let table = try Comparison(all, request)
    #expect(table.baseline == .init(row: 2, isChosen: true))
    #expect(table.rows[2].test == nil)
    #expect(table.answer?.sentence.contains("likely better: row") == true)
    request.baseline = [all[0].place, all[6].place]
    #expect(throws: ComparisonError.self) { try Comparison(all, request) }
    request.baseline = [RunPlace(experiment: "other", number: 1, id: "none")]
    #expect(throws: ComparisonError.self) { try Comparison(all, request) }
  }

  @Test("seeds that were lost on one side are no pairs, and the row stays")
  func lostSeeds() throws {
    let table = Comparison(runs([[0.9, 0.91, 0.92, 0.93], [0.5, 0.51, nil, 0.53]]))
    #expect(table.rows[1].test?.pairs == 3)
    #expect(table.rows[1].flags.map(\.word).contains("1 failed"))
    #expect(table.rows[1].cells.map(\.text).contains("3/4"))
  }

  @Test("two pairs are no statement, whatever they say")
  func twoSeeds() {
    let table = Comparison(runs([[0.9, 0.91], [0.1, 0.11]]))
    #expect(table.rows[1].test?.verdict == .noStatement)
    #expect(table.answer?.verdict == .noStatement)
  }

  @Test("equal differences have no p-value, and never one of zero")
  func noSpread() {
    let table = Comparison(runs([[0.52, 0.53, 0.55], [0.5, 0.51, 0.53]]))
    #expect(table.rows[1].test?.p == nil && table.rows[1].test?.verdict == .notToldApart)
  }

  @Test("rows without a common seed are tested without pairs, and the head says so")
  func unpaired() {
    let table = Comparison(
      runs([[0.9, 0.91, 0.92]])
        + runs([[0.1, 0.5, 0.4]], firstSeed: 50).map { run in
          SampleRuns.run(
            run.number + 500, [("solver.base_lr", "9")], seed: run.trial.seed, point: 9,
            meanIoU: run.history?.values(of: "validation.mean_iou"))
        })
    #expect(table.rows[1].test?.kind == .unpaired)
    #expect(table.columns.contains { $0.header.contains("unpaired") })
  }

  @Test("folds are tested with the variance that shared training images ask for")
  func folds() throws {
    let runs = [[0.6, 0.62, 0.61, 0.64], [0.5, 0.55, 0.5, 0.52]].enumerated().flatMap {
      point, values in
      values.enumerated().map { fold, value in
        SampleRuns.run(
          10 * point + fold + 1,
          [("solver.base_lr", "\(point)"), ("data.validation.fold", "\(fold + 1)")], point: point,
          spec:
            #"{"data":{"validation":{"fold":\#(fold + 1),"folds":4}},"solver":{"base_lr":\#(point)}}"#,
          meanIoU: [value])
      }
    }
    let test = try #require(Comparison(runs).rows[1].test)
    #expect(test.kind == .folds && test.exactP == nil)
    let pairs = PairedComparison([0.5, 0.55, 0.5, 0.52], [0.6, 0.62, 0.61, 0.64])
    #expect(abs((test.p ?? 0) - (pairs.correctedTTest(testShare: 1.0 / 3)?.p ?? 1)) < 1e-12)
  }

  @Test("ranks come with what other seeds could have made of them")
  func ranks() {
    let table = Comparison(runs(steady))
    #expect(table.rows.map { $0.rank?.low } == [1, 1, 3])
    #expect(table.rows.map { $0.rank?.high } == [2, 2, 3])
    let best = table.rows.compactMap { $0.rank?.probabilityBest }
    #expect(abs(best.reduce(0, +) - 1) < 1e-12)
  }
}
