import Foundation
import Measurements
import Testing

@testable import Tracking

@Suite("Adopted records")
struct AdoptionTests {
  private let folder: TemporaryFolder
  private let store: FolderStore

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(root: folder.path, operations: SystemFiles(waitsForDisk: false))
  }

  /// What another program measured, before its first step too.
  private func imported(_ value: Double = 0.5) -> RunContents {
    var trial = Samples.trial()
    trial.origin = OriginRecord(tool: "MLflow", source: "mlruns", run: "1", name: "first")
    var contents = RunContents(id: Samples.id, trial: trial)
    contents.history = MetricHistory(
      series: [SeriesDescription("loss", title: "loss", about: "")], tensorNames: [],
      rows: [0, 10].map { step in
        MetricHistory.Row(
          EvaluationPoint(step: step, epoch: 0), values: [.number(value)], tensorDigests: [],
          attempt: 1)
      })
    contents.result = ResultRecord(
      outcome: .finished, cause: nil, bestValue: nil, bestEvaluation: nil, evaluations: 2)
    contents.labels = RunLabels(nearest: "a run", tags: ["two words", "@x", "x"], note: "a note")
    return contents
  }

  private func run() throws -> RunRecord {
    try #require(try store.run(Samples.id, experiment: Samples.experiment))
  }

  @Test("an imported run is a finished record without attempts, sound in every byte")
  func foreign() throws {
    #expect(try store.adopt(imported()) == .added)
    let run = try run()
    #expect(run.status == .finished && run.damage.isEmpty && run.attempts.isEmpty)
    #expect(try store.damage(of: run).isEmpty)
    #expect(run.history == imported().history && run.origin?.tool == "MLflow")
    #expect(run.labels == RunLabels(name: "a run", tags: ["two-words", "x"], note: "a note"))
    let names = try FileManager.default.contentsOfDirectory(atPath: store.root)
    #expect(names == [Samples.experiment])
  }

  @Test("the same again changes nothing, other values only where they may replace")
  func again() throws {
    _ = try store.adopt(imported())
    #expect(try store.adopt(imported()) == .wasThere)
    #expect(throws: StoreError.self) { _ = try self.store.adopt(self.imported(0.25)) }
    #expect(try run().history == imported().history)
    #expect(try store.adopt(imported(0.25), replaces: true) == .replaced)
    #expect(try run().history == imported(0.25).history)
  }

  @Test("a run that was trained here never gives way")
  func own() throws {
    try store.prepare(Samples.trial(), id: Samples.id)
    #expect(throws: StoreError.self) {
      _ = try self.store.adopt(self.imported(), replaces: true)
    }
    #expect(try run().status == .waiting && run().origin == nil)
  }
}
