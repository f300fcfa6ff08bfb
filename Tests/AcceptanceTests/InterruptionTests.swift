import Foundation
import Testing

/// Whatever ends a training before its end, going on leads to the same bytes.
@Suite struct InterruptionTests {
  private let spec = SmallSpecs.generated(epochs: 40, rates: ["1e-2"])

  /// Starts the run and waits until a few rounds are recorded.
  private func startedRun(in workplace: Workplace) throws -> Workplace.Running {
    try workplace.write(spec, to: "tiny.yaml")
    let running = try workplace.start(["run", "tiny.yaml"])
    while running.process.isRunning, !workplace.hasRound(3) { usleep(5000) }
    try #require(running.process.isRunning, "it was over before it could be stopped")
    return running
  }

  private func uninterrupted() throws -> Record {
    let workplace = try Workplace()
    let record = try Record(of: spec, in: workplace)
    #expect(record.rounds.count == 40)
    return record
  }

  @Test("a worker that is killed is a failed run, and goes on with --retry to the same bytes")
  func killedWorker() throws {
    let workplace = try Workplace()
    let running = try startedRun(in: workplace)
    for worker in children(of: running.process.processIdentifier) { kill(worker, SIGKILL) }
    let transcript = try running.finish()
    #expect(transcript.status == 1, "\(transcript)")
    #expect(transcript.errors.contains("killed by signal 9"))
    let again = try workplace.run("run", "tiny.yaml", "--retry")
    #expect(again.status == 0, "\(again)")
    #expect(try Record(of: workplace) == uninterrupted())
  }

  @Test("Ctrl-C stops in order, and the same command goes on to the same bytes")
  func interrupted() throws {
    let workplace = try Workplace()
    let running = try startedRun(in: workplace)
    kill(running.process.processIdentifier, SIGINT)
    let transcript = try running.finish()
    #expect(transcript.status == 75, "\(transcript)")
    #expect(transcript.errors.contains("experiments run tiny.yaml"))
    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 0, "\(again)")
    #expect(again.errors.contains("continues after round"))
    #expect(try Record(of: workplace) == uninterrupted())
  }

  @Test("a worker stops when its parent is killed, and the same command goes on to the same bytes")
  func killedParent() throws {
    let workplace = try Workplace()
    let running = try startedRun(in: workplace)
    let workers = children(of: running.process.processIdentifier)
    #expect(!workers.isEmpty)
    kill(running.process.processIdentifier, SIGKILL)
    _ = try running.finish()
    for worker in workers { while kill(worker, 0) == 0 { usleep(5000) } }
    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 0, "\(again)")
    #expect(try Record(of: workplace) == uninterrupted())
  }

  private func children(of process: pid_t) -> [pid_t] {
    let file = "/proc/\(process)/task/\(process)/children"
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    return text.split(separator: " ").compactMap { pid_t($0) }
  }
}

extension Workplace {
  /// Whether so many rounds of some trial have been committed.
  fileprivate func hasRound(_ number: Int) -> Bool {
    files(below: "results/tiny").filter { $0.hasSuffix("/state.json") }.contains { file in
      guard let state = try? JSONSerialization.jsonObject(with: data("results/tiny/\(file)")) else {
        return false
      }
      return ((state as? [String: Any])?["round"] as? Int ?? 0) >= number
    }
  }
}
