import Foundation
import Testing

@testable import Tracking

@Suite("Folder store")
struct FolderStoreTests {
  private let folder: TemporaryFolder
  private let store: FolderStore
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(
      root: folder.path + "/a/results", operations: SystemFiles(waitsForDisk: false))
    path = RunFolder(root: store.root, experiment: Samples.experiment, id: Samples.id).path
  }

  private func record(finished: Bool = true, in store: FolderStore) throws {
    try store.prepare(Samples.trial(), id: Samples.id)
    let writer = try store.open(Samples.id, experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance())
    for number in 1...3 {
      try writer.commit(
        Samples.history(evaluations: number), checkpoint: Samples.checkpoint(number),
        isBest: number == 1, isLast: true)
    }
    if finished { try writer.finish(Samples.result) }
  }

  private func run() throws -> RunRecord {
    try #require(try store.run(Samples.id, experiment: Samples.experiment))
  }

  @Test("a finished run has the files that the layout names, and no others")
  func layout() throws {
    try record(in: store)
    let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    #expect(
      names == [
        "attempts", "attempts/1", "attempts/1/provenance.json", "checkpoints",
        "checkpoints/step-0000010.h5", "checkpoints/step-0000030.h5", "lock", "metrics.h5",
        "result.json", "spec.json", "spec.yaml", "state.json",
      ])
    #expect(path.hasSuffix("quickstart/trials/01/0123456789abcdef"))
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: path + "/spec.yaml"))
        == Data(Samples.trial().writtenSpec.utf8))
    #expect(FileManager.default.fileExists(atPath: store.root + "/quickstart/experiment.json"))
    for name in ["state.json", "result.json", "spec.json", "attempts/1/provenance.json"] {
      let text = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
      #expect(text.contains("\n  \"version\" : 3"), "\(name)")
    }
  }

  @Test("a checkpoint's file is given as it was written, or not at all")
  func checkpointFile() throws {
    try record(in: store)
    let file = URL(fileURLWithPath: path + "/checkpoints/step-0000030.h5")
    let bytes = try Data(contentsOf: file)
    let run = try run()
    #expect(try store.checkpointFile("last", of: run) == bytes)
    #expect(throws: StoreError.self) { try store.checkpointFile("worst", of: run) }
    try Data(bytes.reversed()).write(to: file)
    #expect(throws: StoreError.self) { try store.checkpointFile("last", of: run) }
  }

  @Test("equal runs have equal files, but for the lock")
  func equalFiles() throws {
    try record(in: store)
    let twin = FolderStore(root: folder.path + "/b")
    try record(in: twin)
    let twinPath = RunFolder(root: twin.root, experiment: Samples.experiment, id: Samples.id).path
    for name in ["metrics.h5", "checkpoints/step-0000030.h5", "state.json", "spec.json"] {
      let files = [path, twinPath].map { URL(fileURLWithPath: "\($0)/\(name)") }
      #expect(try Data(contentsOf: files[0]) == Data(contentsOf: files[1]), "\(name)")
    }
  }

  private static let recorded = [
    "metrics.h5", "spec.json", "spec.yaml", "state.json", "result.json",
    "attempts/1/provenance.json", "checkpoints/step-0000010.h5", "checkpoints/step-0000030.h5",
  ]

  @Test("a file with one changed bit is named", arguments: recorded)
  func changedBit(_ name: String) throws {
    try record(in: store)
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    let damage = try store.damage(of: try run())
    #expect(damage.contains { $0.hasPrefix(name + ": ") }, "\(damage)")
    #expect(damage.count == 1)
    if !name.hasPrefix("checkpoints") { #expect(try run().status == .damaged) }
  }

  @Test("a file that is cut or gone is named", arguments: recorded, [true, false])
  func lost(_ name: String, _ isGone: Bool) throws {
    try record(in: store)
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    let bytes = try Data(contentsOf: file)
    if isGone {
      try FileManager.default.removeItem(at: file)
    } else {
      try bytes.prefix(bytes.count / 2).write(to: file)
    }
    let record = try run()
    #expect(record.status == .damaged)
    #expect(record.damage.contains { $0.hasPrefix(name + ": ") }, "\(record.damage)")
    #expect {
      try store.open(Samples.id, experiment: Samples.experiment)
    } throws: { error in
      (error as? StoreError)?.path == file.path
    }
  }

  @Test("a checkpoint is not handed out when its bytes have changed")
  func changedCheckpoint() throws {
    try record(in: store)
    let file = URL(fileURLWithPath: "\(path)/checkpoints/step-0000010.h5")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: file)
    let record = try run()
    #expect(throws: StoreError.self) { try store.checkpoint("best", of: record) }
    #expect(try store.checkpoint("last", of: record) == Samples.checkpoint(3))
  }

  @Test("a damaged run does not hide the sound ones")
  func oneOfTwo() throws {
    try record(in: store)
    try store.prepare(Samples.trial(number: 2), id: "fedcba9876543210")
    try Data("{}".utf8).write(to: URL(fileURLWithPath: path + "/spec.json"))
    let runs = try store.runs(of: nil)
    #expect(Set(runs.map(\.status)) == [.damaged, .waiting])
  }

  @Test("other files in the results folder are passed over")
  func otherFiles() throws {
    try record(in: store)
    for name in [
      "README.md", "quickstart/notes.txt", "quickstart/trials/x", "quickstart/trials/01/y",
    ] {
      try Data().write(to: URL(fileURLWithPath: "\(store.root)/\(name)"))
    }
    try FileManager.default.createDirectory(
      atPath: store.root + "/quickstart/trials/02/empty", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: store.root + "/folder", withIntermediateDirectories: true)
    #expect(try store.experiments() == ["quickstart"])
    #expect(try store.runs(of: nil).map(\.id) == [Samples.id])
  }

  @Test("a folder in the place of a file is named as such")
  func folderInPlaceOfFile() throws {
    try record(in: store)
    try FileManager.default.removeItem(atPath: path + "/metrics.h5")
    try FileManager.default.createDirectory(
      atPath: path + "/metrics.h5", withIntermediateDirectories: false)
    #expect(try run().damage == ["metrics.h5: it is a folder, not a file"])
  }

  @Test("a layout of another version is named, not read")
  func otherVersion() throws {
    try record(finished: false, in: store)
    let file = path + "/state.json"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try text.replacingOccurrences(of: "\"version\" : 3", with: "\"version\" : 1")
      .write(toFile: file, atomically: true, encoding: .utf8)
    #expect(
      try run().damage == ["state.json: it has version 1, this program reads version 3"])
  }

  @Test("metrics that are one evaluation ahead of the state count up to the state")
  func metricsAhead() throws {
    try record(finished: false, in: store)
    try MetricsFile.encode(Samples.history(evaluations: 4))
      .write(to: URL(fileURLWithPath: path + "/metrics.h5"))
    #expect(try run().damage == [])
    #expect(sameBits(try run().history, Samples.history(evaluations: 3)))
  }

  @Test("metrics that end before the last checkpoint are damaged")
  func metricsBehind() throws {
    try record(finished: false, in: store)
    try MetricsFile.encode(Samples.history(evaluations: 2))
      .write(to: URL(fileURLWithPath: path + "/metrics.h5"))
    #expect(try run().damage == ["metrics.h5: it ends before the last checkpoint"])
  }

  @Test("the log of an attempt lies in its folder")
  func logs() throws {
    try store.prepare(Samples.trial(), id: Samples.id)
    let writer = try store.open(Samples.id, experiment: Samples.experiment)
    let log = try #require(try writer.prepareLog())
    #expect(log == path + "/attempts/1/log.txt")
    #expect(store.logPath(Samples.id, experiment: Samples.experiment, attempt: 1) == log)
    try Data("words".utf8).write(to: URL(fileURLWithPath: log))
    #expect(try run().damage == [])
  }

  @Test("a results folder that cannot be made is refused with its path")
  func notWritable() throws {
    let file = folder.path + "/file"
    try Data().write(to: URL(fileURLWithPath: file))
    for root in [file, file + "/results", "/proc/results"] {
      let error = try #require(throws: StoreError.self) {
        try FolderStore(root: root).checkWritable()
      }
      #expect(error.description.hasPrefix("\(error.path): cannot make the folder: "))
    }
  }

  @Test("looking whether records can be written leaves nothing behind")
  func writable() throws {
    try store.checkWritable()
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.root).isEmpty)
  }

  @Test("a full disk is told in the system's words, with what goes on")
  func fullDisk() throws {
    let error = StoreError.system(path: "r/state.json", action: "write", code: ENOSPC)
    #expect(error.isOfTheSystem)
    #expect(
      error.description == "r/state.json: cannot write: No space left on device; "
        + "make room and run again: the run goes on from its last checkpoint")
  }
}
