import Foundation
import Measurements
import Testing

@testable import Tracking

@Suite("Comparisons of what an index keeps")
struct IndexedComparisonTests {
  private let folder: TemporaryFolder
  private let store: FolderStore
  /// Keeps a run running.
  private let writer: any RunWriter

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(root: folder.path, waitsForDisk: false)
    let runs = StoredRuns(store: store)
    for number in 1...6 { try runs.finished(number) }
    try runs.test(1, name: "test", value: 0.25)
    try runs.test(1, name: "night", value: .nan)
    try runs.test(1, name: "test", value: 0.75)
    try runs.finished(7, stopsEarly: true)
    try runs.finished(8, fold: 1)
    try runs.finished(9, fold: 2)
    try runs.failed(10)
    try runs.waiting(11)
    writer = try runs.running(12)
    try runs.interrupted(13)
    try runs.damaged(14, file: RunFolder.metrics)
    try runs.damaged(15, file: RunFolder.specification)
    try runs.imported(16)
    try store.recordPlan((1...14).map(StoredRuns.id), of: Samples.experiment)
    try runs.finished(21, of: "other", by: Objective(metric: "training.loss", maximize: false))
    try runs.finished(22, of: "other", by: Objective(metric: "training.loss", maximize: false))
  }

  private func indexed() throws -> [IndexedRun] {
    try RunIndex(store, margin: -10_000_000_000).catalogue().runs
  }

  static let requests: [@Sendable (inout ComparisonRequest) throws -> Void] = [
    { _ in },
    { $0.grouping = .runs },
    { $0.grouping = .values(try RunValue.list("losses, solver.base_lr")) },
    { $0.grouping = .values(try RunValue.list("host")) },
    { $0.isWhole = true },
    {
      $0.isWhole = true
      $0.grouping = .runs
      $0.facts = [.imagesPerSecond]
    },
    { $0.holdsEverySeries = true },
    { $0.kept = try ColumnPattern("iou|kappa|host|momentum") },
    { $0.dropped = try ColumnPattern("seconds|loss") },
    {
      $0.columns = try RunValue.list(
        "max(mean_iou), training.loss @ last, mean(training.loss, last 2), iou.sky, device, momentum, "
          + "base_lr, hd95, test.mean_iou, night.mean_iou, epoch @ best(training.loss), note")
    },
    { $0.columns = try RunValue.list("mean_iou, validation.image.kappa, images_per_second") },
    { $0.judge = try RunValue("training.loss @ last") },
    { $0.order = try ComparisonRequest.SortKey.list("-seconds, base_lr", source: "--sort") },
    { $0.spread = .t },
    { $0.columns = try RunValue.list("nothing") },
    { $0.judge = try RunValue("weight") },
  ]

  /// What a request comes to, in every format.
  private func texts<Run: ComparisonSource>(
    _ runs: [Run], _ request: ComparisonRequest
  ) -> [String] {
    do throws(ComparisonError) {
      var table = try Comparison(runs, request) { settings in
        TrialSettings(
          settings.texts,
          resolvedSpec: settings.texts.resolved.replacing(
            "\"solver\":{", with: "\"solver\":{\"momentum\":0.9,"))
      }
      table.stamp = .init(query: "", store: runs.map(\.compared).digest, program: "")
      return TableFormats.all.map { $0.text(of: table) } + table.warnings
    } catch {
      return ["\(error)"]
    }
  }

  @Test("every table is the same to the byte as that of the records", arguments: requests.indices)
  func equal(number: Int) throws {
    var request = ComparisonRequest()
    try Self.requests[number](&request)
    let records = try store.catalogue().runs
    let expected = texts(records, request)
    // The first time it is made, the second time it is read.
    for _ in 0..<2 { #expect(try texts(indexed(), request) == expected) }
    let own = records.filter { $0.experiment == Samples.experiment }
    let ownIndexed = try indexed().filter { $0.experiment == Samples.experiment }
    #expect(texts(ownIndexed, request) == texts(own, request))
  }

  @Test("no record is read for what the index keeps")
  func withoutRecords() throws {
    let ended = try RunFilter("status == finished and experiment == \(Samples.experiment)")
    let records = try ended.select(from: store.catalogue().runs)
    let indexed = try ended.select(from: indexed())
    var request = ComparisonRequest()
    request.grouping = .runs
    request.holdsEverySeries = true
    request.columns = try RunValue.list(
      "mean_iou, max(training.loss), test.mean_iou, host, base_lr, device")
    var whole = ComparisonRequest()
    whole.isWhole = true
    let expected = [request, whole].map { texts(records, $0) }
    try FileManager.default.removeItem(atPath: store.root + "/" + Samples.experiment)
    #expect([request, whole].map { texts(indexed, $0) } == expected)
  }

  @Test("a baseline and its tests are the same")
  func baseline() throws {
    let records = try store.catalogue().runs.filter { $0.experiment == Samples.experiment }
    var request = ComparisonRequest()
    request.baseline = [records[3].place]
    let indexed = try indexed().filter { $0.experiment == Samples.experiment }
    #expect(texts(indexed, request) == texts(records, request))
  }

  @Test("filtered runs and the best points are the same")
  func narrowed() throws {
    for text in ["base_lr > 0.01", "status == finished and max(mean_iou) > 0.1"] {
      let filter = try RunFilter(text)
      let records = try filter.select(from: store.catalogue().runs)
      let indexed = try filter.select(from: indexed())
      #expect(texts(indexed, ComparisonRequest()) == texts(records, ComparisonRequest()))
      #expect(
        IndexedRun.bests(of: indexed).runs.map(\.place)
          == RunRecord.bests(of: records).runs.map(\.place))
    }
  }

  @Test("no byte of an index can make a table wrong")
  func damage() throws {
    _ = try indexed()
    let path = "\(store.root)/\(RunIndex.file)"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    var request = ComparisonRequest()
    request.grouping = .runs
    let expected = texts(try store.catalogue().runs, request)
    for place in stride(from: 0, to: bytes.count, by: 1 + bytes.count / 40) {
      var changed = bytes
      changed[place] ^= 0x41
      try changed.write(to: URL(fileURLWithPath: path))
      #expect(try texts(indexed(), request) == expected)
    }
  }
}
