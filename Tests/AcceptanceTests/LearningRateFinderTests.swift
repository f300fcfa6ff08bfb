@testable import Datasets
@testable import Experiments
@testable import Groundwork
import Testing
@testable import Tracking

@Suite struct LearningRateFinderTests {
  @Test("lr-range shows a curve, suggests a rate, and records nothing")
  func suggestion() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(), to: "tiny.yaml")
    let command = "lr-range tiny.yaml --from 1e-5 --to 1 --steps 40".split(separator: " ").map(
      String.init)
    let shown = try workplace.start(command).finish()
    #expect(shown.status == 0, "\(shown)")
    for text in ["smoothed", "steepest", "learning rate", "└", "suggestion  solver.base_lr: "] {
      #expect(shown.output.contains(text), "\(shown)")
    }
    #expect(!workplace.exists("results"), "nothing is recorded")
    let drawn = try workplace.start(command + ["--plot", "rates.svg"]).finish()
    #expect(drawn.status == 0 && workplace.exists("rates.svg"), "\(drawn)")
    let json = try workplace.start(command + ["--json"]).finish()
    #expect(json.output.contains("\"suggestedRate\" : "))
    #expect(try workplace.start(command + ["--json"]).finish().output == json.output)
  }

  @Test("rates and steps that mean nothing are usage errors")
  func usage() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(), to: "tiny.yaml")
    for (options, reason) in [
      (["--from", "1", "--to", "0.1"], "--to must be above --from"),
      (["--from", "0"], "--from must be above 0"),
      (["--steps", "3"], "--steps must be at least 10"),
    ] {
      let transcript = try workplace.start(["lr-range", "tiny.yaml"] + options).finish()
      #expect(transcript.status == 64 && transcript.errors.contains(reason), "\(transcript)")
    }
  }
}
