import Foundation
import Testing

@testable import Tracking

@Suite("Labels of runs")
struct RunLabelsTests {
  private let folder: TemporaryFolder
  private let store: FolderStore

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(
      root: folder.path + "/results", operations: SystemFiles(waitsForDisk: false))
  }

  private func prepare(_ id: String, number: Int = 1) throws {
    try store.prepare(
      Samples.trial(number: number, spec: #"{"seed":\#(number),"tags":["camvid"]}"#), id: id)
  }

  private func run(_ id: String = Samples.id) throws -> RunRecord {
    try #require(try store.run(id, experiment: Samples.experiment))
  }

  private func label(_ change: LabelChange, _ id: String = Samples.id) throws -> RunLabels {
    try store.label(id, experiment: Samples.experiment, change)
  }

  @Test("tags are added and removed, each once, after those of the spec")
  func tags() throws {
    try prepare(Samples.id)
    _ = try label(.tags(adding: ["draft", "paper", "draft"], removing: []))
    _ = try label(.tags(adding: ["paper", "camvid"], removing: ["draft", "gone"]))
    #expect(try run().labels.tags == ["paper", "camvid"])
    #expect(try run().tags == ["camvid", "paper"])
  }

  @Test("a note is replaced, added to and taken away")
  func note() throws {
    try prepare(Samples.id)
    #expect(try label(.note("first")).note == "first")
    #expect(try label(.addition("second")).note == "first\nsecond")
    #expect(try label(.note("")).isEmpty)
    #expect(try run().labels == RunLabels())
  }

  @Test("no two runs of an experiment have one name")
  func names() throws {
    let other = "fedcba9876543210"
    try prepare(Samples.id)
    try prepare(other, number: 2)
    _ = try label(.name("baseline"))
    #expect(throws: LabelError.self) { try label(.name("baseline"), other) }
    #expect(try label(.name("baseline")).name == "baseline")
    _ = try label(.name(nil))
    #expect(try label(.name("baseline"), other).name == "baseline")
  }

  @Test(
    "a name that reads as a number, an id, a selector or a steering character is refused",
    arguments: ["", "3", "3-7,9", "9f8e", "a/b", "@best", "-x", " x", "a\u{1B}[2J", "\u{202E}x"])
  func badName(_ name: String) {
    #expect(throws: LabelError.self) { try LabelChange.name(name) }
  }

  @Test("a tag is one word", arguments: ["", "two words", "a,b", "+x", "-x", "a\nb"])
  func badTag(_ tag: String) {
    #expect(throws: LabelError.self) { try LabelChange.tags(adding: [tag], removing: []) }
  }

  @Test("damaged labels are reported, leave the run sound and are not written over")
  func damage() throws {
    try prepare(Samples.id)
    _ = try label(.note("kept"))
    let path = "\(store.folder(of: Samples.id, experiment: Samples.experiment))/labels.json"
    try Data("{}".utf8).write(to: URL(fileURLWithPath: path))
    let run = try run()
    #expect(run.status == .waiting)
    #expect(run.damage.isEmpty)
    #expect(run.labels == RunLabels())
    #expect(run.labelsDamage != nil)
    #expect(throws: StoreError.self) { try label(.note("lost")) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("{}".utf8))
  }

  @Test("labels of a finished run may change, and its own files do not")
  func finished() throws {
    try prepare(Samples.id)
    var writer: (any RunWriter)? = try store.open(Samples.id, experiment: Samples.experiment)
    try writer?.beginAttempt(Samples.provenance())
    try writer?.commit(
      Samples.history(evaluations: 1), checkpoint: Samples.checkpoint(1), isBest: true,
      isLast: true)
    try writer?.finish(Samples.result)
    writer = nil
    _ = try label(.tags(adding: ["done"], removing: []))
    #expect(try run().status == .finished)
    #expect(try store.damage(of: run()).isEmpty)
    #expect(try run().tags == ["camvid", "done"])
  }

  @Test("whoever labels at the same time loses nothing")
  func concurrent() throws {
    try prepare(Samples.id)
    let store = store
    DispatchQueue.concurrentPerform(iterations: 12) { index in
      _ = try? store.label(
        Samples.id, experiment: Samples.experiment, .tags(adding: ["t\(index)"], removing: []))
    }
    #expect(try run().labels.tags.count == 12)
  }
}
