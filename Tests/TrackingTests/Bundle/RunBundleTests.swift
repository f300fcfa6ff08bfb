import Foundation
import HDF5
import Testing

@testable import Tracking

@Suite("Bundles")
struct RunBundleTests {
  private let folder: TemporaryFolder
  private let store: FolderStore
  private let other: FolderStore

  init() throws {
    folder = try TemporaryFolder()
    let files = SystemFiles(waitsForDisk: false)
    store = FolderStore(root: folder.path + "/one", operations: files)
    other = FolderStore(root: folder.path + "/other", operations: files)
    try store.prepare(Samples.trial(), id: Samples.id)
    // The second attempt ended before it recorded anything.
    for attempt in 1...3 {
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      _ = try writer.prepareLog()
      guard attempt != 2 else { continue }
      try writer.beginAttempt(Samples.provenance(attempt: attempt))
      guard attempt == 3 else { continue }
      for number in 1...3 {
        try writer.commit(
          Samples.detailedHistory(evaluations: number), checkpoint: Samples.checkpoint(number),
          isBest: number == 1, isLast: true)
      }
      try writer.finish(Samples.result)
    }
    _ = try store.label(Samples.id, experiment: Samples.experiment, .note("why"))
  }

  private func run(of store: FolderStore) throws -> RunRecord {
    try #require(try store.run(Samples.id, experiment: Samples.experiment))
  }

  private func bundle(weights: Bool) throws -> Data {
    try RunBundle.encode(
      [try run(of: store)], of: store, weights: weights, program: "experiments 1")
  }

  @Test("a run with its weights comes back byte for byte")
  func whole() throws {
    for contents in try RunBundle.decode(bundle(weights: true)) {
      #expect(try other.adopt(contents) == .added)
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: store.root).filter {
      !$0.hasSuffix("lock") && !$0.hasSuffix("plan.json")
    }
    for name in names {
      let (one, two) = ("\(store.root)/\(name)", "\(other.root)/\(name)")
      guard !RecordFile.isFolder(one) else { continue }
      #expect(FileManager.default.contentsEqual(atPath: one, andPath: two), "\(name)")
    }
    #expect(try other.damage(of: run(of: other)).isEmpty)
    #expect(try run(of: other).labels.note == "why")
  }

  @Test("a run without its weights has everything but the checkpoints")
  func light() throws {
    for contents in try RunBundle.decode(bundle(weights: false)) { _ = try other.adopt(contents) }
    let (one, two) = (try run(of: store), try run(of: other))
    #expect(two.checkpoints.isEmpty && two.damage.isEmpty && two.status == .finished)
    #expect(two.history == one.history && two.attempts == one.attempts && two.trial == one.trial)
  }

  @Test("equal runs are equal bytes, and series are datasets with their scales")
  func datasets() throws {
    let bytes = try bundle(weights: false)
    #expect(try bundle(weights: false) == bytes)
    let run = try HDF5File(image: bytes.dropLast(72)).root.group("runs").group("00001")
    #expect(try run.textAttribute("id") == Samples.id)
    let curve = try run.group("metrics").group("validation").dataset("mean_iou")
    #expect(curve.shape == [3])
    #expect(try curve.scaleNames(ofAxis: 0) == ["step", "epoch"])
    #expect(try curve.textAttribute("title") == "mean IoU")
  }

  @Test("a bundle that was changed anywhere is refused")
  func damaged() throws {
    let bytes = try bundle(weights: false)
    for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 50)) {
      var changed = bytes
      changed[changed.startIndex + place] ^= 1
      #expect(throws: StoreError.self) { _ = try RunBundle.decode(changed) }
    }
    #expect(throws: StoreError.self) { _ = try RunBundle.decode(bytes.dropLast(100)) }
    #expect(throws: StoreError.self) { _ = try RunBundle.decode(Data()) }
  }
}
