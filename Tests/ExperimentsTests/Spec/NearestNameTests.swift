import Testing

@testable import Experiments

@Suite("The nearest name")
struct NearestNameTests {
  private func distance(_ left: String, _ right: String) -> Int {
    NearestName.distance(Array(left.unicodeScalars), Array(right.unicodeScalars))
  }

  @Test("each slip counts one, a swap of neighbours too")
  func slips() {
    #expect(distance("dice", "dice") == 0)
    #expect(distance("dic", "dice") == 1)
    #expect(distance("diice", "dice") == 1)
    #expect(distance("dise", "dice") == 1)
    #expect(distance("dcie", "dice") == 1)
    #expect(distance("", "dice") == 4)
    #expect(distance("ca", "abc") == 3)
  }

  @Test(
    "a slip is recognised and a different word is not",
    arguments: [
      ("momentun", "momentum"), ("bas_lr", "base_lr"), ("adam", "ADAM"), ("sede", "seed"),
      ("cross_entorpy", "cross_entropy"), ("optimizer", nil), ("x", nil), ("", nil),
    ])
  func nearest(typed: String, meant: String?) {
    let names = ["momentum", "base_lr", "ADAM", "seed", "cross_entropy", "dice"]
    #expect(NearestName.of(typed, among: names) == meant)
  }

  @Test("of equally near names the first is taken")
  func ties() {
    #expect(NearestName.of("dace", among: ["dice", "dance"]) == "dice")
  }
}
