@testable import Datasets
@testable import Execution
@testable import Experiments
@testable import Learning
@testable import Networks
import Testing
import Tracking
@testable import Training

@Suite("Resolved specs")
struct ResolvedSpecTests {
  private func trial(_ text: String, folder: String = "/specs") throws -> Trial {
    try #require(SampleSpecs.plan(text, folder: folder).trials.first)
  }

  @Test("the resolved text has every default in it, keys sorted")
  func text() throws {
    #expect(
      try trial(SampleSpecs.minimal).record.resolvedSpec
        == #"{"augmentation":[],"checkpoints":{"every":"evaluation","keep":{"best":1,"last":1}},"#
        + #""data":{"channels":3,"generated":{"classes":4,"seed":1,"size":[96,96],"train":8,"#
        + #""validation":2},"ignore":[],"normalize":"dataset"},"#
        + #""evaluation":{"batch_size":4,"every":"1 epoch"},"experiment":"shapes","#
        + #""folder":"/specs","limits":{},"losses":[{"dice":{"squared":false,"weight":1.0}}],"#
        + #""seed":1,"solver":{"base_lr":0.01,"momentum":0.9,"schedule":{"fixed":{}},"#
        + #""type":"SGD","weight_decay":0.0},"tags":[],"#
        + #""template":{"base_channels":32,"depth":4,"name":"unet"},"#
        + #""training":{"batch_size":4,"determinism":"machine","device":"onednn","#
        + #""emulate":false,"epochs":3,"precision":"f32","recompute":false}}"#)
  }

  @Test("what only trades time for memory is no part of an id; what decides bits is")
  func computation() throws {
    func id(_ keys: String) throws -> String {
      try trial(SampleSpecs.minimal("training: {epochs: 3\(keys)}")).id
    }
    let plain = try id("")
    #expect(try id(", recompute: true") == plain)
    #expect(try id(", precision: f32, determinism: machine") == plain)
    #expect(try id(", precision: bf16, emulate: true") == id(", precision: bf16"))
    #expect(try Set([plain, id(", precision: bf16"), id(", determinism: portable")]).count == 3)
  }

  @Test("what is recorded besides and how often is no part of an id; what values mean is")
  func evaluation() throws {
    let plain = try self.trial(SampleSpecs.minimal)
    func trial(_ keys: String) throws -> Trial {
      try self.trial(SampleSpecs.minimal("evaluation: {\(keys)}"))
    }
    for keys in ["metrics: []", "absent_classes: cityscapes", "worst_images: 0"] {
      #expect(try trial(keys).record.resolvedSpec == plain.record.resolvedSpec)
    }
    for keys in [
      "metrics: [kappa]", "metrics: [boundary_f1: {tolerance: 2}]", "worst_images: 3", "every: 2",
      "batch_size: 1",
    ] {
      let other = try trial(keys)
      #expect(other.id == plain.id && other.record.resolvedSpec != plain.record.resolvedSpec)
    }
    #expect(try trial("absent_classes: camvid").id != plain.id)
    #expect(try trial("test_time_augmentation: {mirror: horizontal}").id != plain.id)
    let resolved = try ResolvedSpec(
      trial("metrics: [kappa, boundary_f1: {tolerance: 2}], worst_images: 0").spec)
    let again = try ExperimentSpec(resolved: resolved.text, catalog: .sample)
    #expect(ResolvedSpec(again) == resolved)
  }

  @Test("where the learning rate follows from a metric, how it is measured decides the result")
  func monitored() throws {
    let plateau = "solver: {type: SGD, base_lr: 0.01, schedule: plateau}"
    func id(_ evaluation: String) throws -> String {
      let plan = try ExperimentSpec.load(
        SourceText(
          name: "unet.yaml", text: SampleSpecs.minimal(plateau, "evaluation: {\(evaluation)}")),
        folder: "/specs"
      ).plan()
      return try #require(plan.trials.first).id
    }
    #expect(try Set([id("every: 1"), id("every: 2"), id("every: 1, batch_size: 1")]).count == 3)
  }

