import Foundation
import Testing

/// Specs that are only tried.
@Suite struct SmokeTests {
  @Test("every point is tried once, whatever its seeds and its length, and nothing is recorded")
  func sound() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(epochs: 4000), to: "tiny.yaml")
    let smoke = try workplace.run(
      "run", "tiny.yaml", "--smoke", "--set", "sweep.seeds=3", "--set",
      "sweep.parameters.training.batch_size=[2, 4]")
    #expect(smoke.status == 0, "\(smoke)")
    let rows = smoke.output.split(separator: "\n").filter { $0.hasSuffix("same bytes") }
    #expect(rows.count == 4, "\(smoke)")
    #expect(
      smoke.output.contains("each of the 4 trials trains, evaluates and can be reproduced"),
      "\(smoke)")
    let longer = try workplace.run(
      "run", "tiny.yaml", "--smoke", "--set", "sweep.parameters.training.epochs=[4, 8]", "--set",
      "sweep.parameters.solver.base_lr=null")
    #expect(longer.output.contains("the trial trains, evaluates and can be"), "\(longer)")
    #expect(try workplace.run("ls").output.contains("no runs are recorded"))
    let left = try FileManager.default.contentsOfDirectory(
      atPath: workplace.folder.appending(path: "results").path)
    #expect(left.isEmpty, "\(left)")
  }

  @Test("a point that fails is named with its cause, and the others are tried all the same")
  func failing() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(rates: ["1e-2", "1e30"]), to: "tiny.yaml")
    let smoke = try workplace.run("run", "tiny.yaml", "--smoke")
    #expect(smoke.status == 1, "\(smoke)")
    #expect(smoke.output.contains("same bytes"), "\(smoke)")
    #expect(smoke.output.contains("trial 2: "), "\(smoke)")
    let wrong = try workplace.run("run", "tiny.yaml", "--smoke", "--retry")
    #expect(wrong.status == 64 && wrong.errors.contains("--smoke records nothing"), "\(wrong)")
  }
}
