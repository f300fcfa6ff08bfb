import Testing

@testable import Tracking

struct TimeTextTests {
  @Test(
    "time has the largest unit and the next, without zeros",
    arguments: [
      (0, "0.0 s"), (0.44, "0.4 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.6, "1 min"),
      (72, "1 min 12 s"), (3600, "1 h"), (3605, "1 h"), (7500, "2 h 5 min"),
      (273_600, "3 d 4 h"), (-1, "?"), (.nan, "?"),
    ])
  func text(seconds: Double, expected: String) {
    #expect(TimeText.of(seconds) == expected)
  }
}
