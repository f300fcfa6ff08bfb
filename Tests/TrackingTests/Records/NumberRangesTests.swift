import Testing

@testable import Tracking

struct NumberRangesTests {
  @Test(
    "neighbours join into ranges, and repeated numbers count once",
    arguments: [
      ([], ""), ([4], "4"), ([1, 2], "1, 2"), ([1, 2, 3], "1–3"),
      ([1, 2, 3, 7, 9, 10], "1–3, 7, 9, 10"),
      ([2, 2, 3, 3, 4], "2–4"),
    ])
  func text(numbers: [Int], expected: String) {
    #expect(NumberRanges.text(numbers) == expected)
  }
}
