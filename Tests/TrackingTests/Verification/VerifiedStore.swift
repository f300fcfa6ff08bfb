import Foundation

@testable import Tracking

/// Two runs with everything that a run may have, one of which is damaged.
struct VerifiedStore {
  let folder: TemporaryFolder
  let store: FolderStore
  static let other = "fedcba9876543210"

  init(finishes: Bool = true) throws {
    folder = try TemporaryFolder()
    store = FolderStore(
      root: folder.path + "/results", operations: SystemFiles(waitsForDisk: false))
    try record(Samples.id, number: 1, finishes: finishes)
    try record(Self.other, number: 2, finishes: true)
    try store.recordPlan([Samples.id, Self.other], of: Samples.experiment)
  }

  init(copyOf other: VerifiedStore) throws {
    folder = try TemporaryFolder()
    store = FolderStore(
      root: folder.path + "/results", operations: SystemFiles(waitsForDisk: false))
    try FileManager.default.copyItem(atPath: other.store.root, toPath: store.root)
  }

  /// Of the first evaluation the weights are the best, of the second the last.
  private func record(_ id: String, number: Int, finishes: Bool) throws {
    try store.prepare(Samples.trial(number: number, seed: UInt64(number)), id: id)
    // So that it is no copy of the other.
    var provenance = Samples.provenance()
    provenance.startedAt = "2026-01-0\(number)T00:00:00Z"
    let writer = try store.open(id, experiment: Samples.experiment)
    try Data("log".utf8).write(to: URL(fileURLWithPath: writer.prepareLog() ?? ""))
    try writer.beginAttempt(provenance)
    for number in 1...2 {
      let history = Samples.history(evaluations: number)
      let images = Self.previews(evaluations: number)
      try writer.commit(
        history, checkpoint: Samples.checkpoint(number), isBest: number == 1, isLast: true,
        previews: images)
    }
    if finishes { try writer.finish(Samples.result) }
    let run = try run(id)
    _ = try store.add(Self.test(of: run), to: run)
    _ = try store.label(id, experiment: Samples.experiment, .name("n\(number)"))
  }

  private static func previews(evaluations: Int) -> PreviewRecord {
    PreviewRecord(
      images: [.init(name: "a.png", image: [1, 2, 3], truth: [4])],
      evaluations: (1...evaluations).map { .init(Samples.point($0), predictions: [[UInt8($0)]]) })
  }

  private static func test(of run: RunRecord) -> TestRecord {
    let provenance = Samples.provenance()
    return TestRecord(
      TestRecord.Facts(
        name: "test", startedAt: provenance.startedAt, checkpoint: run.checkpoints[0],
        list: "test.txt", data: provenance.data, overrides: [], build: provenance.build,
        machine: provenance.machine, threads: 1), history: Samples.history(evaluations: 1))
  }

  var path: String { store.folder(of: Samples.id, experiment: Samples.experiment) }

  func run(_ id: String = Samples.id) throws -> RunRecord {
    guard let run = try store.run(id, experiment: Samples.experiment) else {
      throw StoreError.missing(path: id, what: "run")
    }
    return run
  }

  func verify(_ id: String = Samples.id) throws -> RunVerification {
    guard let found = store.verify(id, experiment: Samples.experiment) else {
      throw StoreError.missing(path: id, what: "run")
    }
    return found
  }

  /// The files of the damaged run, but for its lock.
  func files() throws -> [String] {
    let folder = RunFolder(root: store.root, experiment: Samples.experiment, id: Samples.id)
    return folder.recordedFiles(try folder.state())
  }

  enum Damage: CaseIterable, Sendable {
    case truncated, flipped, emptied, missing, folder, link
  }

  func damage(_ name: String, _ damage: Damage) throws {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    var bytes = try Data(contentsOf: file)
    switch damage {
    case .truncated: try bytes.prefix(bytes.count / 2).write(to: file)
    case .flipped:
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: file)
    case .emptied: try Data().write(to: file)
    case .missing: try FileManager.default.removeItem(at: file)
    case .folder:
      try FileManager.default.removeItem(at: file)
      try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    case .link:
      let target = self.folder.path + "/target"
      try bytes.write(to: URL(fileURLWithPath: target))
      try FileManager.default.removeItem(at: file)
      try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: target)
    }
  }
}
