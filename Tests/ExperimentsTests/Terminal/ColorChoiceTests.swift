import Testing

@testable import Experiments

struct ColorChoiceTests {
  @Test("the command line decides before the environment")
  func choice() {
    let refusing = ["NO_COLOR": "1", "TERM": "dumb"]
    #expect(ColorChoice.always.isOn(isTerminal: false, environment: refusing))
    #expect(!ColorChoice.never.isOn(isTerminal: true, environment: ["CLICOLOR_FORCE": "1"]))
  }

  @Test(
    "without a word of the command line the first variable that says something decides",
    arguments: [
      ([:], true, true), ([:], false, false), (["TERM": "dumb"], true, false),
      (["CLICOLOR": "0"], true, false), (["CLICOLOR": "1"], false, false),
      (["CLICOLOR_FORCE": "1"], false, true), (["CLICOLOR_FORCE": "0"], false, false),
      (["CLICOLOR_FORCE": ""], false, false), (["FORCE_COLOR": "3"], false, true),
      (["FORCE_COLOR": "1", "NO_COLOR": "1"], true, false),
      (["CLICOLOR_FORCE": "1", "NO_COLOR": ""], false, true),
      (["CLICOLOR_FORCE": "1", "CLICOLOR": "0"], false, true),
    ] as [([String: String], Bool, Bool)])
  func environment(_ environment: [String: String], isTerminal: Bool, isOn: Bool) {
    #expect(ColorChoice.auto.isOn(isTerminal: isTerminal, environment: environment) == isOn)
  }

  @Test("what the command line says reaches every style of the command")
  func scope() {
    #expect(Style.$choice.withValue(.always) { Style.output.isOn && Style.errors.isOn })
    #expect(!Style.$choice.withValue(.never) { Style.output.isOn || Style.errors.isOn })
  }
}
