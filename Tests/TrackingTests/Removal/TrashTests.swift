import Foundation
import Testing

@testable import Tracking

@Suite("Trash")
struct TrashTests {
  private let folder: TemporaryFolder
  private let store: FolderStore
  private var trash: Trash { Trash(of: store) }

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(
      root: folder.path + "/results", operations: SystemFiles(waitsForDisk: false))
  }

  @discardableResult
  private func record(_ id: String = Samples.id, in store: FolderStore? = nil) throws -> RunRecord {
    let store = store ?? self.store
    try store.prepare(Samples.trial(), id: id)
    let writer = try store.open(id, experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance())
    try writer.commit(
      Samples.history(evaluations: 1), checkpoint: Samples.checkpoint(1), isBest: true,
      isLast: true)
    try writer.finish(Samples.result)
    return try #require(try store.run(id, experiment: Samples.experiment))
  }

  private func contents(_ path: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      files[name] = FileManager.default.contents(atPath: "\(path)/\(name)")
    }
    return files
  }

  @Test("a removed run is no run any more, lies in the trash, and comes back byte for byte")
  func roundTrip() throws {
    let run = try record()
    let path = store.folder(of: run.id, experiment: run.experiment)
    let before = try contents(path)
    let removed = try trash.remove([run])
    #expect(try store.runs(of: nil).isEmpty)
    #expect(try store.catalogue().runs.isEmpty)
    let entries = try trash.entries()
    #expect(entries.map(\.run.id) == [run.id])
    #expect(entries.first?.bytes == removed.first?.bytes)
    #expect(entries.first?.run.damage == [])
    #expect(try trash.restore(entries).isEmpty)
    var after = try contents(path)
    // Who held the lock last is a note in it.
    var expected = before
    (after["lock"], expected["lock"]) = (nil, nil)
    #expect(after == expected)
    #expect(try trash.entries().isEmpty)
    #expect(trash.removals.isEmpty)
  }

  @Test("a run that is written is not removed, unless that is forced, and its writer then stops")
  func running() throws {
    try store.prepare(Samples.trial(), id: Samples.id)
    let writer = try store.open(Samples.id, experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance())
    let run = try #require(try store.run(Samples.id, experiment: Samples.experiment))
    #expect(Trash.objections(to: [run], among: [run]) == ["quickstart/1 is trained now"])
    #expect(throws: StoreError.self) { try trash.remove([run]) }
    #expect(try store.runs(of: nil).count == 1)
    _ = try trash.remove([run], isForced: true)
    #expect(throws: StoreError.self) {
      try writer.commit(
        Samples.history(evaluations: 1), checkpoint: nil, isBest: false, isLast: false)
    }
    #expect(try store.runs(of: nil).isEmpty)
  }

  @Test("runs whose weights others began with are named, unless the others go too")
  func origins() throws {
    let origin = try record()
    let spec = #"{"weights":{"from":"quickstart/\#(origin.id)@best"}}"#
    let other = "00ff00ff00ff00ff"
    try store.prepare(Samples.trial(number: 2, spec: spec), id: other)
    let user = try #require(try store.run(other, experiment: Samples.experiment))
    #expect(
      Trash.objections(to: [origin], among: [origin, user])
        == ["quickstart/2 began with the weights of quickstart/1"])
    #expect(Trash.objections(to: [origin, user], among: [origin, user]).isEmpty)
    #expect(Trash.objections(to: [user], among: [origin, user]).isEmpty)
    let continued = Samples.trial(
      spec: #"{"training":{"continues":{"run":"a/b/0123456789abcdef@last","sha256":"0"}}}"#)
    #expect(continued.origins == [RunOrigin(experiment: "a/b", id: Samples.id)])
  }

  @Test("a run that was trained again is not replaced by the removed one")
  func trainedAgain() throws {
    let run = try record()
    _ = try trash.remove([run])
    try record()
    let entries = try trash.entries()
    #expect(throws: RemovalRefused.self) { try trash.restore(entries) }
    _ = try trash.remove([run])
    #expect(try trash.entries().count == 2)
  }

  @Test("a restored run keeps its labels, but for a name that another has now")
  func names() throws {
    let run = try record()
    let other = try record("00ff00ff00ff00ff")
    _ = try store.label(run.id, experiment: run.experiment, .name("baseline"))
    _ = try store.label(
      run.id, experiment: run.experiment, .tags(adding: ["good"], removing: []))
    _ = try trash.remove([run])
    _ = try store.label(other.id, experiment: run.experiment, .name("baseline"))
    let notes = try trash.restore(trash.entries())
    #expect(notes.count == 1)
    let restored = try #require(try store.run(run.id, experiment: run.experiment))
    #expect(restored.labels == RunLabels(tags: ["good"]))
  }

  @Test("killed anywhere while a run is removed or restored, it lies whole in one place")
  func killed() throws {
    let files = InterruptedFiles()
    let interrupted = FolderStore(root: store.root, operations: files)
    for isRestored in [false, true] {
      for steps in 0..<20 {
        files.stop(after: .max)
        try? FileManager.default.removeItem(atPath: store.root)
        let run = try record()
        if isRestored { _ = try trash.remove([run]) }
        let entries = try trash.entries()
        files.stop(after: steps)
        let trash = Trash(of: interrupted)
        let isDone =
          isRestored
          ? (try? trash.restore(entries)) != nil : (try? trash.remove([run])) != nil
        let found = try store.runs(of: nil) + self.trash.entries().map(\.run)
        #expect(found.count == 1, "\(steps)")
        #expect(found.first?.damage == [], "\(steps)")
        #expect(found.first?.status == .finished, "\(steps)")
        if isDone { break }
        #expect(steps < 19)
      }
    }
  }
}
