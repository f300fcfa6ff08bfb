@testable import Datasets
@testable import Experiments
import Foundation
import Testing
@testable import Tracking

@Suite("Class files")
struct ClassFilesTests {
  /// A folder with a class file and a spec that uses it.
  private func withFiles(
    classes: String, _ body: (_ spec: String) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "spec-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "data"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(classes.utf8).write(to: folder.appending(path: "data/classes.txt"))
    let spec = folder.appending(path: "unet.yaml").path
    let text = SampleSpecs.minimal(
      "data: {root: data, train: t, validation: v, classes: classes.txt, size: [96, 96]}",
      "losses: {cross_entropy: {class_weights: [1, 2, 3]}}")
    try Data(text.utf8).write(to: URL(fileURLWithPath: spec))
    try body(spec)
  }

  private func complaint(_ path: String) -> String {
    do throws(SpecErrors) {
      _ = try ExperimentSpec.load(path: path, catalog: .sample).plan()
      return ""
    } catch {
      return error.description
    }
  }

  @Test("names are read from the data's folder and are part of the resolved spec")
  func names() throws {
    try withFiles(classes: "# names\nsky\n\n  road \r\ncar\n\n") { path in
      let trial = try #require(
        ExperimentSpec.load(path: path, catalog: .sample).plan().trials.first)
      let data = trial.dataConfiguration(generatedFolder: "")
      #expect(data.classes == ["sky", "road", "car"])
      #expect(trial.record.resolvedSpec.contains(#""classes":["sky","road","car"]"#))
      #expect(trial.record.specName == "unet.yaml")
    }
  }

  @Test("what is wrong with the file is said where the spec names it")
  func wrong() throws {
    try withFiles(classes: "sky\nroad\n") { path in
      #expect(complaint(path).contains("loss cross_entropy: 3 weights are given for 2 classes"))
    }
    try withFiles(classes: "sky\nsky\n") { path in
      let problem = complaint(path)
      #expect(problem.contains("unet.yaml:2:54: error[E0601]: data.classes: "))
      #expect(problem.contains("data/classes.txt:2: class 'sky' has both id 0 and id 1"))
    }
    try withFiles(classes: "sky\nroad\n") { path in
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.removeItem(at: folder.appending(path: "data/classes.txt"))
      #expect(complaint(path).contains("data/classes.txt: does not exist"))
    }
  }

  @Test("a spec that is not there is named")
  func noSpec() {
    #expect(
      complaint("/nowhere/unet.yaml")
        == "/nowhere/unet.yaml: error[E0001]: no such file\n1 error; nothing was run")
  }
}
