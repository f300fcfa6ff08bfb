@testable import Datasets
@testable import Experiments
@testable import Groundwork
import Testing

@Suite("Diagnostics, exactly as they are shown")
struct SpecDiagnosticTests {
  @Test("all problems at once, in the order of the file, and what follows from them")
  func severalProblems() {
    let text = SampleSpecs.minimal(
      "sede: 3", "template: {name: unet, depth: 9}",
      "solver: {type: SGD, base_lr: 0.01, momentun: 0.9}")
    #expect(
      SampleSpecs.complaint(text) == """
        unet.yaml:3:31: error[E0202]: template.depth must be from 1 to 6, not 9
            3 | template: {name: unet, depth: 9}
              |                               ^
        unet.yaml:5:36: error[E0101]: unknown key 'momentun' in solver (type: SGD)
            5 | solver: {type: SGD, base_lr: 0.01, momentun: 0.9}
              |                                    ^^^^^^^^ did you mean 'momentum'?
        unet.yaml:7:1: error[E0101]: unknown key 'sede'
            7 | sede: 3
              | ^^^^ did you mean 'seed'?
        3 errors; nothing was run
        """)
  }

  @Test("a missing key points at the section that lacks it, or at the file")
  func missing() {
    let text = SampleSpecs.minimal("solver: {type: SGD}")
      .replacing("experiment: shapes", with: "about: shapes")
    #expect(
      SampleSpecs.complaint(text) == """
        unet.yaml: error[E0102]: missing key 'experiment'
        unet.yaml:5:1: error[E0102]: missing key 'base_lr' in solver (type: SGD)
            5 | solver: {type: SGD}
              | ^^^^^^
        2 errors; nothing was run
        """)
  }

  @Test("an override is named by what was typed")
  func override() {
    #expect(
      SampleSpecs.complaint(SampleSpecs.minimal, overrides: ["solver.base_lr=-1", "loses=dice"])
        == """
        --set solver.base_lr=-1: error[E0202]: solver.base_lr must be above 0, not -1
              | --set solver.base_lr=-1
              |                      ^^
        --set loses=dice: error[E0101]: unknown key 'loses'
              | --set loses=dice
              |       ^^^^^ did you mean 'losses'?
        2 errors; nothing was run
        """)
  }

  @Test("a swept value is shown where the sweep says it")
  func swept() {
    let text = SampleSpecs.minimal(
      "sweep: {parameters: {solver.base_lr: [1e-2, -1], data.size: [[64, 64], [250, 250]]}}")
    #expect(
      SampleSpecs.complaint(text) == """
        unet.yaml:7:45: error[E0202]: solver.base_lr must be above 0, not -1
            7 | sweep: {parameters: {solver.base_lr: [1e-2, -1], data.size: [[64, 64], [250, 250]]}}
              |                                             ^^
        unet.yaml:7:72: error[E0401]: input 250×250 is not divisible by 16, as template unet needs
            7 | sweep: {parameters: {solver.base_lr: [1e-2, -1], data.size: [[64, 64], [250, 250]]}}
              |                                                                        ^^^^^^^^^^ use 256×256
        2 errors; nothing was run
        """)
  }

  @Test("text that is no YAML has one problem")
  func malformed() {
    #expect(
      SampleSpecs.complaint("experiment: a\n\tseed: 1\n") == """
        unet.yaml:2:1: error[E0003]: a tab is not allowed for indentation
            2 |  seed: 1
              | ^ use spaces
        1 error; nothing was run
        """)
  }

  @Test("a repeated key names the place of the first")
  func repeatedKey() {
    #expect(
      SampleSpecs.complaint(SampleSpecs.minimal + "\nseed: 1\nseed: 2") == """
        unet.yaml:8:1: error[E0006]: key 'seed' is repeated
            8 | seed: 2
              | ^^^^ first written at unet.yaml:7:1
        1 error; nothing was run
        """)
  }

  @Test("of very many problems the first fifty are shown")
  func many() {
    let keys = (0..<60).map { "key\($0)x: 1" }.joined(separator: "\n")
    let lines = SampleSpecs.complaint(SampleSpecs.minimal + "\n" + keys).split(separator: "\n")
    #expect(lines.suffix(2) == ["… and 10 more", "60 errors; nothing was run"])
  }

  @Test("what a message quotes stays on its line, short, and cannot steer a terminal")
  func quoting() {
    #expect(
      SampleSpecs.problems(SampleSpecs.minimal(#"losses: "two\n\tlines""#))
        == ["4:9 unknown loss 'two\u{FFFD}\u{FFFD}lines' (one of cross_entropy, dice)"])
    let long = String(repeating: "x", count: 100_000)
    #expect(SampleSpecs.complaint(SampleSpecs.minimal("losses: \(long)")).count < 1000)
  }

  @Test("what is said twice is shown once")
  func once() {
    let problem = SpecDiagnostic(.unknownKey, "x", at: Mark(whole: SourceText(name: "a", text: "")))
    #expect(SpecErrors([problem, problem]).diagnostics.count == 1)
  }
}
