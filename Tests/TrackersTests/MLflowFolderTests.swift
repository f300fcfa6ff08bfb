import Foundation
import Testing

@testable import Trackers

@Suite struct MLflowFolderTests {
  private let folder = TemporaryFolder()
  private static let id = String(repeating: "ab", count: 16)

  private func example() -> MLflowRun {
    var run = MLflowRun(
      id: Self.id, name: "it's: a 'run'", experiment: "net #1", status: .failed, startTime: 1000,
      endTime: 2500)
    run.parameters = ["lr": "1e-3", "text": "two\nlines: 'x'", "model/depth": "3"]
    run.tags = ["mlflow.note.content": "a note", "baseline": "true", "owner": "somebody"]
    run.metrics = [
      "val/loss": [
        .init(value: 0.1, timestamp: 1500, step: 0), .init(value: .nan, timestamp: 1600, step: 1),
      ],
      "val/loss/car": [.init(value: -.infinity, timestamp: 1500, step: 0)],
    ]
    return run
  }

  private func write(_ run: MLflowRun) throws {
    let experiment = MLflowFolder.experimentFile(run.experiment, createdAt: 1, root: folder.path)
    for file in [experiment] + MLflowFolder.files(of: run, root: folder.path) {
      #expect(MLflowFolder.isOwn(file.path), "\(file.path)")
      try folder.write(file.text, to: file.path)
    }
  }

  @Test("what is written is what is read, with names that no other name stands in the way of")
  func roundTrip() throws {
    try write(example())
    #expect(MLflowFolder.isOne(folder.path))
    let run = try #require(try MLflowFolder.runs(folder.path).first)
    #expect(run.id == Self.id && run.name == "it's: a 'run'" && run.group == "net #1")
    #expect(run.parameters == example().parameters)
    #expect(run.tags == ["baseline"] && run.note == "a note" && run.facts == ["owner": "somebody"])
    #expect(run.status == .failed("FAILED") && run.startedAt == Date(timeIntervalSince1970: 1))
    #expect(run.series.keys.sorted() == ["val/loss", "val/loss.car"])
    #expect(run.series["val/loss"]?.points.map(\.step) == [0, 1])
    #expect(run.series["val/loss"]?.points[0].value == 0.1)
    #expect(run.series["val/loss"]?.points[1].value.isNaN == true)
    #expect(run.series["val/loss.car"]?.points[0].value == -.infinity)
  }

  @Test("lines of two, three and five fields are read, and others told with their place")
  func lines() throws {
    try write(example())
    let metric = "\(MLflowFolder.folder(of: example()))/metrics/m"
    try folder.write("1 0.5\n2 0.25 7\n3 1.5 9 data digest\nnonsense\n", to: metric)
    let run = try #require(try MLflowFolder.runs(folder.path).first)
    #expect(run.series["m"]?.points.map(\.step) == [0, 7, 9])
    #expect(run.leftOut.count == 1 && run.leftOut[0].contains("metrics/m:4"))
  }

  @Test("deleted runs and experiments are passed over, and links are not followed")
  func deleted() throws {
    try write(example())
    let place = MLflowFolder.folder(of: example())
    try folder.write("secret", to: "elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/\(place)/params/secret",
      withDestinationPath: "\(folder.path)/elsewhere")
    #expect(try MLflowFolder.runs(folder.path).first?.parameters["secret"] == nil)
    try folder.write("lifecycle_stage: deleted\nrun_id: \(Self.id)\n", to: "\(place)/meta.yaml")
    let error = #expect(throws: TrackerError.self) { _ = try MLflowFolder.runs(self.folder.path) }
    #expect(error?.remedy.contains("mlflow server") == true)
  }

  @Test("long texts of YAML go on in indented lines")
  func fields() {
    let fields = MLflowFolder.fields(
      "name: a very\n  long name\nx: null\ny: \"q\\\"\\n\"\nz: '1'\n")
    #expect(fields == ["name": "a very long name", "y": "q\"\n", "z": "1"])
  }

  @Test("names become what MLflow takes, and stay below where they begin")
  func keys() {
    #expect(MLflowKey.sanitized("/a//b/../c?d/") == "a/b/__/c_d")
    #expect(MLflowKey.sanitized("Größe [m]") == "Größe _m_")
    #expect(MLflowKey.sanitized("///") == "_")
    #expect(MLflowKey.sanitized(String(repeating: "x", count: 300)).count == 250)
    #expect(
      MLflowKey.unique(["a", "a/b", "a/b/c", "x?", "x!"]) == ["a", "a.b", "a.b.c", "x_", "x__"])
  }

  @Test("batches keep to what a server takes at once")
  func batches() {
    var run = example()
    run.parameters = Dictionary(
      uniqueKeysWithValues: (0..<250).map { ("p\($0)", String(repeating: "v", count: 7000)) })
    run.metrics = ["m": (0..<2500).map { .init(value: 1, timestamp: 1, step: $0) }]
    let batches = MLflowBatch.batches(of: run)
    #expect(batches.allSatisfy { $0.metrics.count <= 1000 && $0.params.count <= 100 })
    #expect(batches.reduce(0) { $0 + $1.metrics.count } == 2500)
    #expect(batches.reduce(0) { $0 + $1.params.count } == 250)
    #expect(batches.flatMap(\.params).allSatisfy { $0.value.count == 6000 })
  }
}
