import Foundation
import Measurements
import Testing

@testable import Tracking

struct RunIndexTests {
  private let folder: TemporaryFolder
  private let store: FolderStore

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(root: folder.path, waitsForDisk: false)
    for number in 1...4 { try write(number) }
    let plan = (1...4).map { Self.id($0) }
    try store.recordPlan(plan, of: Samples.experiment)
  }

  private static func id(_ number: Int) -> String { "0123456789abcde\(number)" }

  /// A run of `number` evaluations, the third of which has none yet.
  private func write(_ number: Int, offset: Double = 0) throws {
    let spec = """
      {"seed":\(number),"solver":{"base_lr":\(0.01 * Double(number)),"type":"SGD"},"data":{"size":[64,\(number)]},
      "losses":[{"dice":{"weight":1}},{"cross_entropy":{"weight":\(number)}}],"tags":["a","b"]}
      """
    let trial = Samples.trial(number: number, seed: UInt64(number), spec: spec)
    try store.prepare(trial, id: Self.id(number))
    guard number != 3 else { return }
    let writer = try store.open(Self.id(number), experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance())
    try writer.commit(
      Samples.history(evaluations: number, offset: offset), checkpoint: nil, isBest: false,
      isLast: false)
    guard number != 4 else { return }
    try writer.finish(
      ResultRecord(
        outcome: .finished, cause: nil, bestValue: 0.5, bestEvaluation: nil, evaluations: number))
  }

  private func index() throws -> RunIndex { try RunIndex(store, margin: -10_000_000_000) }
  private var path: String { "\(store.root)/\(RunIndex.file)" }

  private let questions = [
    "mean_iou", "max(training.loss)", "min(training.loss)", "last(training.loss)",
    "first(training.loss)", "mean(training.loss, last 2)", "training.loss @ best(mean_iou)",
    "training.loss @ best(training.loss)", "training.loss @ epoch 1", "training.loss @ step 99",
    "epoch", "epoch @ last", "step @ first", "epoch @ best(training.loss)",
    "step @ max(training.loss)",
    "iou.sky", "iou.Gebäude", "max(jaccard.sky)", "hd95", "base_lr", "solver.base_lr", "data.size",
    "losses", "losses.dice.weight", "weight", "losses.1.weight", "solver", "solver.type", "nothing",
    "max(nothing)", "validation.confusion", "learning_rate @ best(learning_rate)",
  ]

  @Test("an indexed run answers every question as its record does")
  func equal() throws {
    let runs = try store.catalogue().runs
    for _ in 0..<2 {
      let indexed = try index().catalogue().runs
      #expect(indexed.map(\.name) == runs.map(\.name))
      for (run, indexed) in zip(runs, indexed) {
        for text in questions + RunFact.allCases.map(\.rawValue) {
          let value = try RunValue(text)
          #expect(indexed.value(of: value) == run.value(of: value), "\(run.name): \(text)")
        }
        #expect(indexed.home == run.home)
        #expect(indexed.firstAttempt == run.firstAttempt)
        #expect(indexed.lastBegun == run.lastBegun)
        #expect(indexed.tags == run.tags)
        #expect(indexed.isDamaged == run.isDamaged)
        #expect(indexed.point == PointIdentity(ComparedRun(run)).digest)
      }
    }
  }

  @Test("names are checked, filters hold and orders are the same as of records")
  func selecting() throws {
    let runs = try store.catalogue().runs
    let indexed = try index().catalogue().runs
    for text in ["base_lr >= 0.02", "status == finished", "data.size == 64 and max(mean_iou) > 0"] {
      let filter = try RunFilter(text)
      #expect(try filter.select(from: indexed).map(\.name) == filter.select(from: runs).map(\.name))
    }
    for text in ["base_lr == high", "nothing > 3", "class.iou > 2", "weight == 1"] {
      let filter = try RunFilter(text)
      let error = #expect(throws: QueryError.self) { try filter.select(from: indexed) }
      #expect(error == #expect(throws: QueryError.self) { try filter.select(from: runs) })
    }
    let order = try RunOrder("-min(training.loss)")
    #expect(order.sorted(indexed).map(\.name) == order.sorted(runs).map(\.name))
    for text in ["@last", "@best:quickstart", "quickstart/2-3", "tag:a", "quick*"] {
      let selector = try Selector(text)
      #expect(
        try selector.select(from: indexed).map(\.name) == selector.select(from: runs).map(\.name))
    }
  }

  @Test("a record that has not changed is not read again")
  func warm() throws {
    #expect(try index().readCount == 4)
    #expect(try index().readCount == 0)
  }

  @Test("what changes is read again: labels, results, removed and added runs, bytes in place")
  func stale() throws {
    _ = try index()
    _ = try store.label(
      Self.id(1), experiment: Samples.experiment, .tags(adding: ["c"], removing: []))
    #expect(try index().readCount == 1)
    #expect(try index().catalogue().runs[0].tags == ["a", "b", "c"])
    try FileManager.default.removeItem(
      atPath: store.folder(of: Self.id(2), experiment: Samples.experiment))
    let fewer = try index()
    #expect(fewer.readCount == 0)
    #expect(try fewer.catalogue().runs.map(\.number) == [1, 3, 4])
    try write(2)
    #expect(try index().readCount == 1)
    let file =
      store.folder(of: Self.id(1), experiment: Samples.experiment) + "/" + RunFolder.metrics
    let handle = try #require(FileHandle(forUpdatingAtPath: file))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("x".utf8))
    try handle.close()
    let damaged = try index()
    #expect(damaged.readCount == 1)
    #expect(try damaged.catalogue().runs[0].value(of: RunValue("status")) == .text("damaged"))
  }

  @Test("another objective of the latest plan counts at once")
  func objective() throws {
    _ = try index()
    try store.recordPlan(
      (1...4).map(Self.id), of: Samples.experiment,
      objective: Objective(metric: "training.loss", maximize: false))
    let again = try index()
    #expect(again.readCount == 4)
    let runs = try store.catalogue().runs
    for (run, indexed) in zip(runs, try again.catalogue().runs) {
      #expect(try indexed.value(of: RunValue("epoch")) == run.value(of: RunValue("epoch")))
    }
    #expect(try index().readCount == 0)
  }

  @Test("a stamp that was made while files were new is not trusted")
  func racing() throws {
    #expect(try RunIndex(store).readCount == 4)
    #expect(try RunIndex(store).readCount == 4)
  }

  @Test("a running run is running as long as its lock is held")
  func running() throws {
    func status() throws -> QueryValue {
      try index().catalogue().runs[3].value(of: RunValue("status"))
    }
    #expect(try status() == .text("interrupted"))
    let writer = try store.open(Self.id(4), experiment: Samples.experiment)
    #expect(try withExtendedLifetime(writer) { try status() } == .text("running"))
  }

  @Test("an index that was cut anywhere is made anew, and no byte of it can make an answer wrong")
  func damage() throws {
    _ = try index()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let runs = try store.catalogue().runs
    let value = try RunValue("training.loss")
    func check() throws {
      let indexed = try index().catalogue().runs
      #expect(indexed.map { $0.value(of: value) } == runs.map { $0.value(of: value) })
    }
    for length in stride(from: 0, to: bytes.count, by: 1 + bytes.count / 20) {
      try bytes.prefix(length).write(to: URL(fileURLWithPath: path))
      try check()
    }
    for place in stride(from: 0, to: bytes.count, by: 1 + bytes.count / 60) {
      var changed = bytes
      changed[place] ^= 0x41
      try changed.write(to: URL(fileURLWithPath: path))
      try check()
    }
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try check()
  }

  @Test("without a file that can be written the answers are the same")
  func readOnly() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(try index().readCount == 4)
    #expect(try index().readCount == 4)
    #expect(try index().catalogue().runs.count == 4)
  }

  @Test("many may use and replace it at once")
  func concurrent() throws {
    let store = store
    let names = parallelMap(Array(0..<40)) { round -> [String] in
      if round % 4 == 0 {
        try? FileManager.default.removeItem(atPath: "\(store.root)/\(RunIndex.file)")
      }
      if round % 5 == 0 {
        _ = try? store.label(
          Self.id(1), experiment: Samples.experiment, .tags(adding: ["t\(round)"], removing: []))
      }
      return (try? RunIndex(store).catalogue().runs.map(\.name)) ?? []
    }
    #expect(Set(names) == [["quickstart/1", "quickstart/2", "quickstart/3", "quickstart/4"]])
    let left = try FileManager.default.contentsOfDirectory(atPath: store.root)
    #expect(left.filter { $0.hasSuffix(".partial") }.isEmpty)
  }

  @Test("an empty folder has no index and makes none")
  func empty() throws {
    let store = FolderStore(root: folder.path + "/none")
    #expect(try RunIndex(store).catalogue().runs.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: store.root))
  }
}
