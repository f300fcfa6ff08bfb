import Foundation
import Testing

@testable import Tracking

@Suite("Verification")
struct RunVerificationTests {
  @Test("a sound record is sound, and every file of it is read")
  func sound() throws {
    let sample = try VerifiedStore()
    let found = try sample.verify()
    #expect(found.findings == [])
    #expect(found.files == 13)
    #expect(found.bytes > 10_000)
    #expect(found.usable.map(\.name) == ["best", "last"])
    #expect(sample.store.verifyFiles(of: Samples.experiment) == [])
  }

  /// What carries no digest, and what a run may do without.
  private static func isNoticed(_ name: String, _ damage: VerifiedStore.Damage) -> Bool {
    let isPlain = name.hasSuffix("log.txt")
    if isPlain { return [.folder, .link].contains(damage) }
    if damage == .missing { return name != "labels.json" && !name.hasSuffix("0001.json") }
    return true
  }

  @Test(
    "each file damaged in each way is named, the other run answers, and repair leaves a sound record",
    arguments: VerifiedStore.Damage.allCases)
  func everyFile(_ damage: VerifiedStore.Damage) throws {
    let original = try VerifiedStore()
    for name in try original.files() {
      let sample = try VerifiedStore(copyOf: original)
      try sample.damage(name, damage)
      let found = try sample.verify()
      let isNoticed = Self.isNoticed(name, damage)
      #expect(found.isSound == !isNoticed, "\(name) \(damage)")
      guard isNoticed else { continue }
      #expect(found.findings.contains { $0.file == name }, "\(name): \(found.findings)")
      #expect(try sample.verify(VerifiedStore.other).isSound)
      // The table has both runs, or the other alone where nobody knows any more what this one is.
      let names = try RunIndex(sample.store, margin: 0).catalogue().runs.map(\.id)
      #expect(names.contains(VerifiedStore.other), "\(name) \(damage)")
      let listed = try RunIndex(sample.store, margin: 0).catalogue().runs.records
      #expect(listed.first { $0.id == VerifiedStore.other }?.damage == [])

      let repair = try #require(RunRepair(found, in: sample.store), "\(name) \(damage)")
      try repair.apply(into: DamagedFolder(of: sample.store))
      if repair.isWholeRun {
        #expect(["spec.json", "state.json"].contains(name))
        #expect(sample.store.verify(Samples.id, experiment: Samples.experiment) == nil)
      } else {
        #expect(try sample.verify().findings == [], "\(name) \(damage)")
      }
      let aside = sample.store.root + "/.damaged"
      let moved = FileManager.default.enumerator(atPath: aside)?.allObjects as? [String] ?? []
      #expect(damage == .missing || moved.contains { $0.hasSuffix(name) }, "\(moved)")
      #expect(try sample.verify(VerifiedStore.other).isSound)
    }
  }

  @Test("a flipped bit is told by the digest that was recorded and the one that is there")
  func digests() throws {
    let sample = try VerifiedStore()
    let last = try #require(try sample.run().checkpoint("last"))
    try sample.damage(last.file, .flipped)
    try sample.damage("labels.json", .flipped)
    let found = try sample.verify()
    let weights = try #require(found.findings.first { $0.file == last.file })
    #expect(weights.expected == last.sha256)
    #expect(weights.found?.count == 64 && weights.found != last.sha256)
    #expect(found.usable.map(\.name) == ["best"])
    #expect(found.damagedCheckpoints.map(\.name) == ["last"])
    let labels = try #require(found.findings.first { $0.file == "labels.json" })
    #expect(labels.expected != labels.found)
  }

  @Test("weights that are set aside leave their digest, so that a reproduction can put them back")
  func weightsSetAside() throws {
    let sample = try VerifiedStore()
    let last = try #require(try sample.run().checkpoint("last"))
    try sample.damage(last.file, .truncated)
    let repair = try #require(RunRepair(sample.verify(), in: sample.store))
    #expect(repair.files == [last.file])
    try repair.apply(into: DamagedFolder(of: sample.store))
    let run = try sample.run()
    #expect(run.status == .finished)
    #expect(run.checkpoint("last") == last)
    #expect(run.isDropped(last) && run.keptCheckpoints.map(\.name) == ["best"])
    #expect(throws: StoreError.self) { try sample.store.checkpoint("last", of: run) }
    _ = try sample.store.checkpoint("best", of: run)
  }

