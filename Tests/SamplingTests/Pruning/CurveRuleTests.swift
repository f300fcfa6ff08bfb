import Testing

@testable import Sampling

@Suite("Pruners of curves")
struct CurveRuleTests {
  /// Of `samplers.md`, section 6.7, where higher values are better.
  private static let curves = [
    [0.4, 0.55, 0.6], [0.3, 0.5, 0.58], [0.35, 0.45, 0.62], [0.2, 0.3, 0.33], [0.5, 0.52, 0.53],
  ]

  private static func curve(
    _ values: [Double], end: LearningCurve.End? = nil
  ) -> LearningCurve {
    LearningCurve(
      values.enumerated().map { .init(Double($0 + 1), -$1) }, planned: 4, end: end)
  }

  private static func verdict(
    _ percent: Double, _ values: [Double], startup: Int = 5, warmup: Int = 0, interval: Int = 1
  ) -> PruningVerdict {
    let rule = PercentileRule(
      percent: percent, startup: startup, warmup: warmup, interval: interval)
    let points = curves.map { PointCurves([curve($0, end: .complete)]) }
    return rule.verdicts(points + [PointCurves([curve(values)])], batches: nil)[5]
  }

  @Test("percentiles lie between values in proportion")
  func percentiles() {
    for (percent, expected) in [
      (25.0, [0.4, 0.52, 0.6]), (50, [0.35, 0.5, 0.58]), (75, [0.3, 0.45, 0.53]),
    ] {
      for epoch in 0..<3 {
        let values = Self.curves.map { -$0[epoch] }.sorted()
        #expect(abs(PercentileRule.percentile(percent, of: values) + expected[epoch]) < 1e-12)
      }
    }
    #expect(PercentileRule.percentile(50, of: []).isNaN)
    #expect(PercentileRule.percentile(50, of: [1, 2]) == 1.5)
  }

  @Test("a trial goes on with the median and ends below it")
  func median() {
    #expect(Self.verdict(50, [0.35]) == .goesOn)
    #expect(
      Self.verdict(50, [0.349])
        == .pruned(
          position: 1, .percentile(percent: 50, best: -0.349, bound: -0.35, of: 5)))
    #expect(Self.verdict(50, [0.6, 0.1, 0.1]) == .goesOn)
    #expect(Self.verdict(50, [.nan]) != .goesOn)
  }

  @Test("nothing is decided before the warm-up, and then at each interval")
  func intervals() {
    #expect(Self.verdict(50, [0.1, 0.1], warmup: 2) == .goesOn)
    #expect(Self.verdict(50, [0.1, 0.1, 0.1], warmup: 2) != .goesOn)
    #expect(Self.verdict(50, [0.4, 0.4], interval: 2) == .goesOn)
    #expect(Self.verdict(50, [0.4, 0.4, 0.4], interval: 2) != .goesOn)
  }

  @Test(
    "nothing is decided of few complete trials, and those that ended before their time do not count"
  )
  func startup() {
    #expect(Self.verdict(50, [0.1], startup: 6) == .goesOn)
    var points = Self.curves.map { PointCurves([Self.curve($0, end: .complete)]) }
    points[0] = PointCurves([Self.curve([0.4], end: .stopped)])
    let rule = PercentileRule(percent: 50, startup: 5, warmup: 0, interval: 1)
    #expect(rule.verdicts(points + [PointCurves([Self.curve([0.1])])], batches: nil)[5] == .goesOn)
  }

  @Test("a trial waits until those of earlier batches have ended")
  func waiting() {
    var points = Self.curves.map { PointCurves([Self.curve($0, end: .complete)]) }
    points[2] = PointCurves([Self.curve([0.35])])
    points.append(PointCurves([Self.curve([0.9])]))
    let rule = PercentileRule(percent: 50, startup: 5, warmup: 0, interval: 1)
    #expect(rule.verdicts(points, batches: nil)[5] == .waits(position: 1, on: 2))
    #expect(rule.verdicts(points, batches: nil)[2] == .goesOn)
  }

  @Test("patience counts evaluations since the best")
  func patience() {
    let rule = PatienceRule(evaluations: 2, minimumDelta: 0.1)
    func stop(_ values: [Double]) -> Double? {
      rule.stop(values.enumerated().map { .init(Double($0 + 1), $1) })?.position
    }
    #expect(stop([1, 0.8, 0.6]) == nil)
    #expect(stop([1, 0.95, 0.91]) == 3)
    #expect(stop([1, 0.95, 0.89, 0.85]) == nil)
    #expect(stop([.nan, .nan]) == 2)
  }

  @Test("thresholds end what lies outside of them, and what is no number")
  func threshold() {
    let rule = ThresholdRule(bounds: -1...1, warmup: 1)
    func stop(_ values: [Double]) -> Double? {
      rule.stop(values.enumerated().map { .init(Double($0 + 1), $1) })?.position
    }
    #expect(stop([5, 1, -1]) == nil)
    #expect(stop([0, 0, 1.01]) == 3)
    #expect(stop([0, .nan]) == 2)
  }

  @Test("a loss diverges where it is no number or a multiple of its lowest")
  func divergence() {
    let rule = DivergenceRule(factor: 3)
    func stop(_ values: [Double]) -> Double? {
      rule.stop(values.enumerated().map { .init(Double($0 + 1), $1) })?.position
    }
    #expect(stop([1, 0.5, 1.5]) == nil)
    #expect(stop([1, 0.5, 1.51]) == 3)
    #expect(stop([1, .infinity]) == 2)
    #expect(stop([.nan]) == 1)
    #expect(stop([1, -0.1, 5]) == nil)
  }
}
