import Foundation
import Testing

@testable import Tracking

/// What every store promises; run over each of them.
@Suite("Run stores")
struct RunStoreTests {
  enum Kind: CaseIterable { case folder, memory }

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func store(_ kind: Kind) -> any RunStore {
    switch kind {
    case .folder:
      FolderStore(
        root: folder.path + "/results", operations: SystemFiles(waitsForDisk: false))
    case .memory: MemoryStore()
    }
  }

  private func run(_ store: any RunStore) throws -> RunRecord {
    try #require(try store.run(Samples.id, experiment: Samples.experiment))
  }

  @Test("an empty store has no experiments, no runs, nothing to open", arguments: Kind.allCases)
  func empty(_ kind: Kind) throws {
    let store = store(kind)
    #expect(try store.experiments().isEmpty)
    #expect(try store.runs(of: nil).isEmpty)
    #expect(try store.run(Samples.id, experiment: "none") == nil)
    #expect(throws: StoreError.self) { try store.open(Samples.id, experiment: "none") }
  }

  @Test("a prepared trial waits and is found by its experiment", arguments: Kind.allCases)
  func prepared(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    #expect(try store.experiments() == [Samples.experiment])
    let run = try #require(try store.runs(of: Samples.experiment).first)
    #expect(run.trial == Samples.trial())
    #expect(run.id == Samples.id)
    #expect(run.status == .waiting)
    #expect(run.history == nil)
    #expect(run.damage.isEmpty)
    #expect(try store.runs(of: "another").isEmpty)
  }

  @Test("values of classes and worst images come back from a record", arguments: Kind.allCases)
  func details(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    let writer = try store.open(Samples.id, experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance())
    for number in 1...2 {
      let history = Samples.detailedHistory(evaluations: number)
      try writer.commit(
        history, checkpoint: Samples.checkpoint(number), isBest: false, isLast: true)
      let recorded = try #require(try run(store).history)
      #expect(sameBits(recorded, history))
      #expect(recorded == history)
    }
  }

  @Test(
    "previews come back, and a run that goes on has those up to there", arguments: Kind.allCases)
  func previews(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    var writer: (any RunWriter)? = try store.open(Samples.id, experiment: Samples.experiment)
    try writer?.beginAttempt(Samples.provenance())
    var previews = PreviewRecord(
      images: [.init(name: "a.png", image: [1, 2], truth: [3])], evaluations: [])
    for number in 1...3 {
      let history = Samples.detailedHistory(evaluations: number)
      let point = try #require(history.rows.last?.point)
      previews.evaluations.append(.init(point, predictions: [[UInt8(number), 9]]))
      try writer?.commit(
        history, checkpoint: Samples.checkpoint(number), isBest: false, isLast: number == 2,
        previews: previews)
      #expect(try store.previews(of: try run(store)) == previews)
    }
    #expect(try store.damage(of: run(store)).isEmpty)
    writer = nil
    let resumed = try store.open(Samples.id, experiment: Samples.experiment).resumePoint
    #expect(resumed?.previews?.evaluations.map(\.predictions) == [[[1, 9]], [[2, 9]]])
    #expect(resumed?.previews?.images == previews.images)
  }

