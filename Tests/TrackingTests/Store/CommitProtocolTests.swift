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

  private func twoEvaluations() throws {
    try store.prepare(Samples.trial(), id: Samples.id)
    let writer = try store.open(Samples.id, experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance())
    for number in 1...2 {
      try writer.commit(
        Samples.history(evaluations: number), checkpoint: Samples.checkpoint(number), isBest: true,
        isLast: true)
    }
  }

  @Test("killed anywhere in an evaluation, the old or the new record is read, and the run goes on")
  func evaluations() throws {
    var seen: Set<Int> = []
    let operations = try killEverywhere {
      try twoEvaluations()
    } doing: {
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfter: 2))
      try writer.commit(
        Samples.history(evaluations: 3), checkpoint: Samples.checkpoint(3), isBest: false,
        isLast: true)
    } checking: { wasKilled in
      let record = try run()
      #expect(record.status == .interrupted)
      #expect(record.damage == [])
      #expect(try reader.damage(of: record) == [])
      let evaluations = try #require(record.history?.rows.count)
      seen.insert(evaluations)
      #expect(wasKilled ? evaluations == 2 || evaluations == 3 : evaluations == 3)
      #expect(sameBits(record.history, Samples.history(evaluations: evaluations)))
      #expect(try reader.checkpoint("last", of: record) == Samples.checkpoint(evaluations))
      #expect(try reader.checkpoint("best", of: record) == Samples.checkpoint(2))

      let writer = try reader.open(Samples.id, experiment: Samples.experiment)
      let resumePoint = try #require(try writer.resumePoint)
      #expect(resumePoint.point == Samples.point(evaluations))
      #expect(sameBits(resumePoint.history, Samples.history(evaluations: evaluations)))
      try writer.beginAttempt(
        Samples.provenance(attempt: writer.attempt, resumedAfter: evaluations))
      try writer.commit(
        Samples.history(evaluations: evaluations + 1),
        checkpoint: Samples.checkpoint(evaluations + 1),
        isBest: true, isLast: true)
      #expect(try run().history?.rows.count == evaluations + 1)
      #expect(try remains().isEmpty)
      #expect(try checkpointFiles() == ["step-00000\(evaluations + 1)0.h5"])
    }
    #expect(seen == [2, 3])
    #expect(operations > 12)
  }

  @Test(
    "killed anywhere while a state between two evaluations is kept, the run goes on there or before"
  )
  func interim() throws {
    var seen: Set<Int> = []
    _ = try killEverywhere {
      try twoEvaluations()
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfter: 2))
      try writer.keep(Samples.interim(3, after: 2))
    } doing: {
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance(attempt: 3, resumedAfter: 2))
      try writer.keep(Samples.interim(6, after: 2))
    } checking: { wasKilled in
      let record = try run()
      #expect(record.damage == [] && record.status == .interrupted)
      #expect(try reader.damage(of: record) == [])
      #expect(sameBits(record.history, Samples.history(evaluations: 2)))
      #expect(try reader.checkpoint("last", of: record) == Samples.checkpoint(2))
      let writer = try reader.open(Samples.id, experiment: Samples.experiment)
      let found = try #require(try writer.resumePoint)
      let steps = found.point.step - Samples.point(2).step
      seen.insert(steps)
      #expect(wasKilled ? steps == 3 || steps == 6 : steps == 6)
      #expect(found.checkpoint == Samples.interim(steps, after: 2))
      try writer.beginAttempt(Samples.provenance(attempt: writer.attempt, resumedAfter: 2))
      try writer.commit(
        Samples.history(evaluations: 3), checkpoint: Samples.checkpoint(3), isBest: true,
        isLast: true)
      #expect(try remains().isEmpty)
      #expect(try checkpointFiles() == ["step-0000030.h5"])
    }
    #expect(seen == [3, 6])
  }

  @Test(
    "killed anywhere in an evaluation, what is recorded as failed afterwards goes on all the same")
  func failingAfterwards() throws {
    for isInterruption in [true, false] {
      _ = try killEverywhere {
        try twoEvaluations()
      } doing: {
        let writer = try store.open(Samples.id, experiment: Samples.experiment)
        try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfter: 2))
        try writer.commit(
          Samples.history(evaluations: 3), checkpoint: Samples.checkpoint(3), isBest: false,
          isLast: true)
      } checking: { wasKilled in
        let failure = ResultRecord(
          outcome: .failed, cause: "killed", isInterruption: isInterruption, bestValue: nil,
          bestEvaluation: nil, evaluations: 2)
        try reader.open(Samples.id, experiment: Samples.experiment).finish(failure)
        let record = try run()
        #expect(try reader.damage(of: record) == [])
        #expect(record.status == (isInterruption ? .interrupted : .failed(cause: "killed")))
        let evaluations = try #require(record.history?.rows.count)
        #expect(wasKilled ? evaluations == 2 || evaluations == 3 : evaluations == 3)
        let resumePoint = try reader.open(Samples.id, experiment: Samples.experiment).resumePoint
        #expect(try #require(resumePoint).point == Samples.point(evaluations))
      }
    }
  }

  @Test("killed anywhere while a failure is recorded, the run has failed or is interrupted")
  func failing() throws {
    _ = try killEverywhere {
      try twoEvaluations()
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
      try twoEvaluations()
      try store.open(Samples.id, experiment: Samples.experiment).finish(Samples.failure)
    } doing: {
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfter: 2))
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
      try twoEvaluations()
    } doing: {
      try store.open(Samples.id, experiment: Samples.experiment).finish(Samples.result)
    } checking: { wasKilled in
      let record = try run()
      #expect(record.damage == [])
      #expect(record.status == .finished || (wasKilled && record.status == .interrupted))
    }
  }

  @Test("evaluations that are made again may end elsewhere without harm to what is named")
  func otherCheckpointOfTheSameEvaluation() throws {
    _ = try killEverywhere {
      try store.prepare(Samples.trial(), id: Samples.id)
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance())
      try writer.commit(
        Samples.history(evaluations: 1), checkpoint: Samples.checkpoint(1), isBest: false,
        isLast: true)
      try writer.commit(
        Samples.history(evaluations: 2), checkpoint: Samples.checkpoint(2), isBest: true,
        isLast: false)
    } doing: {
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfter: 1))
      try writer.commit(
        Samples.history(evaluations: 2), checkpoint: Samples.checkpoint(2, offset: 0.5),
        isBest: true, isLast: true)
    } checking: { wasKilled in
      let record = try run()
      #expect(try reader.damage(of: record) == [])
      let best = try reader.checkpoint("best", of: record)
      let isNew = best == Samples.checkpoint(2, offset: 0.5)
      #expect(isNew || (wasKilled && best == Samples.checkpoint(2)))
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
