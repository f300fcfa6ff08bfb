import Testing

@testable import Tracking

struct ScaleTests {
  @Test(
    "ticks stand at 1, 2 or 5 times a power of ten",
    arguments: [
      (0.0, 1.0, 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      (1, 60, 4, ["20", "40", "60"]),
      (-0.021, 0.06, 4, ["\u{2212}0.02", "0.00", "0.02", "0.04", "0.06"]),
      (0.43, 0.57, 3, ["0.45", "0.50", "0.55"]), (0, 2e6, 4, ["0", "5e5", "1e6", "1.5e6", "2e6"]),
    ] as [(Double, Double, Int, [String])])
  func linear(low: Double, high: Double, count: Int, texts: [String]) {
    #expect(Scale.linear(low...high).ticks(atMost: count).map(\.text) == texts)
  }

  @Test(
    "ticks of a log scale are 1, 2, 5 where they have room, then powers of ten",
    arguments: [
      (0.1, 2.0, 6, ["0.1", "0.2", "0.5", "1", "2"]), (0.1, 100, 5, ["0.1", "1", "10", "100"]),
      (1e-6, 1e2, 4, ["1e-6", "1e-3", "1"]), (3, 4, 3, ["3.0", "3.5", "4.0"]),
    ] as [(Double, Double, Int, [String])])
  func logarithmic(low: Double, high: Double, count: Int, texts: [String]) {
    #expect(Scale.log(low...high).ticks(atMost: count).map(\.text) == texts)
  }

  @Test("what has no place has none: not finite, not above 0 on a log scale, no names")
  func places() {
    #expect(Scale.linear(2...4).fraction(of: 3) == 0.5)
    #expect(Scale.linear(2...4).fraction(of: .nan) == nil)
    #expect(Scale.log(0.1...10).fraction(of: 1) == 0.5)
    #expect(Scale.log(0.1...10).fraction(of: 0) == nil)
    #expect(Scale.band(["a", "b"]).fraction(of: 1) == 0.75)
    #expect(Scale.band([]).fraction(of: 0) == nil)
  }

  @Test("a scale over equal values, or none, still has an extent")
  func degenerate() {
    for scale in [
      Scale.linear(over: [0.5]), .linear(over: []), .linear(over: [.nan]), .log(over: [3]),
      .log(over: [-1, 0]),
    ] {
      #expect(scale.domain.upperBound > scale.domain.lowerBound)
      #expect(!scale.ticks(atMost: 4).isEmpty)
    }
  }
}
