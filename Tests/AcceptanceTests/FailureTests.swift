@testable import Experiments
import Foundation
import Testing

/// How trials end before their end, and what is done about it, by what a person sees.
@Suite struct FailureTests {
  private let workplace: Workplace

  init() throws { workplace = try Workplace() }

  private func spec(epochs: Int = 40, rates: [String] = ["1e-2"], limits: String) -> String {
    SmallSpecs.generated(epochs: epochs, rates: rates)
      .replacingOccurrences(of: "limits: {threads: 1}", with: "limits: {threads: 1, \(limits)}")
  }

  @Test("a trial that has had its time is kept where it stands, and goes on to the same bytes")
  func timedOut() throws {
    let spec = spec(epochs: 60, limits: "time: 0.05 s")
    try workplace.write(spec, to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    #expect(run.status == 1, "\(run)")
    #expect(run.errors.contains("timed_out"), "\(run)")
    #expect(
      run.errors.contains(
        "1 trial timed out; a longer time goes on with them:\n"
          + "  experiments run tiny.yaml --set 'limits.time=0.1 seconds'"), "\(run)")
    let list = try workplace.run("ls", "--where", "failure == timed_out")
    #expect(list.output.contains("interrupted (timed_out)"), "\(list)")
    let show = try workplace.run("show", "tiny/1", "--json")
    #expect(show.output.contains("\"kind\" : \"timed_out\""), "\(show)")
    let same = try workplace.run("run", "tiny.yaml")
    #expect(same.status == 1 && same.errors.contains("1 trial timed out before"), "\(same)")
    let longer = try workplace.run("run", "tiny.yaml", "--set", "limits.time=1 h")
    #expect(longer.status == 0 && longer.errors.contains("continues after step"), "\(longer)")
    let other = try Workplace()
    let whole = try Record(of: SmallSpecs.generated(epochs: 60, rates: ["1e-2"]), in: other)
    #expect(try Record(of: workplace) == whole)
  }

  @Test("a trial that diverges is counted by its kind, and the others go on")
  func diverged() throws {
    try workplace.write(
      SmallSpecs.generated(rates: ["1e30", "1e-2"])
        .replacingOccurrences(of: "type: ADAM", with: "type: SGD"), to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    #expect(run.status == 1, "\(run)")
    #expect(run.errors.contains("1 trial failed (1 diverged); try again with:"), "\(run)")
    #expect(run.output.contains("failed (diverged)"), "\(run)")
    let show = try workplace.run("show", "tiny/1")
    #expect(show.output.contains("failure") && show.output.contains("diverged"), "\(show)")
    let compare = try workplace.run("compare", "tiny", "--format", "json", "--columns", "failure")
    #expect(compare.output.contains("diverged"), "\(compare)")
  }

  /// Starts a run and waits until some of it is recorded.
  private func started(_ spec: String) throws -> (Workplace.Running, worker: pid_t) {
    try workplace.write(spec, to: "tiny.yaml")
    let running = try workplace.start(["run", "tiny.yaml"])
    while running.process.isRunning, !workplace.hasRecorded(steps: 6) { usleep(5000) }
    let file = "/proc/\(running.process.processIdentifier)/task"
    let children = try FileManager.default.contentsOfDirectory(atPath: file).flatMap { task in
      ((try? String(contentsOfFile: "\(file)/\(task)/children", encoding: .utf8)) ?? "")
        .split(separator: " ").compactMap { pid_t($0) }
    }
    return (running, try #require(children.first))
  }

  @Test("a worker that crashes leaves its stack trace in the log, and its last words in the record")
  func crashed() throws {
    let (running, worker) = try started(spec(limits: "on_failure: {crashed: continue}"))
    kill(worker, SIGSEGV)
    let run = try running.finish()
    #expect(run.status == 1, "\(run)")
    #expect(run.errors.contains("crashed") && run.errors.contains("signal 11"), "\(run)")
    #expect(run.errors.contains("1 trial stopped (1 crashed); go on with:"), "\(run)")
    #expect(!run.errors.contains("stack trace"), "\(run)")
    let logs = try workplace.run("logs", "tiny/1")
    #expect(logs.output.contains("stack trace:\n") && logs.output.contains("(+0x"), "\(logs)")
    #expect(try workplace.run("run", "tiny.yaml").status == 0)
  }

  @Test("a trial whose worker is killed goes on at once, to the same bytes")
  func killed() throws {
    let (running, worker) = try started(SmallSpecs.generated(epochs: 40, rates: ["1e-2"]))
    kill(worker, SIGKILL)
    let run = try running.finish()
    #expect(run.status == 0, "\(run)")
    #expect(run.errors.contains("killed by signal 9"), "\(run)")
    #expect(run.errors.contains("it goes on from its last checkpoint"), "\(run)")
    #expect(run.errors.contains("continues after step"), "\(run)")
    let other = try Workplace()
    let whole = try Record(of: SmallSpecs.generated(epochs: 40, rates: ["1e-2"]), in: other)
    #expect(try Record(of: workplace) == whole)
  }

  @Test("a worker that a signal has stopped is woken to stop in order")
  func stopped() throws {
    let (running, worker) = try started(spec(epochs: 2000, limits: "heartbeat: 1 h"))
    kill(worker, SIGSTOP)
    kill(running.process.processIdentifier, SIGINT)
    let run = try running.finish()
    #expect(run.status == 75, "\(run)")
    #expect(run.errors.contains("stopped; continue with:\n  experiments run tiny.yaml"), "\(run)")
  }

  @Test(
    "whoever asks to stop, and however, the run is kept where it is",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func signals(signal: Int32) throws {
    try workplace.write(SmallSpecs.generated(epochs: 2000, rates: ["1e-2"]), to: "tiny.yaml")
    // Whoever runs the tests may ignore them.
    let status = try workplace.shell(
      """
      env --default-signal=INT,TERM,HUP "$E" run tiny.yaml 2> said & process=$!
      until grep -q '"step" *: *[1-9]' results/tiny/trials/*/*/state.json 2>/dev/null; do sleep 0.05; done
      kill -\(signal) $process; wait $process
      """)
    #expect(status == 75)
    let said = String(decoding: try workplace.data("said"), as: UTF8.self)
    #expect(said.contains("stopped; continue with:\n  experiments run tiny.yaml"), "\(said)")
    #expect(try workplace.run("ls").output.contains("interrupted"))
  }

  @Test("a run that was told to ignore that its terminal goes away goes on")
  func ignoredHangup() throws {
    try workplace.write(SmallSpecs.generated(epochs: 60, rates: ["1e-2"]), to: "tiny.yaml")
    let status = try workplace.shell(
      """
      trap '' HUP; "$E" run tiny.yaml 2> said & process=$!
      until [ -e results/tiny ]; do sleep 0.05; done
      kill -HUP $process; wait $process
      """)
    #expect(status == 0)
  }
}
