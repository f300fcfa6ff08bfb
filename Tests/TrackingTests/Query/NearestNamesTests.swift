import Testing

@testable import Tracking

struct NearestNamesTests {
  private let names = ["camvid-enet", "camvid-losses", "isbi-em", "quickstart"]

  @Test("a slip or two is forgiven")
  func slips() {
    #expect(NearestNames.of("quikstrat", among: names) == ["quickstart"])
    #expect(NearestNames.of("camvid-looses", among: names) == ["camvid-losses"])
  }

  @Test("part of a name is near, whatever its length")
  func parts() {
    #expect(NearestNames.of("CamVid", among: names) == ["camvid-enet", "camvid-losses"])
  }

  @Test("nothing is near to a name of another kind")
  func far() {
    #expect(NearestNames.of("hippocampus", among: names).isEmpty)
    #expect(NearestNames.of("", among: names).isEmpty)
  }

  @Test(
    "the distance counts letters to insert, remove, replace and swap",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("flaw", "lawn", 2),
      ("raods", "roads", 1),
    ])
  func distance(left: String, right: String, expected: Int) {
    #expect(NearestNames.distance(Array(left), Array(right)) == expected)
    #expect(NearestNames.distance(Array(right), Array(left)) == expected)
  }
}
