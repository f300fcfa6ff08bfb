import Foundation
import Testing

@testable import Datasets
@testable import Experiments
@testable import Tracking

@Suite("Specs as they are trained")
struct ResolvedTreeTests {
  private static let common = """
    data: {generated: {train: 8, validation: 2, size: [96, 96], classes: 4}}
    template: unet
    losses: [cross_entropy, {dice: {weight: 2}}]
    training: {epochs: 3, batch_size: 2}
    """
  private static let mine = """
    base: common.yaml
    experiment: shapes
    about: "1e-3: is it enough?"
    solver: {type: SGD, base_lr: 0.01}
    sweep:
      parameters: {solver.base_lr: [1e-2, 1e-3]}
    """

  private func withTree(
    _ overrides: [String] = [], trial: Int = 0, _ body: (ResolvedTree, SpecFiles) throws -> Void
  ) throws {
    let files = try SpecFiles(["common.yaml": Self.common, "mine.yaml": Self.mine])
    defer { files.remove() }
    let loaded = try ExperimentSpec.load(
      path: files.path("mine.yaml"), overrides: overrides, catalog: .sample)
    let plan = try loaded.plan()
    try body(ResolvedTree(plan.trials[trial], in: plan, of: loaded), files)
  }

  @Test("what is printed is a spec of the same trials")
  func roundTrip() throws {
    try withTree { tree, files in
      try Data(tree.text(withOrigins: true).utf8).write(
        to: files.folder.appending(path: "frozen.yaml"))
      let trials = try ["mine.yaml", "frozen.yaml"].map { try files.load($0).plan().trials }
      #expect(trials[0].map(\.id) == trials[1].map(\.id))
      #expect(trials[0].map(\.record.resolvedSpec) == trials[1].map(\.record.resolvedSpec))
    }
  }

  @Test("each value says where it comes from")
  func origins() throws {
    try withTree(["training.batch_size=4"]) { tree, files in
      let origins = Dictionary(
        uniqueKeysWithValues: zip(tree.values.map(\.path), tree.origins))
      let (common, mine) = (files.path("common.yaml"), files.path("mine.yaml"))
      #expect(origins["experiment"] == .file(name: mine, line: 2))
      #expect(origins["template.name"] == .file(name: common, line: 2))
      #expect(origins["losses.dice.weight"] == .file(name: common, line: 3))
      #expect(origins["losses.cross_entropy.weight"] == .standard)
      #expect(origins["data.generated.size"] == .file(name: common, line: 1))
      #expect(origins["training.epochs"] == .file(name: common, line: 4))
      #expect(origins["training.batch_size"] == .option)
      #expect(origins["solver.base_lr"] == .sweep)
      #expect(origins["solver.type"] == .file(name: mine, line: 4))
      #expect(origins["seed"] == .standard)
    }
  }

  @Test("the values are those of the trial that is asked for")
  func trials() throws {
    try withTree(trial: 1) { tree, _ in
      func value(_ path: String) throws -> YAMLScalar? {
        let path = try #require(SpecPath(path))
        return tree.value(at: path)?.scalar
      }
      let (rate, weight) = try (value("solver.base_lr"), value("losses.dice.weight"))
      let absent = try value("losses.focal")
      #expect(rate?.value == .number(0.001))
      #expect(weight?.text == "2.0")
      #expect(absent == nil)
    }
  }

  @Test("a difference names every value that is not the same, with what each spec has")
  func difference() throws {
    try withTree(["seed=7", "losses=[dice]"]) { tree, files in
      let loaded = try files.load("mine.yaml")
      let plan = try loaded.plan()
      let plain = try ResolvedTree(plan.trials[0], in: plan, of: loaded)
      let changes = ResolvedDifference(plain.values, tree.values).changes
      let seed = changes.first { $0.path == "seed" }
      #expect(seed?.first == "1")
      #expect(seed?.second == "7")
      #expect(changes.contains { $0.path == "losses.dice.weight" && $0.second == "1.0" })
      #expect(changes.contains { $0.path.hasPrefix("losses.cross_entropy") && $0.second == nil })
      #expect(!changes.contains { $0.path.hasPrefix("training") })
      #expect(
        ResolvedDifference(plain.values, plain.values).text(of: ("a", "b"), width: 80)
          == "no value differs")
    }
  }
}

@Suite("YAML that is written")
struct YAMLTextTests {
  @Test(
    "a text is read back as it was",
    arguments: [
      "a: 1", "a: '1'", "a: [1, '2', x y, 'yes: no', '']", "a: {}", "a: []",
      "- {b: 2, c: {d: [[1, 2]]}}\n- e",
      "a: \"\\u00e9 # no comment\"", "'1': ' x '", "a: 'null'", "a: -1.5e-3",
      "[dice, {focal: {gamma: 2}}]",
      "a: 1 epoch", "a: '~'", "a: ${HOME}/x", "word",
    ])
  func roundTrip(text: String) throws {
    let node = try YAMLParser.parse(SourceText(name: "a", text: text))
    let again = try YAMLParser.parse(SourceText(name: "b", text: YAMLText(node).text))
    #expect(CanonicalJSON(again) == CanonicalJSON(node))
  }

  @Test("mappings stand on lines of their own, plain lists on one")
  func layout() throws {
    let text = "{a: {b: [1, 2], c: x}, d: [{dice: {weight: 2}}, mirror, {flip: {}}]}"
    let node = try YAMLParser.parse(SourceText(name: "a", text: text))
    #expect(
      YAMLText(node).text == """
        a:
          b: [1, 2]
          c: x
        d:
          - dice:
              weight: 2
          - mirror
          - flip

        """)
  }
}
