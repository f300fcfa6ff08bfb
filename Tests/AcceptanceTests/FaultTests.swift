@testable import Datasets
@testable import Execution
@testable import Experiments
import Foundation
import Testing

/// Records, disks and streams that are not what they should be end nothing that does not depend on them.
@Suite struct FaultTests {
  private let workplace: Workplace

  init() throws { workplace = try Workplace() }

  private func runFolders() throws -> [String] {
    let files = workplace.files(below: "results").filter { $0.hasSuffix("/spec.json") }
    return files.map { "results/" + $0.dropLast("/spec.json".count) }
  }

  @Test("a damaged record is named with its folder at the end, and the others are trained")
  func damagedRecord() throws {
    try workplace.write(SmallSpecs.generated(), to: "tiny.yaml")
    #expect(try workplace.run("run", "tiny.yaml").status == 0)
    let damaged = try #require(try runFolders().first)
    try workplace.write(
      try workplace.data(damaged + "/metrics.h5") + [0], to: damaged + "/metrics.h5")
    try workplace.write(SmallSpecs.generated(rates: ["1e-2", "1e-3", "3e-3"]), to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    #expect(run.status == 74, "\(run)")
    #expect(run.errors.contains("the record in \(damaged) is damaged (metrics.h5: "), "\(run)")
    #expect(try runFolders().count == 3)
    try FileManager.default.removeItem(at: workplace.folder.appendingPathComponent(damaged))
    #expect(try workplace.run("run", "tiny.yaml").status == 0)
  }

  /// Starts a long run and waits until a few evaluations are recorded.
  private func longRun(_ spec: String) throws -> Workplace.Running {
    try workplace.write(spec, to: "tiny.yaml")
    let running = try workplace.start(["run", "tiny.yaml"])
    while running.process.isRunning, !workplace.hasRecorded(steps: 6) { usleep(5000) }
    try #require(running.process.isRunning, "it was over before it could be looked at")
    return running
  }

  @Test("a run whose record is taken away fails, and what was taken away goes on")
  func takenAway() throws {
    let running = try longRun(SmallSpecs.generated(epochs: 2000, rates: ["1e-2"]))
    let results = workplace.folder.appendingPathComponent("results")
    let away = workplace.folder.appendingPathComponent("away")
    try FileManager.default.moveItem(at: results, to: away)
    try FileManager.default.createDirectory(at: results, withIntermediateDirectories: true)
    let transcript = try running.finish()
    #expect(transcript.status == 1, "\(transcript)")
    #expect(
      transcript.errors.contains("the record was moved, removed or replaced"), "\(transcript)")
    #expect(try runFolders().isEmpty)
    let list = try workplace.run("ls", "--results", "away")
    #expect(list.output.contains("interrupted"), "\(list)")
  }

  @Test("trials that another launch trains are said to be, and are no failures")
  func twoLaunches() throws {
    let running = try longRun(SmallSpecs.generated(epochs: 2000, rates: ["1e-2"]))
    let second = try workplace.run("run", "tiny.yaml")
    #expect(second.status == 75, "\(second)")
    #expect(second.errors.contains("1 trial is trained by process "), "\(second)")
    kill(running.process.processIdentifier, SIGINT)
    #expect(try running.finish().status == 75)
  }

