@testable import Experiments
import Testing

@Suite("Settings of evaluations that are swept")
struct SweptSettingsTests {
  @Test("values stand between commas that are in no brackets and no quotes")
  func values() {
    #expect(SweptSettings.values("0.3,0.5, 0.7") == ["0.3", "0.5", "0.7"])
    #expect(
      SweptSettings.values("[],[fill_holes],[{remove_small: {area: 2}}, opening]")
        == ["[]", "[fill_holes]", "[{remove_small: {area: 2}}, opening]"])
    #expect(SweptSettings.values("'a,b',\"c,d\"") == ["'a,b'", "\"c,d\""])
  }

  @Test("every combination is a point, the last path changing fastest")
  func points() throws {
    let swept = try SweptSettings(["evaluation.a=1,2", "evaluation.b=x,y"])
    #expect(swept.points == [["1", "x"], ["1", "y"], ["2", "x"], ["2", "y"]])
    #expect(swept.overrides(["2", "x"]) == ["evaluation.a=2", "evaluation.b=x"])
    #expect(try SweptSettings([]).points == [[]])
  }

  @Test("what is no sweep is refused")
  func refusals() {
    for text in ["evaluation.a", "solver.base_lr=1,2", "=1"] {
      #expect(throws: Failure.self) { try SweptSettings([text]) }
    }
  }
}
