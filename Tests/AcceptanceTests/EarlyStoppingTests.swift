@testable import Datasets
@testable import Experiments
import Foundation
import Testing

/// A training that stops early, by what a person sees.
@Suite struct EarlyStoppingTests {
  /// Stops 12 epochs after the first: no later loss is better by so much.
  private let spec = SmallSpecs.generated(epochs: 40, rates: ["1e-2"])
    .replacingOccurrences(
      of: "epochs: 40,",
      with: "epochs: 40, early_stopping: {patience: 12 epochs, monitor: validation.loss, "
        + "min_delta: 100},")

  @Test("a run that stops early says so everywhere, is finished, and is reproduced")
  func wholeWay() throws {
    let workplace = try Workplace()
    try workplace.write(spec, to: "tiny.yaml")
    let check = try workplace.run("check", "tiny.yaml")
    #expect(check.output.contains("at most 80 in each trial"), "\(check)")
    let plan = try workplace.run("plan", "tiny.yaml")
    #expect(
      plan.errors.contains("trained for at most 40 epochs: training.early_stopping"), "\(plan)")

    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    #expect(run.errors.contains(", stopped early at epoch 13 of 40, mean IoU"), "\(run)")
    #expect(run.output.contains("13 of 40"), "\(run)")
    #expect(run.output.contains("1 run stopped early, as training.early_stopping says"), "\(run)")

    let words =
      "stopped early at epoch 13 of 40, step 26 of 80: validation.loss was best at step 2 (epoch 1)"
    let show = try workplace.run("show", "tiny/1")
    #expect(show.output.contains("finished") && show.output.contains(words), "\(show)")
    let list = try workplace.run("ls")
    #expect(list.output.contains("13 of 40"), "\(list)")
    let json = try workplace.run("ls", "--json")
    #expect(json.output.contains(#""status" : "finished""#), "\(json)")
    #expect(json.output.contains(#""stoppedEarly" : {"#), "\(json)")
    let compare = try workplace.run("compare", "tiny", "--format", "json")
    #expect(compare.output.contains(#""epochs": {"value": 13}"#), "\(compare)")
    #expect(compare.output.contains(#""planned_epochs": {"value": 40}"#), "\(compare)")

    let before = try Record(of: workplace)
    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 0 && again.errors.contains("1 trial done before"), "\(again)")
    #expect(try Record(of: workplace) == before)
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.output.hasPrefix("identical: 13 evaluations"), "\(reproduce)")
  }

  @Test(
    "one that is interrupted goes on to the same bytes, whatever stopped it",
    arguments: [SIGINT, SIGKILL])
  func interrupted(signal: Int32) throws {
    let workplace = try Workplace()
    try workplace.write(spec, to: "tiny.yaml")
    let running = try workplace.start(["run", "tiny.yaml"])
    while running.process.isRunning, !workplace.hasRecorded(steps: 6) { usleep(5000) }
    try #require(running.process.isRunning, "it was over before it could be stopped")
    kill(running.process.processIdentifier, signal)
    _ = try running.finish()
    var again = try workplace.run("run", "tiny.yaml")
    // The worker of a parent that was killed may still be at its last step.
    while again.status == 75 { again = try workplace.run("run", "tiny.yaml") }
    #expect(again.status == 0 && again.errors.contains("continues after step"), "\(again)")
    #expect(again.errors.contains("stopped early at epoch 13 of 40"), "\(again)")
    #expect(try Record(of: workplace) == Record(of: spec, in: Workplace()))
  }
}