  @Test("a run does not go on with another instruction set, unless that is asked for and recorded")
  func otherInstructionSet() throws {
    let running = try longRun(SmallSpecs.generated(epochs: 40, rates: ["1e-2"]))
    kill(running.process.processIdentifier, SIGINT)
    #expect(try running.finish().status == 75)
    let other = ["ONEDNN_MAX_CPU_ISA": "SSE41"]
    let refused = try workplace.run("run", "tiny.yaml", environment: other)
    #expect(refused.status == 1, "\(refused)")
    #expect(refused.errors.contains("instruction set: "), "\(refused)")
    #expect(refused.errors.contains("→ sse41"), "\(refused)")
    let mixed = try workplace.run("run", "tiny.yaml", "--any-machine", environment: other)
    #expect(mixed.status == 0, "\(mixed)")
    #expect(mixed.errors.contains("warning"), "\(mixed)")
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.status == 2, "\(reproduce)")
    // The second attempt was the one that was refused.
    #expect(reproduce.errors.contains("attempt 3, from step "), "\(reproduce)")
    #expect(
      reproduce.output.contains("what attempt 3, which computed it, ran with"), "\(reproduce)")
  }

  @Test("where an image is gone, what is done is compared, and nothing is said to differ")
  func missingImage() throws {
    try workplace.writeData()
    try workplace.write(SmallSpecs.lists, to: "tiny.yaml")
    #expect(try workplace.run("run", "tiny.yaml").status == 0)
    try FileManager.default.removeItem(
      at: workplace.folder.appendingPathComponent("data/images/4.png"))
    let reproduce = try workplace.run("reproduce", "lists/1")
    #expect(reproduce.status == 65, "\(reproduce)")
    #expect(reproduce.errors.contains("images/4.png: does not exist"), "\(reproduce)")
  }

  @Test("a run that keeps no best checkpoint ends well")
  func noBest() throws {
    let spec = SmallSpecs.generated(rates: ["1e-2"])
      .replacingOccurrences(of: "sweep:", with: "checkpoints: {keep: {best: 0}}\nsweep:")
    try workplace.write(spec, to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    #expect(run.status == 0, "\(run)")
    #expect(workplace.previews(of: "tiny").count == 4)
  }

  @Test("standard error that cannot be written to ends nothing, and names no file of a record")
  func deafErrors() throws {
    try workplace.write(SmallSpecs.generated(rates: ["1e-2"]), to: "tiny.yaml")
    for redirection in ["2>/dev/full", "2>&-", "2>&- >&-", "2>&1 >/dev/null | head -1"] {
      let name = "r\(redirection.count)"
      let status = try workplace.shell(
        "(\"$E\" run tiny.yaml --results \(name); echo $? > \(name).status) \(redirection)")
      #expect(status == 0, "\(redirection)")
      #expect(try workplace.data("\(name).status") == Data("0\n".utf8), "\(redirection)")
      let list = try workplace.run("ls", "--results", name)
      #expect(list.output.contains("finished"), "\(redirection)\n\(list)")
    }
  }

  @Test("standard output that is cut short is an error, but for a reader that has had enough")
  func fullOutput() throws {
    #expect(try workplace.shell("\"$E\" components > /dev/full 2>/dev/null") == 74)
    #expect(try workplace.shell("(\"$E\" components; echo $? > status) | head -1") == 0)
    #expect(try workplace.data("status") == Data("0\n".utf8))
  }

  @Test("paths, lists and values of any depth and length are refused, not followed")
  func depth() throws {
    try workplace.write(SmallSpecs.generated(rates: ["1e-2"]), to: "tiny.yaml")
    let path = String(repeating: "a.", count: 50_000) + "a=1"
    let nested = "data.classes=" + String(repeating: "[", count: 5000)
    let keys = "losses={" + (0..<9000).map { "k\($0): 1" }.joined(separator: ", ") + "}"
    for option in [path, nested, keys] {
      let check = try workplace.run("check", "tiny.yaml", "--set", option)
      #expect(check.status == 65, "\(option.prefix(20)): \(check.errors.prefix(2000))")
      #expect(check.errors.utf8.count < 40_000, "\(option.prefix(20))")
    }
  }

  @Test("no damaged volume ends the program", arguments: 0..<8)
  func damagedVolume(part: Int) throws {
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../EngineTests/Fixtures/hdf5/stored.h5").standardized
    let bytes = try Data(contentsOf: fixture)
    try workplace.write(
      "v.h5:/gzip[0:5] v.h5:/contiguous[0:5]\ngone.png gone.png\n", to: "list.txt")
    try workplace.write(
      """
      experiment: volumes
      data: {root: ., train: list.txt, validation: 0.5, classes: [a, b], channels: 1}
      template: {name: unet, base_channels: 4, depth: 2}
      losses: cross_entropy
      solver: {type: SGD, base_lr: 1e-2}
      training: {epochs: 1, batch_size: 2}

      """, to: "v.yaml")
    let tries = CrashPoints.isLong ? 60 : 2
    for number in 0..<tries {
      var damaged = bytes
      let start = (part * tries + number) * 97 % max(1, bytes.count - 8)
      for index in start..<start + 8 {
        damaged[index] = UInt8(truncatingIfNeeded: index * 7 + number)
      }
      try workplace.write(damaged, to: "v.h5")
      let check = try workplace.run("check", "v.yaml")
      #expect(check.status == 65, "bytes from \(start): \(check)")
      #expect(check.errors.contains("gone.png: does not exist"), "\(check)")
    }
  }
}
