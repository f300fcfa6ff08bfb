import Foundation
import Testing

@testable import Tracking

struct RunCatalogueTests {
  private func catalogue(_ runs: [RunRecord], plan: [String]? = nil) -> RunCatalogue {
    var catalogue = RunCatalogue()
    catalogue.add(runs, of: "cells", plan: plan, root: "results")
    return catalogue
  }

  private let old = SampleRuns.run(1, id: "aaaa000000000000", begun: "2026-03-01T00:00:00Z")
  private let new = SampleRuns.run(
    1, id: "bbbb000000000000", seed: 8, begun: "2026-03-02T00:00:00Z")

  @Test("a number is that of the latest plan, whatever number a run was made with")
  func latestPlan() {
    let runs = catalogue([old, new], plan: ["cccc000000000000", new.id]).runs
    #expect(runs.map(\.name) == ["cells/2", "cells/aaaa0000"])
  }

  @Test("without a plan a number is that of the record, where it is of one alone")
  func withoutPlan() {
    let other = SampleRuns.run(2, id: "cccc000000000000")
    #expect(
      catalogue([new, old, other]).runs.map(\.name)
        == ["cells/2", "cells/aaaa0000", "cells/bbbb0000"])
  }

  @Test("a run whose number cannot be read is named by its id")
  func unreadable() {
    let damaged = SampleRuns.run(0, id: "eeee000000000000", status: .damaged)
    #expect(catalogue([new, damaged]).runs.map(\.name) == ["cells/1", "cells/eeee0000"])
  }

  @Test("every printed name selects its run and no other")
  func names() throws {
    let other = SampleRuns.run(1, of: "roads", id: new.id)
    var catalogue = catalogue([old, new], plan: [new.id])
    catalogue.add([other], of: "roads", plan: nil, root: "results")
    for run in catalogue.runs {
      let selected = try Selector(run.name).select(from: catalogue.runs)
      #expect(selected.map(\.place) == [run.place])
    }
    let error = #expect(throws: SelectorError.self) {
      try Selector(new.id).select(from: catalogue.runs)
    }
    #expect(
      error?.description == """
        'bbbb000000000000' fits 2 runs; give one of these names:
          cells/1 (id bbbb000000000000)
          roads/1 (id bbbb000000000000)
        """)
  }

  @Test("a copy is not counted: under another id, under no id, or of another experiment")
  func copies() {
    let copy = SampleRuns.run(1, id: "aaaa000000000001", begun: "2026-03-01T00:00:00Z")
    let backup = SampleRuns.run(1, id: "aaaa000000000000-copy")
    let archived = RunRecord(
      id: "dddd000000000000", experiment: "cells", number: 4,
      trial: SampleRuns.run(4, of: "roads").trial, status: .finished, history: nil, checkpoints: [],
      attempts: [], result: nil, damage: [])
    let catalogue = catalogue([old, copy, backup, archived])
    #expect(catalogue.runs.map(\.id) == [old.id])
    #expect(
      catalogue.strays.map(\.reason) == [
        "its record is a run of roads", "its folder is not called by an id",
        "it is a copy of aaaa000000000000",
      ])
    #expect(catalogue.strays[1].folder == "results/cells/trials/aa/aaaa000000000000-copy")
  }

  @Test("the latest plan is read back from the store, and of a broken one it is said")
  func store() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: root) }
    let store = FolderStore(root: root.path)
    try store.prepare(Samples.trial(), id: Samples.id)
    try store.recordPlan(["ffff000000000000", Samples.id], of: Samples.experiment)
    #expect(try store.catalogue().runs.map(\.name) == ["quickstart/2"])
    #expect(try store.catalogue().warnings.isEmpty)
    let file = root.appendingPathComponent("\(Samples.experiment)/plan.json")
    let edited = try String(contentsOf: file, encoding: .utf8)
      .replacingOccurrences(of: "ffff", with: "eeee")
    for content in ["{", edited] {
      try Data(content.utf8).write(to: file)
      let catalogue = try store.catalogue()
      #expect(catalogue.runs.map(\.name) == ["quickstart/1"])
      #expect(catalogue.warnings[Samples.experiment]?.contains("plan.json cannot be read") == true)
    }
    try FileManager.default.removeItem(at: file)
    #expect(
      try store.catalogue().warnings[Samples.experiment]?.contains("the file is gone") == true)
  }

  @Test("a record that lies under the wrong two digits is said")
  func misfiled() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: root) }
    let store = FolderStore(root: root.path)
    try store.prepare(Samples.trial(), id: Samples.id)
    try store.open(Samples.id, experiment: Samples.experiment).beginAttempt(Samples.provenance())
    let trials = root.appendingPathComponent("\(Samples.experiment)/trials")
    try FileManager.default.copyItem(
      at: trials.appendingPathComponent("01"), to: trials.appendingPathComponent("99"))
    let catalogue = try store.catalogue()
    #expect(catalogue.runs.map(\.name) == ["quickstart/1"])
    #expect(catalogue.strays.map(\.reason) == ["a run of that name lies in trials/01"])
    try FileManager.default.removeItem(at: trials.appendingPathComponent("01"))
    let moved = try store.catalogue().strays.map(\.sentence)
    #expect(moved.count == 1)
    #expect(moved[0].contains("it belongs at trials/01/\(Samples.id); move it back"))
  }

  @Test("a renamed experiment is told its name, a copy and a link are called so")
  func renamed() throws {
    let files = FileManager.default
    let root = files.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? files.removeItem(at: root) }
    let store = FolderStore(root: root.path)
    try store.prepare(Samples.trial(), id: Samples.id)
    let (home, other) = (
      root.appendingPathComponent(Samples.experiment), root.appendingPathComponent("other")
    )
    func sentence() throws -> String { try store.catalogue().strays.map(\.sentence).joined() }
    try files.moveItem(at: home, to: other)
    #expect(try sentence().hasSuffix("rename the folder to \(root.path)/\(Samples.experiment)"))
    try files.copyItem(at: other, to: home)
    #expect(try sentence().hasSuffix("move it out of the folder of the records"))
    try files.removeItem(at: other)
    try files.createSymbolicLink(atPath: other.path, withDestinationPath: Samples.experiment)
    #expect(
      try sentence().contains("it is a symbolic link to \(Samples.experiment); remove the link"))
  }
}
