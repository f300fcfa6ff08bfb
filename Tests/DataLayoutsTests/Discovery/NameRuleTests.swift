@testable import DataLayouts
import Testing

@Suite struct NameRuleTests {
  /// What a rule makes of the image `7` and its mask.
  private func rule(_ images: [String], _ masks: [String]) -> String? {
    NameRule.best(images: images, masks: masks).map { found in
      "\(found.rule.image.stem(of: "7")) \(found.rule.mask.stem(of: "7")) \(found.matches)"
    }
  }

  @Test(
    "the name of a mask follows from that of its image",
    arguments: [
      (["a", "b"], ["a", "b"], "7 7 2"),
      (["a", "b"], ["a_mask", "b_mask"], "7 7_mask 2"),
      (["img_1", "img_2"], ["mask_1", "mask_2"], "img7 mask7 2"),
      (["x_sat", "y_sat"], ["x_mask", "y_mask"], "7sat 7mask 2"),
      (["train-volume", "test-volume"], ["train-labels"], "7volume 7labels 1"),
      (["a1_gray", "b2_gray"], ["a1_gt", "b2_gt"], "7gray 7gt 2"),
      (["c_0000", "d_0000"], ["c", "d"], "7_0000 7 2"),
      (["21_training", "22_training"], ["21_manual1", "22_manual1"], "7training 7manual1 2"),
    ])
  func follows(_ images: [String], _ masks: [String], _ expected: String) {
    #expect(rule(images, masks) == expected)
  }

  @Test("names with nothing in common have no rule")
  func nothing() {
    #expect(rule(["foo1"], ["bar2"]) == nil)
    #expect(rule([], []) == nil)
  }

  @Test("numbers that differ are no rule where another fits more")
  func numbers() {
    let names = (1...30).map { "img\($0)" }
    #expect(rule(names, names) == "7 7 30")
  }
}
