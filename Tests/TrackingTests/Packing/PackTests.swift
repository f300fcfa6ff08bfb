import Archives
import Foundation
import Testing

@testable import Tracking

@Suite("Packed runs")
struct PackTests {
  private let sample: VerifiedStore
  private let target: FolderStore

  init() throws {
    sample = try VerifiedStore()
    target = FolderStore(
      root: sample.folder.path + "/target", operations: SystemFiles(waitsForDisk: false))
  }

  private func packed(_ runs: [RunRecord]) throws -> Data {
    let collected = Collected()
    try RunPack(runs, of: sample.store).write { collected.data.append($0) }
    return collected.data
  }

  private final class Collected {
    var data = Data()
  }

  private func file(_ bytes: Data) throws -> String {
    let path = sample.folder.path + "/\(UUID().uuidString).zip"
    try bytes.write(to: URL(fileURLWithPath: path))
    return path
  }

  @discardableResult
  private func unpack(_ bytes: Data, check: (RunRecord) -> String? = { _ in nil }) throws
    -> [UnpackedRun]
  {
    try PackedRuns(file: file(bytes)).unpack(into: target, check: check)
  }

  private func expectNothing() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: target.root)) ?? []
    #expect(names == [], "nothing is among the records")
  }

  @Test("equal runs are equal bytes, and come back byte for byte, twice as once")
  func identical() throws {
    let runs = try sample.store.runs(of: nil)
    let bytes = try packed(runs)
    #expect(try packed(runs.reversed()) == bytes)
    #expect(try unpack(bytes).map(\.wasThere) == [false, false])
    for run in runs {
      let (before, after) = (
        RunFolder(root: sample.store.root, experiment: run.experiment, id: run.id),
        RunFolder(root: target.root, experiment: run.experiment, id: run.id)
      )
      let names = before.recordedFiles(try before.state())
      #expect(after.recordedFiles(try after.state()) == names)
      for name in names { #expect(try before.read(name) == after.read(name), "\(name)") }
      let found = try #require(target.verify(run.id, experiment: run.experiment))
      #expect(found.isSound && sameBits(found.run.history, run.history))
      _ = try target.checkpoint("best", of: found.run)
    }
    #expect(try unpack(bytes).map(\.wasThere) == [true, true])
    // What was said of a run since is no other content.
    _ = try target.label(Samples.id, experiment: Samples.experiment, .name("mine"))
    #expect(try unpack(bytes).map(\.wasThere) == [true, true])
    #expect(try target.run(Samples.id, experiment: Samples.experiment)?.labels.name == "mine")
  }

  @Test("a run that does not keep its weights is packed as it is")
  func withoutWeights() throws {
    let run = try sample.run()
    let whole = try packed([run])
    try sample.store.dropWeights(Set(run.checkpoints.map(\.file)), of: run)
    try unpack(packed([try sample.run()]))
    let there = try #require(target.verify(run.id, experiment: run.experiment))
    #expect(there.isSound && there.run.keptCheckpoints.isEmpty)
    // Which weights are kept is no other content.
    #expect(try unpack(whole).map(\.wasThere) == [true])
  }

  @Test("damaged runs and runs that are trained now are not packed")
  func refusedRuns() throws {
    var lock: RunLock? = try RunLock(sample.path + "/lock")
    let busy = #expect(throws: PackRefused.self) { try packed([sample.run()]) }
    #expect(busy?.reasons == ["quickstart/1 is trained now"] && lock != nil)
    lock = nil
    try sample.damage("metrics.h5", .flipped)
    let error = #expect(throws: PackRefused.self) { try packed(sample.store.runs(of: nil)) }
    #expect(error?.reasons.count == 1)
    #expect(error?.description.contains("metrics.h5") == true)
  }

  @Test("another run under the same id is not replaced, and no run of the file is taken then")
  func otherContent() throws {
    let bytes = try packed(sample.store.runs(of: nil))
    try target.prepare(Samples.trial(number: 2, seed: 99), id: VerifiedStore.other)
    let error = #expect(throws: PackRefused.self) { try unpack(bytes) }
    #expect(error?.description.contains("recorded already, and with other content") == true)
    #expect(try target.runs(of: nil).map(\.id) == [VerifiedStore.other])
  }

  @Test("a name that another run has is lost, which is said")
  func takenName() throws {
    let bytes = try packed([sample.run()])
    try target.prepare(Samples.trial(number: 5, seed: 99), id: "00000000000000aa")
    _ = try target.label("00000000000000aa", experiment: Samples.experiment, .name("n1"))
    #expect(try unpack(bytes).map(\.lostName) == ["n1"])
    #expect(try target.run(Samples.id, experiment: Samples.experiment)?.labels.name == nil)
  }

  @Test("a record that somebody finds wrong is not taken")
  func checked() throws {
    let bytes = try packed([sample.run()])
    let error = #expect(throws: PackRefused.self) { try unpack(bytes) { _ in "another trial" } }
    #expect(error?.description.contains("another trial") == true)
    expectNothing()
  }

  @Test("any byte that is changed is noticed, or what comes out is what was packed")
  func flippedBits() throws {
    let bytes = try packed([sample.run()])
    let expected = Data(try PackedRuns(file: file(bytes)).contents.utf8)
    for index in stride(from: 0, to: bytes.count, by: 499) {
      var changed = bytes
      changed[index] ^= 1 << UInt8(index % 8)
      guard let read = try? PackedRuns(file: file(changed)) else { continue }
      // Times and other words that nobody reads.
      #expect(Data(read.contents.utf8) == expected, "byte \(index)")
    }
    for count in stride(from: 0, to: bytes.count, by: 1999) {
      #expect(throws: (any Error).self) { try PackedRuns(file: file(bytes.prefix(count))) }
    }
  }
}

extension PackedRuns {
  /// What it holds, for comparing.
  fileprivate var contents: String { "\(count) \(fileCount) \(byteCount)" }
}
