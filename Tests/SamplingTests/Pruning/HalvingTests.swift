import Testing

@testable import Sampling

@Suite("Successive halving")
struct HalvingTests {
  /// Of `samplers.md`, section 6.3.
  private static let values = [0.52, 0.4, 0.61, 0.4, 0.7, 0.33, 0.58, 0.44, 0.39]

  /// Trials of 3 epochs that have reached the first.
  private static func points(_ values: [Double?]) -> [PointCurves] {
    values.map { value in
      PointCurves([LearningCurve(value.map { [.init(1, $0)] } ?? [], planned: 3)])
    }
  }

  private static let rungs = Rungs(smallest: 1, factor: 3)

  private static func promoted(_ rule: some ComparingRule, _ values: [Double?]) -> [Int] {
    let verdicts = rule.verdicts(points(values), batches: nil)
    return verdicts.indices.filter { verdicts[$0] == .goesOn }
  }

  @Test("those of one bracket go on that are among the best third of all")
  func bracket() {
    let rule = BracketHalving(rungs: Self.rungs, statistic: .last, layout: .single)
    #expect(Self.promoted(rule, Self.values) == [1, 5, 8])
  }

  @Test("by index those go on that are among the best third up to their own")
  func earlier() {
    let rule = EarlierHalving(rungs: Self.rungs, statistic: .last)
    #expect(Self.promoted(rule, Self.values) == [0, 1, 5, 8])
  }

  @Test("a bracket waits for the last of its trials, an index for those before it alone")
  func waiting() {
    var values = Self.values.map(Optional.some)
    values[4] = nil
    let bracket = BracketHalving(rungs: Self.rungs, statistic: .last, layout: .single)
      .verdicts(Self.points(values), batches: nil)
    #expect(bracket.indices.allSatisfy { $0 == 4 || bracket[$0] == .waits(position: 1, on: 4) })
    #expect(bracket[4] == .goesOn)
    let earlier = EarlierHalving(rungs: Self.rungs, statistic: .last)
      .verdicts(Self.points(values), batches: nil)
    #expect(earlier[1] == .goesOn)
    #expect(earlier[4] == .goesOn)
    #expect(earlier[8] == .waits(position: 1, on: 4))
    if case .pruned = earlier[3] {} else { Issue.record("trial 3 waits for none") }
  }

  @Test("what is no number is the worst, and one always goes on")
  func notNumbers() {
    let rule = BracketHalving(rungs: Self.rungs, statistic: .last, layout: .single)
    #expect(Self.promoted(rule, [.nan, 0.5, .nan]) == [1])
    #expect(Self.promoted(rule, [.nan, .nan]) == [0])
  }

