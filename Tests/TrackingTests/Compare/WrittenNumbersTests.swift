import Testing

@testable import Tracking

struct WrittenNumbersTests {
  private func numbers(
    _ spec: String, overrides: [String] = [], swept: [(String, String)] = []
  ) -> WrittenNumbers {
    var trial = SampleRuns.run(1, swept).trial
    trial.writtenSpec = spec
    trial.overrides = overrides
    return WrittenNumbers(SpecTexts(trial))
  }

  @Test("a number is written as the spec writes it under its key")
  func underItsKey() {
    let numbers = numbers("solver:\n  base_lr: 1e-3\n  min_lr: 0.001 # 1.0e-3\n")
    #expect(numbers.text(of: 0.001, key: "base_lr") == "1e-3")
    #expect(numbers.text(of: 0.001, key: "min_lr") == "0.001")
  }

  @Test("the sweep goes before the command line, and that before the file")
  func order() {
    let all = numbers(
      "base_lr: 0.010", overrides: ["solver.base_lr=1.0e-2"], swept: [("solver.base_lr", "1e-2")])
    #expect(all.text(of: 0.01, key: "base_lr") == "1e-2")
    let set = numbers("base_lr: 0.010", overrides: ["solver.base_lr=1.0e-2"])
    #expect(set.text(of: 0.01, key: "base_lr") == "1.0e-2")
  }

  @Test("integers that are written elsewhere keep their plain form, comments count for nothing")
  func elsewhere() {
    let numbers = numbers("samples: 1e3\nlist: [5e-1]\n# other: 2.5e-1\n")
    #expect(numbers.text(of: 1000, key: "epochs") == "1000")
    #expect(numbers.text(of: 0.5, key: "weight") == "5e-1")
    #expect(numbers.text(of: 0.25, key: "other") == "0.25")
  }

  @Test(
    "a number that nobody wrote has as few digits as it needs",
    arguments: [(1.0, "1"), (0.1, "0.1"), (1e-8, "1e-8"), (2.5e-7, "2.5e-7"), (-3, "-3")])
  func shortest(value: Double, text: String) {
    #expect(numbers("").text(of: value, key: "x") == text)
  }
}
