@testable import Experiments
import Testing

@Suite("Expressions of sweeps")
struct SweepExpressionTests {
  private let values: [String: ExpressionValue] = [
    "a.b": .number(3), "kind": .text("SGD"), "losses": .list([.text("dice")]), "flag": .truth(true),
  ]

  @Test(
    "conditions are true or false as arithmetic and logic say",
    arguments: [
      ("a.b == 3", true), ("a.b * 2 + 1 <= 6", false), ("-a.b + 4 > 0 and kind == SGD", true),
      ("kind in [ADAM, SGD]", true), ("not kind == SGD or a.b < 1", false),
      ("losses == dice", true),
      ("max(a.b, 5) - min(a.b, 5) == 2", true), ("(a.b + 1) / 2 == 2", true),
      ("flag == true", true),
      ("kind != 'SGD'", false), ("a.b >= 1e-3", true), ("losses == [dice]", true),
      ("1 - 2 - 3 == -4", true), ("not not a.b == 3", true),
    ])
  func truths(text: String, expected: Bool) throws {
    #expect(try ExpressionParser.parse(text).truth { values[$0] } == expected)
  }

  @Test(
    "numbers and text are in no order", arguments: ["kind < 3", "a.b + kind > 1", "a.b", "not 3"])
  func incomparable(text: String) throws {
    #expect(try ExpressionParser.parse(text).truth { values[$0] } == nil)
  }

  @Test(
    "what is no expression is refused where it goes wrong",
    arguments: [
      ("a.b ==", 5), ("a.b = 3", 4), ("(a.b > 1", 7), ("a.b > 1 2", 8), ("kind in SGD", 8),
      ("a.b > 'x", 6), ("a.b # 3", 4), ("and", 0), ("", 0),
    ])
  func wrong(text: String, offset: Int) {
    let problem = #expect(throws: SweepExpression.Problem.self) { try ExpressionParser.parse(text) }
    #expect(problem?.word.offset == offset)
  }

  @Test("parentheses without end are refused and not followed")
  func deep() {
    #expect(throws: SweepExpression.Problem.self) {
      try ExpressionParser.parse(String(repeating: "(", count: 100_000))
    }
  }
}
