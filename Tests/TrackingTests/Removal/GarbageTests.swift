import Foundation
import Testing

@testable import Tracking

@Suite("Garbage")
struct GarbageTests {
  private let folder: TemporaryFolder
  private let store: FolderStore

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(
      root: folder.path + "/results", operations: SystemFiles(waitsForDisk: false))
  }

  private func record(_ id: String = Samples.id, number: Int = 1, finishes: Bool = true) throws
    -> any RunWriter
  {
    try store.prepare(Samples.trial(number: number, seed: UInt64(number)), id: id)
    let writer = try store.open(id, experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance())
    try writer.commit(
      Samples.history(evaluations: 1), checkpoint: Samples.checkpoint(1), isBest: true,
      isLast: true)
    if finishes { try writer.finish(Samples.result) }
    return writer
  }

  private var path: String { store.folder(of: Samples.id, experiment: Samples.experiment) }

  private func write(_ name: String, age: Double = 0) throws {
    FileManager.default.createFile(atPath: name, contents: Data(repeating: 1, count: 100))
    let time = Date(timeIntervalSinceNow: -age)
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: name)
  }

  private func partial(_ name: String) -> String { ".\(name)-\(UUID().uuidString).partial" }

  @Test("a sound store has none")
  func sound() throws {
    _ = try record()
    #expect(try Garbage(of: store).items.isEmpty)
  }

  @Test("what killed writers left is found with its size and freed, and the run stays as it was")
  func leftovers() throws {
    _ = try record()
    try write("\(path)/checkpoints/step-0000990.h5")
    try write("\(path)/\(partial("metrics.h5"))")
    try write("\(store.root)/\(Samples.experiment)/\(partial("plan.json"))", age: 7200)
    try write("\(store.root)/\(Samples.experiment)/\(partial("plan.json"))")
    try write("\(path)/mine.txt", age: 7200)
    let garbage = try Garbage(of: store)
    #expect(garbage.bytes(of: .orphans) == 100)
    #expect(garbage.bytes(of: .temporary) == 200)
    let outcome = garbage.free([.orphans, .temporary])
    #expect(outcome.bytes == 300)
    #expect(outcome.problems == [])
    #expect(try Garbage(of: store).items.isEmpty)
    #expect(FileManager.default.fileExists(atPath: "\(path)/mine.txt"))
    let run = try #require(try store.run(Samples.id, experiment: Samples.experiment))
    #expect(try store.damage(of: run).isEmpty)
  }

  @Test("a run that is written is never touched, also where its writer came after the search")
  func running() throws {
    var writer: (any RunWriter)? = try record(finishes: false)
    try write("\(path)/checkpoints/step-0000990.h5")
    #expect(try Garbage(of: store).items.isEmpty)
    writer = nil
    let garbage = try Garbage(of: store)
    #expect(garbage.items.count == 1)
    let lock = try RunLock("\(path)/lock")
    let outcome = withExtendedLifetime(lock) { garbage.free([.orphans]) }
    #expect(outcome.problems.count == 1 && outcome.bytes == 0)
    #expect(FileManager.default.fileExists(atPath: "\(path)/checkpoints/step-0000990.h5"))
    _ = writer
  }

  @Test("the trash is emptied, or what has been there for long")
  func trash() throws {
    _ = try record()
    let run = try #require(try store.run(Samples.id, experiment: Samples.experiment))
    let trash = Trash(of: store)
    _ = try trash.remove([run])
    #expect(try Garbage(of: store, trashOlderThan: 1).items.isEmpty)
    let later = Date(timeIntervalSinceNow: 2 * 86400)
    let garbage = try Garbage(of: store, trashOlderThan: 1, now: later)
    #expect(garbage.items.map(\.kind) == [.trash])
    _ = garbage.free([.trash])
    #expect(try trash.entries().isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: trash.path) == ["lock"])
  }

  @Test("superseded runs are freed on request alone, and not those that others began with")
  func superseded() throws {
    _ = try record()
    _ = try record("00ff00ff00ff00ff", number: 2)
    try store.recordPlan(["00ff00ff00ff00ff"], of: Samples.experiment)
    let garbage = try Garbage(of: store)
    #expect(garbage.items.map(\.kind) == [.superseded])
    #expect(garbage.free([.trash, .temporary]).items == 0)
    #expect(try store.runs(of: nil).count == 2)
    #expect(garbage.free([.superseded]).items == 1)
    #expect(try store.runs(of: nil).map(\.number) == [2])
    #expect(try Trash(of: store).entries().isEmpty)
  }
}
