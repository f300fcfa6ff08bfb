import Foundation
import Testing

@testable import Tracking

@Suite("Runs read again")
struct RunCacheTests {
  private let folder: TemporaryFolder
  private let store: FolderStore

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(
      root: folder.path + "/results", operations: SystemFiles(waitsForDisk: false))
  }

  @Test("every change of a record is seen, as if nothing had been kept")
  func changes() throws {
    let cache = RunCache(store)
    #expect(try cache.catalogue().runs.isEmpty)
    func compare(_ place: Int = #line) throws {
      let (kept, fresh) = (try cache.catalogue().runs, try store.catalogue().runs)
      #expect(kept.map(\.id) == fresh.map(\.id), "line \(place)")
      #expect(kept.map(\.status) == fresh.map(\.status), "line \(place)")
      #expect(kept.map(\.labels) == fresh.map(\.labels), "line \(place)")
      #expect(kept.map { $0.history?.rows.count } == fresh.map { $0.history?.rows.count })
    }
    try store.prepare(Samples.trial(), id: Samples.id)
    try compare()
    var writer: (any RunWriter)? = try store.open(Samples.id, experiment: Samples.experiment)
    try compare()
    try writer?.beginAttempt(Samples.provenance())
    try compare()
    for number in 1...2 {
      try writer?.commit(
        Samples.history(evaluations: number), checkpoint: nil, isBest: false, isLast: false)
      try compare()
    }
    writer = nil
    try compare()
    _ = try store.label(
      Samples.id, experiment: Samples.experiment, .tags(adding: ["x"], removing: []))
    try compare()
    try store.prepare(Samples.trial(number: 2, seed: 8), id: "00ff00ff00ff00ff")
    try compare()
    _ = try Trash(of: store).remove(store.runs(of: nil).filter { $0.id == Samples.id })
    try compare()
  }

  @Test("what names are offered: experiments, numbers of the plan, names, ids and tags")
  func names() throws {
    let names = RunNamesList(store)
    #expect(names.experiments.isEmpty && names.tags.isEmpty)
    try store.prepare(Samples.trial(spec: #"{"tags":["camvid"]}"#), id: Samples.id)
    #expect(names.members(of: Samples.experiment) == ["quickstart/\(Samples.id)"])
    try store.recordPlan([Samples.id, "00ff00ff00ff00ff"], of: Samples.experiment)
    _ = try store.label(Samples.id, experiment: Samples.experiment, .name("baseline"))
    _ = try store.label(
      Samples.id, experiment: Samples.experiment, .tags(adding: ["good"], removing: []))
    #expect(
      names.members(of: Samples.experiment)
        == ["quickstart/baseline", "quickstart/1", "quickstart/2"])
    #expect(names.tags == ["camvid", "good"])
    #expect(names.ids(from: "01") == [Samples.id])
    #expect(names.ids(from: "02").isEmpty)
    #expect(names.members(of: "none").isEmpty)
  }
}
