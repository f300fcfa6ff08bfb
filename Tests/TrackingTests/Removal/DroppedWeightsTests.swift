import Foundation
import Testing

@testable import Tracking

@Suite("Dropped weights")
struct DroppedWeightsTests {
  private func drop(_ sample: VerifiedStore, but names: Set<String> = []) throws {
    var garbage = try Garbage(of: sample.store)
    garbage.addWeights(of: try sample.run(), but: names)
    #expect(garbage.free([.weights]).problems == [])
  }

  @Test("a run without weights is whole, says so, and keeps their digests")
  func whole() throws {
    let sample = try VerifiedStore()
    let before = try sample.run()
    try drop(sample)
    let run = try sample.run()
    #expect(run.status == .finished)
    #expect(run.checkpoints == before.checkpoints && run.keptCheckpoints.isEmpty)
    #expect(sameBits(run.history, before.history))
    #expect(try sample.verify().findings == [])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: sample.path + "/checkpoints").isEmpty)
    for name in ["best", "last"] {
      let error = #expect(throws: StoreError.self) { try sample.store.checkpoint(name, of: run) }
      #expect(error?.remedy.contains("experiments reproduce quickstart/1") == true)
    }
    #expect(try Garbage(of: sample.store).items.isEmpty)
  }

  @Test("weights that are to stay do")
  func keeping() throws {
    let sample = try VerifiedStore()
    try drop(sample, but: ["best"])
    let run = try sample.run()
    #expect(run.keptCheckpoints.map(\.name) == ["best"])
    _ = try sample.store.checkpoint("best", of: run)
  }

  @Test("the same bytes are put back, others stay away")
  func restoring() throws {
    let sample = try VerifiedStore()
    let files = try sample.run().checkpoints.map { "\(sample.path)/\($0.file)" }
    let before = try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    try drop(sample)
    // Equal but for the weights of the second evaluation.
    let repeated = FolderStore(
      root: sample.folder.path + "/repeated", operations: SystemFiles(waitsForDisk: false))
    try repeated.prepare(Samples.trial(seed: 1), id: Samples.id)
    let writer = try repeated.open(Samples.id, experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance())
    for (number, offset) in [(1, Float(0)), (2, 1)] {
      try writer.commit(
        Samples.history(evaluations: number),
        checkpoint: Samples.checkpoint(number, offset: offset),
        isBest: number == 1, isLast: true)
    }
    let restored = try sample.store.restoreWeights(of: sample.run(), from: repeated)
    #expect(restored.map(\.name) == ["best"])
    let run = try sample.run()
    #expect(run.keptCheckpoints.map(\.name) == ["best"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: files[0])) == before[0])
    #expect(try sample.verify().findings == [])
  }

  @Test("killed between the state and the files, the files are garbage of the next time")
  func killed() throws {
    let sample = try VerifiedStore()
    let file = try #require(try sample.run().checkpoint("last")).file
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(sample.path)/\(file)"))
    try drop(sample)
    try bytes.write(to: URL(fileURLWithPath: "\(sample.path)/\(file)"))
    let garbage = try Garbage(of: sample.store)
    #expect(garbage.bytes(of: .orphans) == bytes.count)
    #expect(garbage.free([.orphans]).problems == [])
    #expect(try sample.verify().findings == [])
  }
}
