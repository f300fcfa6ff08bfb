import Foundation
import Testing

@testable import Tracking

/// A process may be killed between any two steps, and in the middle of a write.
@Suite("Commit protocol")
struct CommitProtocolTests {
  private let folder: TemporaryFolder
  private let files = InterruptedFiles()
  private let store: FolderStore
  private let reader: FolderStore

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(root: folder.path, operations: files)
    reader = FolderStore(root: folder.path, operations: SystemFiles(waitsForDisk: false))
  }

  private func run() throws -> RunRecord {
    try #require(try reader.run(Samples.id, experiment: Samples.experiment))
  }

  /// Does it again and again from the same beginning, killed one operation later each time, until
  /// it is done.
  private func killEverywhere(
    beginning: () throws -> Void, doing: () throws -> Void,
    checking: (_ wasKilled: Bool) throws -> Void
  ) throws -> Int {
    for operations in 0..<200 {
      files.stop(after: .max)
      try? FileManager.default.removeItem(atPath: "\(folder.path)/\(Samples.experiment)")
      try beginning()
      files.stop(after: operations)
      let isDone = (try? doing()) != nil
      files.stop(after: .max)
      try checking(!isDone)
      if isDone { return operations }
    }
    Issue.record("it never ended")
    return 0
  }

  private func twoRounds() throws {
    try store.prepare(Samples.trial(), id: Samples.id)
    let writer = try store.open(Samples.id, experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance())
    for round in 1...2 {
      try writer.commit(
        Samples.history(rounds: round), checkpoint: Samples.checkpoint(round: round), isBest: true,
        isLast: true)
    }
  }

  @Test("killed anywhere in a round, the old or the new record is read, and the run goes on")
  func rounds() throws {
    var seen: Set<Int> = []
    let operations = try killEverywhere {
      try twoRounds()
    } doing: {
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfterRound: 2))
      try writer.commit(
        Samples.history(rounds: 3), checkpoint: Samples.checkpoint(round: 3), isBest: false,
        isLast: true)
    } checking: { wasKilled in
      let record = try run()
      #expect(record.status == .interrupted)
      #expect(record.damage == [])
      #expect(try reader.damage(of: record) == [])
      let rounds = try #require(record.history?.rows.count)
      seen.insert(rounds)
      #expect(wasKilled ? rounds == 2 || rounds == 3 : rounds == 3)
      #expect(sameBits(record.history, Samples.history(rounds: rounds)))
      #expect(try reader.checkpoint("last", of: record) == Samples.checkpoint(round: rounds))
      #expect(try reader.checkpoint("best", of: record) == Samples.checkpoint(round: 2))

      let writer = try reader.open(Samples.id, experiment: Samples.experiment)
      let resumePoint = try #require(try writer.resumePoint)
      #expect(resumePoint.round == rounds)
      #expect(sameBits(resumePoint.history, Samples.history(rounds: rounds)))
      try writer.beginAttempt(
        Samples.provenance(attempt: writer.attempt, resumedAfterRound: rounds))
      try writer.commit(
        Samples.history(rounds: rounds + 1), checkpoint: Samples.checkpoint(round: rounds + 1),
        isBest: true, isLast: true)
      #expect(try run().history?.rows.count == rounds + 1)
      #expect(try remains().isEmpty)
      #expect(try checkpointFiles() == ["round-00000\(rounds + 1).h5"])
    }
    #expect(seen == [2, 3])
    #expect(operations > 12)
  }

  @Test("killed anywhere in a round, what is recorded as failed afterwards goes on all the same")
  func failingAfterwards() throws {
    for isInterruption in [true, false] {
      _ = try killEverywhere {
        try twoRounds()
      } doing: {
        let writer = try store.open(Samples.id, experiment: Samples.experiment)
        try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfterRound: 2))
        try writer.commit(
          Samples.history(rounds: 3), checkpoint: Samples.checkpoint(round: 3), isBest: false,
          isLast: true)
      } checking: { wasKilled in
        let failure = ResultRecord(
          outcome: .failed, cause: "killed", isInterruption: isInterruption, bestValue: nil,
          bestRound: nil, rounds: 2)
        try reader.open(Samples.id, experiment: Samples.experiment).finish(failure)
        let record = try run()
        #expect(try reader.damage(of: record) == [])
        #expect(record.status == (isInterruption ? .interrupted : .failed(cause: "killed")))
        let rounds = try #require(record.history?.rows.count)
        #expect(wasKilled ? rounds == 2 || rounds == 3 : rounds == 3)
        let resumePoint = try reader.open(Samples.id, experiment: Samples.experiment).resumePoint
        #expect(try #require(resumePoint).round == rounds)
      }
    }
  }

  @Test("killed anywhere while a failure is recorded, the run has failed or is interrupted")
  func failing() throws {
    _ = try killEverywhere {
      try twoRounds()
      try store.open(Samples.id, experiment: Samples.experiment).finish(Samples.failure)
    } doing: {
      try store.open(Samples.id, experiment: Samples.experiment).finish(Samples.failure)
    } checking: { _ in
      let record = try run()
      #expect(record.damage == [])
      #expect(
        record.status == .failed(cause: "the loss is not a number") || record.status == .interrupted
      )
      #expect(record.history?.rows.count == 2)
    }
  }

  @Test("killed anywhere while a record is made, it is not there or waits, and is made again")
  func preparing() throws {
    _ = try killEverywhere {
    } doing: {
      try store.prepare(Samples.trial(), id: Samples.id)
    } checking: { _ in
      if let record = try reader.run(Samples.id, experiment: Samples.experiment) {
        #expect(record.status == .waiting)
        #expect(record.damage == [])
      }
      try reader.prepare(Samples.trial(), id: Samples.id)
      #expect(try run().trial == Samples.trial())
    }
  }

  @Test("killed anywhere while a failed run is tried again, it is failed or interrupted")
  func retrying() throws {
    _ = try killEverywhere {
      try twoRounds()
      try store.open(Samples.id, experiment: Samples.experiment).finish(Samples.failure)
    } doing: {
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfterRound: 2))
    } checking: { wasKilled in
      let record = try run()
      #expect(record.damage == [])
      let isFailed = record.status == .failed(cause: "the loss is not a number")
      #expect(record.status == .interrupted || (wasKilled && isFailed))
    }
  }

  @Test("killed anywhere at its end, a run is interrupted or finished")
  func finishing() throws {
    _ = try killEverywhere {
      try twoRounds()
    } doing: {
      try store.open(Samples.id, experiment: Samples.experiment).finish(Samples.result)
    } checking: { wasKilled in
      let record = try run()
      #expect(record.damage == [])
      #expect(record.status == .finished || (wasKilled && record.status == .interrupted))
    }
  }

  @Test("rounds that are trained again may end elsewhere without harm to what is named")
  func otherCheckpointOfTheSameRound() throws {
    _ = try killEverywhere {
      try store.prepare(Samples.trial(), id: Samples.id)
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance())
      try writer.commit(
        Samples.history(rounds: 1), checkpoint: Samples.checkpoint(round: 1), isBest: false,
        isLast: true)
      try writer.commit(
        Samples.history(rounds: 2), checkpoint: Samples.checkpoint(round: 2), isBest: true,
        isLast: false)
    } doing: {
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfterRound: 1))
      try writer.commit(
        Samples.history(rounds: 2), checkpoint: Samples.checkpoint(round: 2, offset: 0.5),
        isBest: true, isLast: true)
    } checking: { wasKilled in
      let record = try run()
      #expect(try reader.damage(of: record) == [])
      let best = try reader.checkpoint("best", of: record)
      let isNew = best == Samples.checkpoint(round: 2, offset: 0.5)
      #expect(isNew || (wasKilled && best == Samples.checkpoint(round: 2)))
    }
  }

  /// Half-written files.
  private func remains() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: runFolder).filter {
      $0.hasSuffix(".partial")
    }
  }

  private func checkpointFiles() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(runFolder)/checkpoints").sorted()
  }

  private var runFolder: String {
    RunFolder(root: folder.path, experiment: Samples.experiment, id: Samples.id).path
  }
}