  @Test("a trial that was stopped counts as the worst at the next rung")
  func stopped() {
    var points = Self.points([0.1, 0.5, 0.6, 0.7])
    points[0] = PointCurves([LearningCurve([.init(0.5, 0.1)], planned: 3, end: .stopped)])
    let rule = BracketHalving(rungs: Self.rungs, statistic: .last, layout: .single)
    let verdicts = rule.verdicts(points, batches: nil)
    #expect(verdicts[1] == .goesOn)
    #expect(
      verdicts[2]
        == .pruned(
          position: 1, .rung(rung: 1, kept: 1, of: 4, isWithEarlierAlone: false)))
  }

  @Test("the best value so far counts, or the last, as is asked for")
  func statistics() {
    let curves = [[0.2, 0.9], [0.3, 0.3], [0.4, 0.4]].map { values in
      PointCurves([
        LearningCurve([.init(1, values[0]), .init(2, values[1])], planned: 6)
      ])
    }
    let rungs = Rungs(smallest: 2, factor: 3)
    func kept(_ statistic: CurveStatistic) -> [Int] {
      let verdicts = BracketHalving(rungs: rungs, statistic: statistic, layout: .single)
        .verdicts(curves, batches: nil)
      return verdicts.indices.filter { verdicts[$0] == .goesOn }
    }
    #expect(kept(.best) == [0])
    #expect(kept(.last) == [1])
  }

  @Test("the seeds of a point wait for each other, and their mean is compared")
  func replicates() {
    func curve(_ value: Double?) -> LearningCurve {
      LearningCurve(value.map { [.init(1, $0)] } ?? [], planned: 3)
    }
    let rule = EarlierHalving(rungs: Self.rungs, statistic: .last)
    let whole = [
      PointCurves([curve(0.2), curve(0.6)]), PointCurves([curve(0.1), curve(0.9)]),
    ]
    let decided = rule.verdicts(whole, batches: nil)
    #expect(decided[0] == .goesOn)
    if case .pruned = decided[1] {} else { Issue.record("0.5 is worse than 0.4") }
    let missing = [PointCurves([curve(0.2), curve(nil)]), whole[1]]
    #expect(
      rule.verdicts(missing, batches: nil)
        == [.waits(position: 1, on: 0), .waits(position: 1, on: 0)])
  }

  @Test("all are compared where all are known, and earlier ones where results decide")
  func company() {
    func kept(_ company: SuccessiveHalving.Company, _ batches: [Int]?) -> [Int] {
      let rule = SuccessiveHalving(rungs: Self.rungs, statistic: .last, company: company)
      let verdicts = rule.verdicts(Self.points(Self.values), batches: batches)
      return verdicts.indices.filter { verdicts[$0] == .goesOn }
    }
    let batches = [0, 0, 0, 3, 3, 3, 6, 6, 6]
    #expect(kept(.auto, nil) == [1, 5, 8])
    #expect(kept(.auto, batches) == [0, 1, 5, 8])
    #expect(kept(.earlier, nil) == [0, 1, 5, 8])
    #expect(kept(.all, batches) == [1, 5, 8])
  }

  @Test("each batch has brackets of its own")
  func batches() {
    let rule = BracketHalving(rungs: Self.rungs, statistic: .last, layout: .single)
    let verdicts = rule.verdicts(
      Self.points([0.9, 0.8, 0.7, 0.1, 0.2, nil]), batches: [0, 0, 0, 3, 3, 3])
    #expect(verdicts[2] == .goesOn)
    #expect(verdicts[3] == .waits(position: 1, on: 5))
  }
}

@Suite("Brackets")
struct BracketLayoutTests {
  typealias Bracket = BracketLayout.Bracket

  private static func brackets(_ pairs: [(Int, Int)]) -> [Bracket] {
    pairs.map { Bracket(comparisons: $0, trials: $1) }
  }

  @Test("Hyperband has the brackets of the paper")
  func paper() {
    #expect(
      BracketLayout.exact.brackets(of: 143, levels: 4, factor: 3)
        == Self.brackets([(4, 81), (3, 34), (2, 15), (1, 8), (0, 5)]))
    #expect(
      BracketLayout.exact.brackets(of: 49, levels: 3, factor: 3)
        == Self.brackets([(3, 27), (2, 12), (1, 6), (0, 4)]))
    #expect(
      BracketLayout.exact.brackets(of: 25, levels: 2, factor: 4)
        == Self.brackets([(2, 16), (1, 6), (0, 3)]))
  }

  @Test("they are repeated, and the last is cut off")
  func repeated() {
    #expect(
      BracketLayout.exact.brackets(of: 30, levels: 2, factor: 4)
        == Self.brackets([(2, 16), (1, 6), (0, 3), (2, 5)]))
  }

  @Test("trials are shared among brackets as in Determined's modes")
  func modes() {
    func brackets(_ layout: BracketLayout) -> [Bracket] {
      layout.brackets(of: 64, levels: 3, factor: 4)
    }
    #expect(brackets(.conservative) == Self.brackets([(3, 43), (2, 14), (1, 5), (0, 2)]))
    #expect(brackets(.standard) == Self.brackets([(3, 45), (2, 14), (1, 5)]))
    #expect(brackets(.aggressive) == Self.brackets([(3, 64)]))
  }

  @Test("every layout has as many trials as it is given", arguments: BracketLayout.allCases)
  func sums(_ layout: BracketLayout) {
    for trials in 1...200 {
      for levels in 0...5 {
        for factor in 2...4 {
          let brackets = layout.brackets(of: trials, levels: levels, factor: factor)
          #expect(brackets.reduce(0) { $0 + $1.trials } == trials)
          #expect(brackets.allSatisfy { $0.trials > 0 && 0...levels ~= $0.comparisons })
        }
      }
    }
  }

  @Test("powers are counted by multiplying")
  func powers() {
    #expect(Rungs(smallest: 1, factor: 3).levels(upTo: 243) == 5)
    #expect(Rungs(smallest: 5, factor: 3).positions(below: 60) == [5, 15, 45])
    #expect(Rungs(smallest: 1, factor: 3).positions(below: 27) == [1, 3, 9])
  }
}
