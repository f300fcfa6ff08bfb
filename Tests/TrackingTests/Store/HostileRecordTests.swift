import Foundation
import Testing

@testable import Tracking

/// Records that were damaged, or made by someone who wants more than to be read.
@Suite("Hostile records")
struct HostileRecordTests {
  private let folder: TemporaryFolder
  private let store: FolderStore
  private let path: String
  private let elsewhere: String

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(
      root: folder.path + "/results", operations: SystemFiles(waitsForDisk: false))
    path = RunFolder(root: store.root, experiment: Samples.experiment, id: Samples.id).path
    elsewhere = folder.path + "/elsewhere"
    try FileManager.default.createDirectory(
      atPath: elsewhere, withIntermediateDirectories: true)
    try record()
  }

  /// Two evaluations, interrupted.
  private func record() throws {
    try store.prepare(Samples.trial(), id: Samples.id)
    let writer = try store.open(Samples.id, experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance())
    for number in 1...2 {
      try writer.commit(
        Samples.history(evaluations: number), checkpoint: Samples.checkpoint(number),
        isBest: number == 1, isLast: true)
    }
  }

  private func finish() throws {
    try store.open(Samples.id, experiment: Samples.experiment).finish(Samples.result)
  }

  private func run() throws -> RunRecord {
    try #require(try store.run(Samples.id, experiment: Samples.experiment))
  }

  private func move(_ name: String, to target: String) throws {
    try FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: target)
  }

  private static let files = [
    "spec.json", "spec.yaml", "state.json", "metrics.h5", "result.json",
    "attempts/1/provenance.json", "checkpoints/step-0000010.h5", "checkpoints/step-0000020.h5",
  ]

  /// Every byte where the environment asks for it, else one of thirteen.
  private static let step =
    ProcessInfo.processInfo.environment["EXPERIMENTS_CRASH_TESTS"] == nil ? 13 : 1

  @Test(
    "a flipped bit is noticed, or what is read is what was written",
    arguments: files, [true, false])
  func flippedBits(name: String, isFinished: Bool) throws {
    if !isFinished, name == "result.json" { return }
    if isFinished { try finish() }
    let sound = try run()
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    let bytes = try Data(contentsOf: file)
    for index in stride(from: 0, to: bytes.count, by: Self.step) {
      var changed = bytes
      changed[index] ^= 1 << UInt8(index % 8)
      try changed.write(to: file)
      let damage = try store.damage(of: sound)
      #expect(!damage.isEmpty, "byte \(index) of \(name)")
    }
  }

  @Test("a file that is gone, a pipe, or a link to nothing is noticed", arguments: files)
  func replaced(name: String) throws {
    try finish()
    let file = "\(path)/\(name)"
    try FileManager.default.removeItem(atPath: file)
    #expect(try run().damage.contains { $0.hasPrefix("\(name): ") })
    #expect(mkfifo(file, 0o600) == 0)
    #expect(try run().damage.contains("\(name): it is a pipe, not a file"))
    try FileManager.default.removeItem(atPath: file)
    #expect(symlink(folder.path + "/nothing", file) == 0)
    #expect(try run().damage.contains { $0.hasPrefix("\(name): it is a symbolic link") })
  }

  @Test("a lock that is a pipe or a link holds nobody up, and what it leads to stays as it is")
  func lock() throws {
    let (lock, target) = ("\(path)/lock", elsewhere + "/precious")
    try Data("precious".utf8).write(to: URL(fileURLWithPath: target))
    try FileManager.default.removeItem(atPath: lock)
    #expect(mkfifo(lock, 0o600) == 0)
    #expect(try run().damage == ["lock: it is a pipe, not a file"])
    #expect(throws: StoreError.self) {
      try store.open(Samples.id, experiment: Samples.experiment)
    }
    try FileManager.default.removeItem(atPath: lock)
    #expect(symlink(target, lock) == 0)
    #expect(throws: StoreError.self) {
      try store.open(Samples.id, experiment: Samples.experiment)
    }
    try FileManager.default.removeItem(atPath: lock)
    #expect(link(target, lock) == 0)
    _ = try store.open(Samples.id, experiment: Samples.experiment)
    #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == Data("precious".utf8))
  }

  @Test("nothing is removed or written through a link in the place of a folder")
  func linkedFolders() throws {
    try Data().write(to: URL(fileURLWithPath: elsewhere + "/step-0000090.h5"))
    for name in ["checkpoints", "attempts/1", "attempts"] {
      let kept = folder.path + "/kept"
      try move(name, to: kept)
      #expect(symlink(elsewhere, "\(path)/\(name)") == 0)
      #expect(try run().damage.contains("\(name): it is no folder"))
      #expect(throws: StoreError.self) {
        try store.open(Samples.id, experiment: Samples.experiment)
      }
      try FileManager.default.removeItem(atPath: "\(path)/\(name)")
      try move("../../../../../kept", to: "\(path)/\(name)")
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: elsewhere) == ["step-0000090.h5"])
    #expect(try run().damage == [])
  }

  @Test("only files with names that this program gives are removed")
  func foreignFiles() throws {
    let names = [
      "notes.txt", "step-1.h5", "step-0000090.h5.bak", "step-0000090.h5", ".mine.partial",
    ]
    for name in names {
      try Data().write(to: URL(fileURLWithPath: "\(path)/checkpoints/\(name)"))
    }
    _ = try store.open(Samples.id, experiment: Samples.experiment)
    let left = Set(try FileManager.default.contentsOfDirectory(atPath: path + "/checkpoints"))
    #expect(
      left.isSuperset(of: [".mine.partial", "notes.txt", "step-1.h5", "step-0000090.h5.bak"]))
    #expect(!left.contains("step-0000090.h5"))
  }

  /// Puts another state, with all digests right, in the place of the one that was written.
  private func forge(_ change: (inout RunState) -> Void) throws {
    let file = "\(path)/state.json"
    var state = try JSONDecoder().decode(
      RunState.self, from: try Data(contentsOf: URL(fileURLWithPath: file)))
    change(&state)
    try RecordJSON.encode(state).write(to: URL(fileURLWithPath: file))
  }

  @Test("a checkpoint that is of another evaluation than the state says is not gone on from")
  func otherEvaluation() throws {
    for number in [1, 3] {
      try forge { $0.checkpoints["last"]?.evaluation = Samples.point(number) }
      #expect(throws: StoreError.self) {
        let writer = try store.open(Samples.id, experiment: Samples.experiment)
        _ = try writer.resumePoint
      }
      let record = try run()
      if record.damage.isEmpty {
        #expect(throws: StoreError.self) { try store.checkpoint("last", of: record) }
      }
    }
    for step in [0, -1, .min, .max] {
      try forge { $0.checkpoints["last"]?.evaluation.step = step }
      #expect(try run().status == .damaged)
    }
  }

  @Test("names that lead out of the run's folder are refused")
  func foreignNames() throws {
    for name in ["../../x", "/etc/passwd", "checkpoints/../lock", "attempts/1/../provenance.json"] {
      try forge { $0.files[name] = FileDigest(bytes: 1, sha256: "00") }
      #expect(try run().damage == ["state.json: it names '\(name)', which no run has"])
      try forge { $0.files[name] = nil }
    }
    try forge { $0.checkpoints["best"]?.file = "../x" }
    #expect(try run().status == .damaged)
  }

  @Test(
    "values that no training has are refused, so that tables can count with the others",
    arguments: [
      { $0.values[6] = .counts([.max, 1, 1, 1]) }, { $0.values[6] = .counts([1 << 60, 0, 0, 0]) },
      { $0.values[7] = .number(1e308) }, { $0.values[8] = .number(-1) }, { $0.point.epoch = .nan },
      { $0.point.step = -1 }, { $0.attempt = 0 }, { $0.point.step = .max },
    ] as [@Sendable (inout MetricHistory.Row) -> Void])
  func implausible(_ change: @Sendable (inout MetricHistory.Row) -> Void) throws {
    var history = Samples.history(evaluations: 2)
    change(&history.rows[1])
    let bytes = try MetricsFile.encode(history)
    try bytes.write(to: URL(fileURLWithPath: "\(path)/metrics.h5"))
    try forge { $0.files["metrics.h5"] = FileDigest(bytes) }
    #expect(try run().status == .damaged)
    #expect(try run().damage.first?.hasPrefix("metrics.h5: step ") == true)
  }

  @Test("a record that is taken away while it is written is not made anew in part")
  func takenAway() throws {
    let writer = try store.open(Samples.id, experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfter: 2))
    let away = folder.path + "/away"
    try FileManager.default.moveItem(atPath: store.root, toPath: away)
    try FileManager.default.createDirectory(atPath: store.root, withIntermediateDirectories: true)
    for attempt in 0..<2 {
      let error = #expect(throws: StoreError.self) {
        try writer.commit(
          Samples.history(evaluations: 3), checkpoint: Samples.checkpoint(3), isBest: true,
          isLast: true)
      }
      #expect(error == .taken(path: path), "attempt \(attempt)")
    }
    #expect(throws: StoreError.taken(path: path)) { try writer.finish(Samples.result) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.root).isEmpty)
    // Another record under the same path is another record.
    try store.prepare(Samples.trial(), id: Samples.id)
    #expect(throws: StoreError.taken(path: path)) { try writer.finish(Samples.result) }
    #expect(try run().status == .waiting)
    try FileManager.default.removeItem(atPath: store.root)
    try FileManager.default.moveItem(atPath: away, toPath: store.root)
    try writer.finish(Samples.result)
    #expect(try run().status == .finished)
  }

  @Test("a failure that was tried again does not come back, whatever becomes of its file")
  func failures() throws {
    func attempt(_ number: Int) throws -> any RunWriter {
      let writer = try store.open(Samples.id, experiment: Samples.experiment)
      #expect(writer.attempt == number)
      return writer
    }
    try attempt(2).finish(Samples.failure)
    #expect(try run().status == .failed(cause: "the loss is not a number"))
    let second = ResultRecord(
      outcome: .failed, cause: "no room", isInterruption: true, bestValue: nil, bestEvaluation: nil,
      evaluations: 2)
    try attempt(2).finish(second)
    #expect(try run().status == .interrupted)
    #expect(try run().result?.cause == "no room")
    let writer = try attempt(2)
    try writer.beginAttempt(Samples.provenance(attempt: 2, resumedAfter: 2))
    try writer.finish(Samples.result)
    #expect(try run().status == .finished)
    #expect(try run().damage == [])
  }
}