  @Test("data that lies elsewhere is the same data; data that holds something else is other data")
  func data() throws {
    func trial(_ data: String) throws -> Trial {
      try self.trial(SampleSpecs.minimal("data: {classes: [a, b], \(data)}"))
    }
    let here = try trial("root: A, train: t.txt, validation: v.txt, roi: r")
    let there = try trial("root: B, train: u.txt, validation: w.txt")
    func fingerprints(_ train: String) -> [DataFingerprint] {
      [
        DataFingerprint(name: "train", samples: 3, sha256: train),
        DataFingerprint(name: "validation", samples: 2, sha256: "v"),
      ]
    }
    #expect(here.on(fingerprints("t")).id == there.on(fingerprints("t")).id)
    #expect(here.on(fingerprints("t")).id != here.on(fingerprints("u")).id)
    #expect(here.on(fingerprints("t")).record.settingsID == here.record.settingsID)
    #expect(
      try trial("train: t.txt, validation: v.txt, ignore: [3]").on(fingerprints("t")).id
        != there.on(fingerprints("t")).id)
    let folds = try trial("train: t.txt, validation: {folds: 3, fold: 1}").on(fingerprints("t"))
    #expect(
      try folds.id
        == trial("train: u.txt, validation: {folds: 3, fold: 1}, groups: folder")
        .on(fingerprints("t")).id)
  }

  @Test("a recorded trial is the same trial wherever its data lies now")
  func moved() throws {
    let trial = try self.trial(
      SampleSpecs.minimal(
        "data: {root: A, train: t.txt, validation: v.txt, classes: [a, b], groups: g.txt}")
    ).on([DataFingerprint(name: "train", samples: 1, sha256: "t")])
    var places = trial.spec.places
    (places.folder, places.root, places.train) = ("/elsewhere", "B", "u.txt")
    let moved = try Trial(trial.record, places: places, catalog: .sample)
    #expect(moved.id == trial.id)
    let data = moved.dataConfiguration(generatedFolder: "")
    #expect(data.root == "/elsewhere/B" && data.groups == .file("/elsewhere/B/g.txt"))
    #expect(
      data.source
        == .lists(train: "/elsewhere/B/u.txt", validation: .list("/elsewhere/B/v.txt")))
  }

  @Test("the id does not depend on layout, order, comments, spelling of numbers or defaults")
  func layout() throws {
    let other = """
      # The same, otherwise.
      training:
        batch_size: 4   # the default
        epochs: 0x3
      solver:
        base_lr: 1e-2
        momentum: .90
        type: "SGD"
      losses: [{dice: {weight: 1}}]
      template: {depth: 4, name: unet}
      seed: 01
      data:
        generated:
          size:
            - 96
            - 96
          train: 8
          validation: 2
      experiment: shapes
      """
    #expect(try trial(other).id == trial(SampleSpecs.minimal).id)
    let windows = SampleSpecs.minimal.replacing("\n", with: "\r\n")
    #expect(try trial(windows).id == trial(SampleSpecs.minimal).id)
  }

  @Test(
    "the id does not depend on names, limits, the folder and what is kept",
    arguments: [
      "checkpoints: {keep: {best: 0}}",
      "experiment: others", "about: something", "tags: [a]", "limits: {threads: 1}",
    ])
  func names(line: String) throws {
    #expect(try trial(SampleSpecs.minimal(line)).id == trial(SampleSpecs.minimal).id)
    #expect(
      try trial(SampleSpecs.minimal, folder: "/elsewhere").id == trial(SampleSpecs.minimal).id)
  }

  @Test(
    "the id depends on everything else",
    arguments: [
      "seed: 2", "data: {generated: {train: 9, validation: 2, size: [96, 96], classes: 4}}",
      "template: enet", "template: {name: unet, depth: 3}", "losses: cross_entropy",
      "losses: {dice: {weight: 2}}", "losses: {dice: {squared: true}}",
      "solver: {type: ADAM, base_lr: 0.01}", "solver: {type: SGD, base_lr: 0.011}",
      "solver: {type: SGD, base_lr: 0.01, schedule: {poly: {power: 1}}}",
      "augmentation: [mirror]", "training: {epochs: 4}", "training: {iterations: 3}",
      "training: {epochs: 3, device: openblas}",
    ])
  func content(line: String) throws {
    #expect(try trial(SampleSpecs.minimal(line)).id != trial(SampleSpecs.minimal).id)
  }

  @Test("the resolved text alone gives the spec back, to the same text")
  func roundTrip() throws {
    for text in [SampleSpecs.minimal, SampleSpecs.full, SampleSpecs.minimal("template: enet")] {
      let resolved = try ResolvedSpec(trial(text).spec)
      let again = try ExperimentSpec(resolved: resolved.text, catalog: .sample)
      #expect(ResolvedSpec(again) == resolved)
    }
  }

  @Test("texts of every kind come back")
  func awkwardTexts() throws {
    for about in [
      "a \"quoted\" \\ word", "line\nline\ttab", "ünïcödé 猫 \u{1F600}", "no", "1e3", "a: b # c",
      "\u{85}\u{2028}\u{7F}", "  spaces  ", "{}", "- x", "'",
    ] {
      var spec = try trial(SampleSpecs.minimal).spec
      spec.about = about
      let again = try ExperimentSpec(resolved: ResolvedSpec(spec).text, catalog: .sample)
      #expect(again.about == about)
    }
  }

  @Test(
    "numbers come back to the last bit",
    arguments: [
      0.1, 1e-300, .leastNonzeroMagnitude, 1.7976931348623157e308, 123456789.125, 1e16, 3.0,
    ])
  func numbers(value: Double) throws {
    let spec = try trial(SampleSpecs.minimal("solver: {type: SGD, base_lr: \(value)}")).spec
    let again = try ExperimentSpec(resolved: ResolvedSpec(spec).text, catalog: .sample)
    #expect(spec.solver.baseLearningRate == value)
    #expect(again.solver.baseLearningRate == value)
  }

  @Test("a damaged text is refused with its place")
  func damaged() {
    func refusal(_ text: String) -> String {
      do throws(SpecErrors) {
        _ = try ExperimentSpec(resolved: text, catalog: .sample)
        return ""
      } catch {
        return error.diagnostics.first.map { "\($0.mark.place): \($0.message)" } ?? "?"
      }
    }
    #expect(refusal("{\"seed\":1}") == "resolved spec: missing key 'folder'")
    #expect(refusal("{\"folder\":\"/a\",\"sed\":1}").hasPrefix("resolved spec: missing key"))
    #expect(
      refusal("{\"folder\":")
        == "resolved spec:1:11: did not find expected node content while parsing a flow node")
  }

  @Test("data is found from anywhere: paths start from the spec's folder")
  func paths() throws {
    let data = try trial(SampleSpecs.full, folder: "/home/specs").dataConfiguration(
      generatedFolder: "/tmp")
    #expect(data.root == "/home/data/camvid")
    #expect(data.source == .lists(train: "/home/data/camvid/train.txt", validation: .fraction(0.2)))
    let rootless = try trial(
      SampleSpecs.minimal("data: {train: a/t.txt, validation: /v.txt, classes: [a, b]}")
    ).dataConfiguration(generatedFolder: "/tmp")
    #expect(rootless.root == nil)
    #expect(rootless.source == .lists(train: "/specs/a/t.txt", validation: .list("/v.txt")))
  }

  @Test("generated scenes lie where the program says, unless the spec does")
  func generated() throws {
    func folder(_ text: String) throws -> String? {
      let data = try trial(text).dataConfiguration(generatedFolder: "/results/scenes")
      guard case .generated(_, let folder) = data.source else { return nil }
      return folder
    }
    #expect(try folder(SampleSpecs.minimal) == "/results/scenes")
    #expect(
      try folder(
        SampleSpecs.minimal(
          "data: {root: scenes, generated: {train: 8, validation: 2, size: [96, 96]}}"))
        == "/specs/scenes")
  }

  @Test("everything that is written reaches the training")
  func training() throws {
    let training = try trial(SampleSpecs.full).trainingConfiguration(threads: 3)
    #expect((training.template as? SampleUNet)?.baseChannels == 16)
    #expect((training.template as? SampleUNet)?.depth == 3)
    #expect(training.losses.map(\.weight) == [.constant(0.7), .constant(1)])
    #expect((training.losses[0].loss as? SampleCrossEntropy)?.weights == .numbers([1, 2.5, 1e-3]))
    #expect((training.optimization.solver as? SampleSGD)?.momentum == 0.95)
    #expect(
      training.optimization.baseLearningRate == 0.01 && training.optimization.weightDecay == 1e-4)
    #expect(training.optimization.schedule is SamplePoly)
    #expect(training.augmentations.count == 3 && training.augmentations[2] is SampleCrop)
    #expect(training.duration == .iterations(75_000) && training.batchSize == 2)
    #expect(training.evaluation.every == .iterations(500) && training.evaluation.batchSize == 1)
    #expect(
      training.seed == 7 && training.threads == 3 && training.computation.device == .openblas)
  }
}
