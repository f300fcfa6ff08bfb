import Foundation
import Testing

@testable import Datasets
@testable import Experiments
@testable import Tracking

/// Files of a spec in a folder of their own.
struct SpecFiles {
  let folder = FileManager.default.temporaryDirectory.appending(path: "base-\(UUID().uuidString)")

  /// - Parameter files: texts by their paths in the folder.
  init(_ files: [String: String]) throws {
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func load(_ name: String, _ overrides: String...) throws(SpecErrors) -> LoadedSpec {
    try ExperimentSpec.load(path: path(name), overrides: overrides, catalog: .sample)
  }

  func resolved(_ name: String, _ overrides: String...) throws -> String {
    let loaded = try ExperimentSpec.load(
      path: path(name), overrides: overrides, catalog: .sample)
    return try #require(loaded.plan().trials.first).record.resolvedSpec
  }

  /// Every problem with its place and remedy, the folder left out.
  func problems(_ name: String, _ overrides: String...) -> [String] {
    do throws(SpecErrors) {
      _ = try ExperimentSpec.load(path: path(name), overrides: overrides, catalog: .sample).plan()
      return []
    } catch {
      return error.diagnostics.map { problem in
        "\(problem.mark.place): \(problem.message)\(problem.remedy.map { " | \($0)" } ?? "")"
          .replacing(folder.path + "/", with: "")
      }
    }
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

@Suite("Base files")
struct BaseFilesTests {
  private func withFiles(
    _ files: [String: String], _ body: (SpecFiles) throws -> Void
  ) throws {
    let files = try SpecFiles(files)
    defer { files.remove() }
    try body(files)
  }

  private static func withoutData(_ line: String) -> String {
    let lines = SampleSpecs.minimal(line).split(separator: "\n")
    return lines.filter { !$0.hasPrefix("data:") }.joined(separator: "\n")
  }

  private static let common = """
    data: {generated: {train: 8, validation: 2, size: [96, 96], classes: 4}}
    template: unet
    losses: [cross_entropy, dice]
    solver: {type: SGD, base_lr: 0.01}
    training: {epochs: 3, batch_size: 2}
    """

  @Test("mappings merge, lists and values replace, and the file itself wins")
  func merging() throws {
    try withFiles([
      "common.yaml": Self.common,
      "more.yaml": "training: {epochs: 5}\nseed: 4\ntags: [a, b]",
      "mine.yaml": """
      base: [common.yaml, more.yaml]
      experiment: shapes
      seed: 9
      losses: [dice]
      template: {depth: 3}
      """,
      "flat.yaml": """
      experiment: shapes
      seed: 9
      tags: [a, b]
      data: {generated: {train: 8, validation: 2, size: [96, 96], classes: 4}}
      template: {name: unet, depth: 3}
      losses: [dice]
      solver: {type: SGD, base_lr: 0.01}
      training: {epochs: 5, batch_size: 2}
      """,
    ]) { files in
      let (composed, flat) = try (files.resolved("mine.yaml"), files.resolved("flat.yaml"))
      #expect(composed == flat)
    }
  }

  @Test("of several base files the later wins, and a base has bases of its own")
  func order() throws {
    try withFiles([
      "common.yaml": Self.common,
      "low.yaml": "base: common.yaml\nseed: 1\nabout: low",
      "high.yaml": "seed: 2",
      "mine.yaml": "base: [low.yaml, high.yaml]\nexperiment: shapes",
    ]) { files in
      let loaded = try files.load("mine.yaml")
      #expect(loaded.tree["seed"]?.scalar?.text == "2")
      #expect(loaded.tree["about"]?.scalar?.text == "low")
      #expect(
        loaded.bases.map { String($0.name.split(separator: "/").last ?? "") } == [
          "common.yaml", "low.yaml", "high.yaml",
        ])
      let trial = try #require(try loaded.plan().trials.first)
      #expect(trial.record.bases?.map(\.text).last == "seed: 2")
    }
  }

  @Test("a key without a value and !replace take away what is inherited")
  func takingAway() throws {
    try withFiles([
      "common.yaml": Self.common + "\nlimits: {threads: 2}\naugmentation: [mirror]",
      "mine.yaml": """
      base: common.yaml
      experiment: shapes
      limits:
      training: !replace {iterations: 7}
      """,
    ]) { files in
      let tree = try files.load("mine.yaml").tree
      #expect(tree["limits"] == nil)
      #expect(tree["augmentation"] != nil)
      #expect(tree["training"]?.entries?.map(\.key) == ["iterations"])
    }
  }

  @Test("paths in a base file start at its own folder, and under data.root they are everybody's")
  func paths() throws {
    try withFiles([
      "shared/set/list.yaml": """
      data: {train: train.txt, validation: val.txt, classes: [a, b], size: [96, 96]}
      """,
      "shared/set/root.yaml": """
      data: {root: images, train: train.txt, validation: 0.5, classes: [a, b], size: [96, 96]}
      """,
      "mine/list.yaml": Self.withoutData("base: ../shared/set/list.yaml"),
      "mine/root.yaml": SampleSpecs.minimal(
        "data: {validation: val.txt}", "base: [../shared/set/root.yaml]"),
    ]) { files in
      func places(_ name: String) throws -> (DataSection, String) {
        let spec = try #require(try files.load(name).plan().trials.first).spec
        return (spec.data, spec.folder)
      }
      let (list, folder) = try places("mine/list.yaml")
      #expect(list.root == nil)
      #expect(
        list.source
          == .lists(
            train: "../shared/set/train.txt", validation: .list("../shared/set/val.txt")))
      #expect(folder == files.path("mine"))
      let (root, _) = try places("mine/root.yaml")
      #expect(root.root == "../shared/set/images")
      #expect(root.source == .lists(train: "train.txt", validation: .list("val.txt")))
    }
  }

  @Test("what is wrong with base files is said where they are named")
  func mistakes() throws {
    try withFiles([
      "common.yaml": Self.common,
      "missing.yaml": "base: [common.yaml, none.yaml]",
      "a.yaml": "base: b.yaml", "b.yaml": "base: ./a.yaml",
      "number.yaml": "base: 3",
      "list.yaml": SampleSpecs.minimal("losses: dice", "base: items.yaml"), "items.yaml": "[1, 2]",
      "tagged.yaml": SampleSpecs.minimal("losses: !replace {dice: {}}"),
      "sequence.yaml": "base: common.yaml\nlosses: !replace [dice]",
      "repeated.yaml": "seed: 1\nseed: 2",
      "above.yaml": SampleSpecs.minimal("base: repeated.yaml"),
      "other.yaml": """
      base: common.yaml
      experiment: other
      data: {train: a}
      """,
    ]) { files in
      #expect(
        files.problems("missing.yaml") == [
          "missing.yaml:1:21: base: there is no file none.yaml "
            + "| paths in a file are relative to its own folder"
        ])
      #expect(
        files.problems("a.yaml") == [
          "b.yaml:1:7: base: these files build on each other: a.yaml → b.yaml → a.yaml "
            + "| leave one of them out"
        ])
      #expect(
        files.problems("number.yaml").first?.hasPrefix("number.yaml:1:1: base must name") == true)
      #expect(files.problems("list.yaml") == ["items.yaml: must be a mapping of keys to values"])
      #expect(
        files.problems("tagged.yaml") == [
          "tagged.yaml:4:9: !replace drops what a base file says, and this file has none "
            + "| leave it out"
        ])
      #expect(
        files.problems("sequence.yaml") == [
          "sequence.yaml:2:9: !replace is for mappings: lists and values replace what they inherit "
            + "| leave it out"
        ])
      #expect(
        files.problems("above.yaml") == [
          "repeated.yaml:2:1: key 'seed' is repeated | first written at repeated.yaml:1:1"
        ])
      #expect(
        files.problems("other.yaml").contains {
          $0.contains("exclude each other") && $0.contains("other.yaml:3:8")
        })
    }
  }

  @Test("a setting that fits only the inherited component is told with how to drop it")
  func inheritedSetting() throws {
    try withFiles([
      "common.yaml": Self.common.replacing(
        "template: unet", with: "template: {name: unet, depth: 3}"),
      "mine.yaml": "base: common.yaml\nexperiment: mine\ntemplate: {name: enet}",
    ]) { files in
      #expect(
        files.problems("mine.yaml") == [
          "common.yaml:2:24: unknown key 'depth' in template enet | to drop what template inherits, "
            + "write it as template: !replace {…} in mine.yaml"
        ])
    }
  }

  @Test("files that build on many others end")
  func many() throws {
    var texts = ["f0.yaml": "seed: 1"]
    for number in 1..<12 {
      texts["f\(number).yaml"] = "base: [f\(number - 1).yaml, f\(number - 1).yaml]"
    }
    try withFiles(texts) { files in
      #expect(files.problems("f11.yaml").contains { $0.contains("more than 64 files") })
    }
  }
}
