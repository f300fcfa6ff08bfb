import Foundation
import Testing

@testable import Tracking

/// Records as versions of this program wrote them, kept for as long as they are to be read. One is added with each new
/// version, and none is ever changed.
@Suite("Kept records")
struct KeptRecordsTests {
  private static let folder = "Fixtures/records"

  @Test("a record of every kept version is read whole", arguments: ["3"])
  func read(version: String) throws {
    if ProcessInfo.processInfo.environment["EXPERIMENTS_WRITE_RECORD"] == version {
      try write(version)
    }
    let kept = try #require(
      Bundle.module.url(forResource: "\(Self.folder)/\(version)", withExtension: nil))
    // A copy, because a reader looks whether somebody holds the lock.
    let temporary = try TemporaryFolder()
    let root = temporary.path + "/results"
    try FileManager.default.copyItem(atPath: kept.path, toPath: root)
    let store = FolderStore(root: root, operations: SystemFiles(waitsForDisk: false))
    let found = try #require(store.verify(Samples.id, experiment: Samples.experiment))
    #expect(found.findings == [])
    #expect(found.files == 13)
    let run = found.run
    #expect(run.status == .finished && run.number == 1 && run.trial.seed == 1)
    #expect(run.trial.writtenSpec == "seed: 7 # é\n")
    #expect(sameBits(run.history, Samples.history(evaluations: 2)))
    #expect(run.attempts.map(\.host) == ["host"])
    #expect(run.result?.bestValue == 0.5)
    #expect(run.labels.name == "n1")
    #expect(run.tests.map(\.facts.name) == ["test"])
    #expect(try store.previews(of: run)?.evaluations.count == 2)
    #expect(try store.checkpoint("best", of: run) == Samples.checkpoint(1))
    #expect(try store.checkpoint("last", of: run) == Samples.checkpoint(2))
    #expect(store.verifyFiles(of: Samples.experiment) == [])
    #expect(try RunIndex(store, margin: 0).catalogue().runs.map(\.name) == ["quickstart/1"])
  }

  /// Once for each version: `EXPERIMENTS_WRITE_RECORD=3 swift test --filter KeptRecordsTests`, and then a build.
  private func write(_ version: String) throws {
    let sample = try VerifiedStore()
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "\(Self.folder)/\(version)")
    try FileManager.default.removeItem(
      atPath: sample.store.folder(of: VerifiedStore.other, experiment: Samples.experiment))
    try sample.store.recordPlan([Samples.id], of: Samples.experiment)
    for lock in ["lock", "../../../labels.lock"] {
      try FileManager.default.removeItem(atPath: "\(sample.path)/\(lock)")
    }
    try FileManager.default.createDirectory(
      at: source.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: sample.store.root, toPath: source.path)
  }
}