  @Test("an interrupted run goes on from its best weights where the last ones are set aside")
  func interrupted() throws {
    let sample = try VerifiedStore(finishes: false)
    let last = try #require(try sample.run().checkpoint("last"))
    try sample.damage(last.file, .flipped)
    #expect(throws: StoreError.self) {
      try sample.store.open(Samples.id, experiment: Samples.experiment).resumePoint
    }
    let repair = try #require(RunRepair(sample.verify(), in: sample.store))
    #expect(repair.outcomes == ["it goes on after step 10"])
    try repair.apply(into: DamagedFolder(of: sample.store))
    let writer = try sample.store.open(Samples.id, experiment: Samples.experiment)
    let point = try #require(try writer.resumePoint)
    #expect(point.point == Samples.point(1))
    #expect(sameBits(point.history, Samples.history(evaluations: 1)))
  }

  @Test("an interrupted run without its metric values is moved whole")
  func lostHistory() throws {
    let sample = try VerifiedStore(finishes: false)
    try sample.damage("metrics.h5", .flipped)
    let repair = try #require(RunRepair(sample.verify(), in: sample.store))
    #expect(repair.isWholeRun)
    try repair.apply(into: DamagedFolder(of: sample.store))
    #expect(try sample.store.run(Samples.id, experiment: Samples.experiment) == nil)
  }

  @Test("a run that somebody works on is left alone")
  func busy() throws {
    let sample = try VerifiedStore()
    try sample.damage("labels.json", .flipped)
    let repair = try #require(RunRepair(sample.verify(), in: sample.store))
    let lock = try RunLock(sample.path + "/lock")
    withExtendedLifetime(lock) {
      _ = #expect(throws: StoreError.self) {
        try repair.apply(into: DamagedFolder(of: sample.store))
      }
    }
    #expect(try !sample.verify().isSound)
  }

  @Test("a run that is a link to somewhere else is named, and only the link is moved")
  func linkedRun() throws {
    let sample = try VerifiedStore()
    let elsewhere = sample.folder.path + "/elsewhere"
    try FileManager.default.moveItem(atPath: sample.path, toPath: elsewhere)
    try FileManager.default.createSymbolicLink(
      atPath: sample.path, withDestinationPath: elsewhere)
    let found = try sample.verify()
    #expect(found.findings.map(\.file) == ["."])
    let repair = try #require(RunRepair(found, in: sample.store))
    try repair.apply(into: DamagedFolder(of: sample.store))
    #expect(FileManager.default.fileExists(atPath: elsewhere + "/state.json"))
    #expect(try sample.store.run(Samples.id, experiment: Samples.experiment) == nil)
  }

  @Test("the files of an experiment are checked too, and set aside")
  func experimentFiles() throws {
    let sample = try VerifiedStore()
    for name in ["experiment.json", "plan.json"] {
      try sample.damage("../../../\(name)", .flipped)
    }
    let findings = sample.store.verifyFiles(of: Samples.experiment)
    #expect(findings.map(\.file) == ["experiment.json", "plan.json"])
    try DamagedFolder(of: sample.store).take(findings, of: Samples.experiment)
    #expect(sample.store.verifyFiles(of: Samples.experiment) == [])
    #expect(try sample.store.runs(of: nil).count == 2)
  }

  @Test("metric values that nothing says are the run's are told, as other programs can read them")
  func looseMetrics() throws {
    let sample = try VerifiedStore()
    try sample.damage("state.json", .flipped)
    #expect(try sample.verify().looseEvaluations == 2)
    try sample.damage("metrics.h5", .flipped)
    #expect(try sample.verify().looseEvaluations == nil)
  }
}