  @Test("the first of equal trials is adopted", arguments: Kind.allCases)
  func adopted(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(number: 1), id: Samples.id)
    var second = Samples.trial(number: 9, spec: "{\"limits\":{},\"seed\":7}")
    second.overrides = []
    second.specName = "copy.yaml"
    second.writtenSpec = "seed: 7\n"
    try store.prepare(second, id: Samples.id)
    #expect(try store.runs(of: nil).map(\.trial) == [Samples.trial(number: 1)])
  }

  @Test("another training under the same id is refused", arguments: Kind.allCases)
  func otherContent(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    var otherSettings = Samples.trial()
    otherSettings.settingsID = "8"
    var otherData = Samples.trial()
    otherData.data = [DataFingerprint(name: "train", samples: 3, sha256: "8")]
    for other in [Samples.trial(seed: 8), otherSettings, otherData] {
      #expect {
        try store.prepare(other, id: Samples.id)
      } throws: { error in
        if case StoreError.otherContent = error { true } else { false }
      }
    }
  }

  @Test("runs come in the order of their numbers", arguments: Kind.allCases)
  func order(_ kind: Kind) throws {
    let store = store(kind)
    for number in [3, 1, 2] {
      try store.prepare(Samples.trial(number: number), id: "\(9 - number)\(Samples.id.dropFirst())")
    }
    #expect(try store.runs(of: nil).map(\.number) == [1, 2, 3])
  }

  @Test("what is committed is read back bit for bit", arguments: Kind.allCases)
  func committed(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    let writer = try store.open(Samples.id, experiment: Samples.experiment)
    #expect(writer.attempt == 1)
    #expect(writer.trial == Samples.trial())
    #expect(try writer.resumePoint == nil)
    try writer.beginAttempt(Samples.provenance())
    try writer.commit(
      Samples.history(evaluations: 1), checkpoint: Samples.checkpoint(1), isBest: true,
      isLast: true)
    try writer.commit(
      Samples.history(evaluations: 2), checkpoint: Samples.checkpoint(2), isBest: false,
      isLast: true)

    let running = try run(store)
    #expect(running.status == .running)
    #expect(sameBits(running.history, Samples.history(evaluations: 2)))
    #expect(running.attempts == [Samples.provenance()])
    #expect(running.checkpoints.map(\.name) == ["best", "last"])
    #expect(running.checkpoints.map(\.evaluation) == [1, 2].map(Samples.point))
    #expect(try store.checkpoint("best", of: running) == Samples.checkpoint(1))
    #expect(try store.checkpoint("last", of: running) == Samples.checkpoint(2))
    #expect(try store.damage(of: running).isEmpty)
    #expect(throws: StoreError.self) { try store.checkpoint("first", of: running) }

    try writer.finish(Samples.result)
    let finished = try run(store)
    #expect(finished.status == .finished)
    #expect(finished.result == Samples.result)
  }

  @Test("of a run that has gone on, the checkpoint is the current one", arguments: Kind.allCases)
  func currentCheckpoint(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    let writer = try store.open(Samples.id, experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance())
    var before: RunRecord?
    for number in 1...2 {
      try writer.commit(
        Samples.history(evaluations: number), checkpoint: Samples.checkpoint(number),
        isBest: false, isLast: true)
      if before == nil { before = try run(store) }
    }
    let read = try #require(before)
    #expect(read.checkpoints.map(\.evaluation) == [Samples.point(1)])
    #expect(try store.checkpoint("last", of: read) == Samples.checkpoint(2))
  }

  @Test("a run has one writer at a time", arguments: Kind.allCases)
  func locked(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    var writer: (any RunWriter)? = try store.open(Samples.id, experiment: Samples.experiment)
    #expect(try run(store).status == .running)
    #expect {
      try store.open(Samples.id, experiment: Samples.experiment)
    } throws: {
      ($0 as? StoreError)?.isBusy == true
    }
    #expect(writer != nil)
    writer = nil
    #expect(try run(store).status == .waiting)
    _ = try store.open(Samples.id, experiment: Samples.experiment)
  }

  @Test(
    "an interrupted run goes on from its last checkpoint, its history cut", arguments: Kind.allCases
  )
  func resumed(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    try { () throws in
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance())
      try writer.commit(
        Samples.history(evaluations: 1), checkpoint: nil, isBest: false, isLast: false)
      try writer.commit(
        Samples.history(evaluations: 2), checkpoint: Samples.checkpoint(2), isBest: false,
        isLast: true)
      try writer.commit(
        Samples.history(evaluations: 3), checkpoint: nil, isBest: false, isLast: false)
    }()
    #expect(try run(store).status == .interrupted)
    #expect(try run(store).history?.rows.count == 3)

    let writer = try store.open(Samples.id, experiment: Samples.experiment)
    #expect(writer.attempt == 2)
    let resumePoint = try #require(try writer.resumePoint)
    #expect(resumePoint.point == Samples.point(2))
    #expect(sameBits(resumePoint.history, Samples.history(evaluations: 2)))
    #expect(resumePoint.checkpoint == Samples.checkpoint(2))
    try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfter: 2))
    try writer.commit(
      Samples.history(evaluations: 3), checkpoint: nil, isBest: false, isLast: false)
    #expect(try run(store).attempts.map(\.attempt) == [1, 2])
  }

  @Test(
    "a run goes on between two evaluations where it was kept there, until one is committed as last",
    arguments: Kind.allCases)
  func interim(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    func open(_ body: (any RunWriter) throws -> Void) throws {
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try body(writer)
    }
    func begin(_ writer: any RunWriter) throws {
      try writer.beginAttempt(Samples.provenance(attempt: writer.attempt, resumedAfter: 1))
    }
    try open { writer in
      #expect(throws: StoreError.self) { try writer.keep(Samples.interim(3, after: 0)) }
      try begin(writer)
      try writer.keep(Samples.interim(3, after: 0))
      try writer.keep(Samples.interim(4, after: 0))
    }
    try open { writer in
      let found = try #require(try writer.resumePoint)
      #expect(found.checkpoint == Samples.interim(4, after: 0))
      #expect(found.history == nil && found.attempt == 1 && found.point.step == 4)
      try begin(writer)
      try writer.commit(
        Samples.history(evaluations: 1), checkpoint: Samples.checkpoint(1), isBest: true,
        isLast: true)
      try writer.keep(Samples.interim(2, after: 1, attempt: 2))
      // Not kept as the last one: the run goes on before it.
      try writer.commit(
        Samples.history(evaluations: 2), checkpoint: nil, isBest: false, isLast: false)
    }
    try open { writer in
      let found = try #require(try writer.resumePoint)
      #expect(found.checkpoint == Samples.interim(2, after: 1, attempt: 2) && found.attempt == 2)
      #expect(sameBits(found.history, Samples.history(evaluations: 1)))
      #expect(try run(store).checkpoints.map(\.name) == ["best", "last"])
      #expect(try store.damage(of: run(store)).isEmpty)
      try begin(writer)
      try writer.commit(
        Samples.history(evaluations: 2), checkpoint: Samples.checkpoint(2), isBest: false,
        isLast: true)
    }
    try open { writer in
      let found = try writer.resumePoint
      #expect(found?.checkpoint == Samples.checkpoint(2))
    }
  }

  @Test("a finished run is frozen", arguments: Kind.allCases)
  func frozen(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    try { () throws in
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance())
      try writer.finish(Samples.result)
      #expect(throws: StoreError.self) { try writer.finish(Samples.failure) }
      #expect(throws: StoreError.self) {
        try writer.commit(
          Samples.history(evaluations: 1), checkpoint: nil, isBest: false, isLast: false)
      }
    }()
    #expect {
      try store.open(Samples.id, experiment: Samples.experiment)
    } throws: { error in
      if case StoreError.ended = error { true } else { false }
    }
    try store.prepare(Samples.trial(), id: Samples.id)
    #expect(try run(store).result == Samples.result)
  }

  @Test("a failed run says why, and can be tried again", arguments: Kind.allCases)
  func failed(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    try { () throws in
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance())
      try writer.finish(Samples.failure)
    }()
    #expect(try run(store).status == .failed(cause: "the loss is not a number"))
    try { () throws in
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance(attempt: 2))
      try writer.commit(
        Samples.history(evaluations: 1), checkpoint: nil, isBest: false, isLast: false)
    }()
    #expect(try run(store).status == .interrupted)
    #expect(try run(store).damage.isEmpty)
  }

  @Test("a pruned run says where and why, and can go on", arguments: Kind.allCases)
  func pruned(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    try { () throws in
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance())
      try writer.commit(
        Samples.history(evaluations: 1), checkpoint: Samples.checkpoint(1), isBest: false,
        isLast: true)
      try writer.finish(Samples.pruned)
    }()
    #expect(try run(store).status == .pruned)
    #expect(try run(store).result == Samples.pruned)
    #expect(
      try run(store).pruning?.description
        == "pruned at epoch 0.5 of 4.5, rung 1: below the best 2 of 6 trials at epoch 1")
    try { () throws in
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      #expect(try writer.resumePoint?.point == Samples.point(1))
      try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfter: 1))
    }()
    #expect(try run(store).status == .interrupted)
    #expect(try run(store).damage.isEmpty)
    try store.open(Samples.id, experiment: Samples.experiment).finish(Samples.pruned)
    #expect(try run(store).status == .pruned)
    #expect(try run(store).damage.isEmpty)
  }

  @Test("evaluations are refused before an attempt begins", arguments: Kind.allCases)
  func notBegun(_ kind: Kind) throws {
    let store = store(kind)
    try store.prepare(Samples.trial(), id: Samples.id)
    let writer = try store.open(Samples.id, experiment: Samples.experiment)
    #expect(throws: StoreError.self) {
      try writer.commit(
        Samples.history(evaluations: 1), checkpoint: nil, isBest: false, isLast: false)
    }
    #expect(throws: StoreError.self) { try writer.beginAttempt(Samples.provenance(attempt: 5)) }
  }
}
