@testable import Experiments
import Foundation
@testable import Groundwork
import Testing

/// Whatever ends a training before its end, going on leads to the same bytes.
@Suite struct InterruptionTests {
  /// A trial whose worker dies is left to the next command.
  private let spec = SmallSpecs.generated(epochs: 40, rates: ["1e-2"])
    .replacingOccurrences(
      of: "limits: {threads: 1}", with: "limits: {threads: 1, on_failure: continue}")

  /// Starts the run and waits until a few evaluations are recorded.
  private func startedRun(
    of spec: String? = nil, in workplace: Workplace
  ) throws -> Workplace.Running {
    try workplace.write(spec ?? self.spec, to: "tiny.yaml")
    let running = try workplace.start(["run", "tiny.yaml"])
    while running.process.isRunning, !workplace.hasRecorded(steps: 6) { usleep(5000) }
    try #require(running.process.isRunning, "it was over before it could be stopped")
    return running
  }

  private func uninterrupted(of spec: String? = nil) throws -> Record {
    let workplace = try Workplace()
    let record = try Record(of: spec ?? self.spec, in: workplace)
    #expect(record.evaluations.count == 40)
    return record
  }

  @Test("a run whose worker is killed goes on with the same command to the same bytes")
  func killedWorker() throws {
    let workplace = try Workplace()
    let running = try startedRun(in: workplace)
    for worker in running.children { kill(worker, SIGKILL) }
    let transcript = try running.finish()
    #expect(transcript.status == 1, "\(transcript)")
    #expect(transcript.errors.contains("killed by signal 9"))
    #expect(transcript.errors.contains("1 trial stopped (1 killed); go on with:\n"))
    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 0, "\(again)")
    #expect(try Record(of: workplace) == uninterrupted())
  }

  /// All of them in `make test-crash`.
  private static let solvers =
    ["type: ADAM, swa: {from: 10 iterations, every: 3}"]
    + (CrashPoints.isLong ? ["type: ADAM", "type: SAM, inner: ADAM, iter_size: 2, ema: 0.9"] : [])

  @Test(
    "Ctrl-C stops in order, and the same command goes on to the same bytes", arguments: solvers)
  func interrupted(solver: String) throws {
    let spec = spec.replacingOccurrences(of: "type: ADAM", with: solver)
      .replacingOccurrences(
        of: "losses: [cross_entropy, dice]",
        with: "losses: [cross_entropy, {dice: {weight: {linear: {from: 1, to: 0, over: 30}}}}]")
    try expectContinuation(of: spec)
  }

  @Test("so it does with two heads", .enabled(if: CrashPoints.isLong))
  func interruptedWithTwoHeads() throws {
    try expectContinuation(of: spec.withEdgeHead)
  }

  /// Stops a training in order, lets it go on, and reproduces it.
  private func expectContinuation(of spec: String) throws {
    let workplace = try Workplace()
    let running = try startedRun(of: spec, in: workplace)
    kill(running.process.processIdentifier, SIGINT)
    let transcript = try running.finish()
    #expect(transcript.status == 75, "\(transcript)")
    #expect(transcript.errors.contains("experiments run tiny.yaml"))
    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 0, "\(again)")
    #expect(again.errors.contains("continues after step"))
    #expect(try Record(of: workplace) == uninterrupted(of: spec))
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.output.hasPrefix("identical: 40 evaluations"), "\(reproduce)")
  }

  /// Two evaluations in 240 steps, so that nearly every instant lies between two.
  private static let longIntervals = SmallSpecs.generated(epochs: 120, rates: ["1e-2"])
    .replacingOccurrences(
      of: "limits: {threads: 1}",
      with: """
        evaluation: {every: 60 epochs, histograms: true}
        checkpoints: {every: 7 iterations}
        limits: {threads: 1, on_failure: continue}
        """)

  @Test(
    "between two evaluations it goes on where it was kept or stopped, to the same bytes",
    .enabled(if: CrashPoints.isLong), arguments: [SIGKILL, SIGINT])
  func betweenEvaluations(signal: Int32) throws {
    let workplace = try Workplace()
    try workplace.write(Self.longIntervals, to: "tiny.yaml")
    let running = try workplace.start(["run", "tiny.yaml"])
    while running.process.isRunning, !workplace.hasInterim { usleep(2000) }
    try #require(running.process.isRunning, "it was over before it could be stopped")
    let parent = running.process.processIdentifier
    for victim in signal == SIGKILL ? running.children : [parent] { kill(victim, signal) }
    let transcript = try running.finish()
    #expect(transcript.status == (signal == SIGKILL ? 1 : 75), "\(transcript)")
    let list = try workplace.run("show", "tiny/1")
    #expect(list.status == 0 && list.output.contains("interrupted"), "\(list)")
    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 0, "\(again)")
    let step = try #require(again.errors.firstMatch(of: /continues after step (\d+)/)?.1)
    #expect(Int(step)?.isMultiple(of: 120) == false, "\(again)")
    let whole = try Workplace()
    #expect(try Record(of: workplace) == Record(of: Self.longIntervals, in: whole))
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.output.hasPrefix("identical: 2 evaluations"), "\(reproduce)")
  }

  @Test("a worker stops when its parent is killed, and the same command goes on to the same bytes")
  func killedParent() throws {
    let workplace = try Workplace()
    let running = try startedRun(in: workplace)
    let workers = running.children
    #expect(!workers.isEmpty)
    kill(running.process.processIdentifier, SIGKILL)
    _ = try running.finish()
    for worker in workers { while kill(worker, 0) == 0 { usleep(5000) } }
    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 0, "\(again)")
    #expect(try Record(of: workplace) == uninterrupted())
  }

  /// With a run on lists of data that was stopped in its midst.
  private func workplaceOfInterruptedRun() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.writeData()
    let spec = SmallSpecs.lists.replacingOccurrences(of: "epochs: 1", with: "epochs: 400")
    let running = try startedRun(of: spec, in: workplace)
    kill(running.process.processIdentifier, SIGINT)
    #expect(try running.finish().status == 75)
    return workplace
  }

  @Test("a run does not go on with data that was changed meanwhile: that is another trial")
  func changedData() throws {
    let workplace = try workplaceOfInterruptedRun()
    try workplace.writeImage("data/images/1.png", squareAt: 9)
    let plan = try workplace.run("plan", "tiny.yaml")
    let warning = "warning: trial 1 was trained on other data before: the train data is another"
    #expect(plan.errors.contains(warning) && !plan.output.contains("interrupted"), "\(plan)")
    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 0, "\(again)")
    #expect(again.errors.contains(warning) && again.errors.contains("(interrupted)"))
  }

  @Test("data that was moved or copied is the same data, and what began there goes on here")
  func movedData() throws {
    let workplace = try workplaceOfInterruptedRun()
    let files = FileManager.default
    try files.moveItem(
      at: workplace.folder.appendingPathComponent("data"),
      to: workplace.folder.appendingPathComponent("moved"))
    let missing = try workplace.run("run", "tiny.yaml")
    #expect(
      missing.status == 65
        && missing.errors.contains(": error[E0601]: data.root: there is no folder"))
    let again = try workplace.run("run", "tiny.yaml", "--set", "data.root=moved")
    #expect(again.status == 0, "\(again)")
    #expect(again.errors.contains("continues after step"), "\(again)")
    #expect(!workplace.previews(of: "lists").isEmpty, "they are of the data where it lies now")
    let done = try workplace.run("run", "tiny.yaml", "--set", "data.root=moved")
    #expect(done.errors.contains("1 trial done before"), "\(done)")
    let unmoved = try workplace.run("reproduce", "lists/1")
    #expect(unmoved.status == 65, "\(unmoved)")
    let reproduce = try workplace.run("reproduce", "lists/1", "--set", "data.root=moved")
    #expect(reproduce.output.hasPrefix("identical"), "\(reproduce)")
    let refused = try workplace.run("reproduce", "lists/1", "--set", "seed=3")
    #expect(refused.status == 64 && refused.errors.contains("only where its data"))
  }

  @Test("a project that was copied is reproduced from its own data")
  func copiedProject() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write(SmallSpecs.lists, to: "lists.yaml")
    try #require(try workplace.run("run", "lists.yaml").status == 0)
    let copy = workplace.folder.appendingPathComponent("copy")
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    for name in ["data", "lists.yaml", "results"] {
      try FileManager.default.copyItem(
        at: workplace.folder.appendingPathComponent(name), to: copy.appendingPathComponent(name))
    }
    let same = try workplace.run("reproduce", "lists/1", "--results", "copy/results")
    #expect(same.status == 0, "\(same)")
    try workplace.writeImage("copy/data/images/1.png", squareAt: 9)
    let changed = try workplace.run("reproduce", "lists/1", "--results", "copy/results")
    #expect(changed.status == 65 && changed.errors.contains("nothing was trained"), "\(changed)")
    #expect(try workplace.run("reproduce", "lists/1").status == 0)
  }
}

extension Workplace {
  /// Tells whether some trial can go on between two evaluations.
  var hasInterim: Bool {
    files(below: "results").contains { file in
      file.hasSuffix("/state.json")
        && (try? data("results/\(file)")).map {
          String(decoding: $0, as: UTF8.self).contains("interim-")
        } == true
    }
  }

  /// Tells whether an evaluation of some trial has been committed after so many steps or more.
  func hasRecorded(steps: Int) -> Bool {
    files(below: "results").filter { $0.hasSuffix("/state.json") }.contains { file in
      guard let state = try? JSONSerialization.jsonObject(with: data("results/\(file)")) else {
        return false
      }
      return ((state as? [String: Any])?["step"] as? Int ?? 0) >= steps
    }
  }
}
