@testable import Experiments
import Foundation
import Testing

/// Runs that are asked to end with their next evaluation.
@Suite struct StopTests {
  @Test("a run that is asked to end is complete, is not trained again, and can be reproduced")
  func stop() throws {
    let workplace = try Workplace()
    let spec = SmallSpecs.generated(epochs: 4000, rates: ["1e-2"])
    try workplace.write(spec, to: "tiny.yaml")
    let running = try workplace.start(["run", "tiny.yaml"])
    while running.process.isRunning, !workplace.hasRecorded(steps: 6) { usleep(5000) }
    try #require(running.process.isRunning, "it was over before it could be stopped")
    let stop = try workplace.run("stop", "tiny")
    #expect(stop.status == 0 && stop.output.contains("tiny/1 ends with its next"), "\(stop)")
    let transcript = try running.finish()
    #expect(transcript.status == 0, "\(transcript)")
    #expect(transcript.errors.contains("ended on request at epoch"), "\(transcript)")
    let show = try workplace.run("show", "tiny/1")
    #expect(show.output.contains("of 4000, step "), "\(show)")
    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 0 && !again.errors.contains("continues"), "\(again)")
    #expect(again.output.contains("1 run ended on request"), "\(again)")
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.status == 0 && reproduce.output.hasPrefix("identical"), "\(reproduce)")
    let over = try workplace.run("stop", "tiny/1")
    #expect(over.status == 3 && over.errors.contains("tiny/1 is finished"), "\(over)")
  }
}
