@testable import Datasets
@testable import Experiments
import Testing
@testable import Tracking

@Suite("Sources of samples in a spec")
struct DataSourcesSpecTests {
  private func trial(_ data: String, _ more: String...) throws -> Trial {
    let lines = (["data: {\(data), classes: [a, b]}"] + more).joined(separator: "\n")
    return try #require(SampleSpecs.plan(SampleSpecs.minimal(lines)).trials.first)
  }

  private func problems(_ data: String) -> [String] {
    SampleSpecs.problems(SampleSpecs.minimal("data: {\(data), classes: [a, b]}"))
  }

  private let pairs = #"{images: "i/*.jpg", masks: "m/{stem}.png"}"#

  @Test("patterns, several sources and named sets are read, and start from the root")
  func read() throws {
    let trial = try trial(
      "root: R, train: [t.txt, {list: u.txt, weight: 0.25}, {images: ['i/*.png'], masks: 'm/{stem}.png', "
        + "roi: 'r/{name}', unpaired: skip, weight: 0.5}], validation: {b: \(pairs), a: v.txt}, "
        + "test: [x.txt, \(pairs)]")
    guard
      case .lists(let train, .list(let validation)) = trial.dataConfiguration(
        generatedFolder: ""
      ).source
    else {
      Issue.record("no lists")
      return
    }
    #expect(train.parts.map(\.share) == [nil, 0.25, 0.5])
    #expect(train.parts[0].list == .file("/specs/R/t.txt"))
    #expect(
      train.parts[2].list
        == .pairs(
          FilePairs(
            folder: "/specs/R", images: ["i/*.png"], masks: ["m/{stem}.png"], region: "r/{name}",
            leavesOutUnpaired: true)))
    #expect(validation.names == ["a", "b"])
    #expect(trial.testSets?.sets[0].sources.parts.count == 2)
  }

  @Test("what was read is kept, and read again as the same")
  func kept() throws {
    for data in [
      "train: \(pairs), validation: 0.2",
      "train: [t.txt, {list: u.txt, weight: 0.25}], validation: {b: \(pairs), a: [v.txt, w.txt]}",
      "train: t.txt, validation: v.txt, test: {x: \(pairs), y: z.txt}, patches: {size: [64, 64], "
        + "balance: {a: 0.5, b: {share: 0.25, least: 0.1}}}",
      "train: t, validation: 0.5, values: {threshold: 100}",
      "train: {images: ['i/*', 'j/{1}'], masks: 'm/{1}', roi: 'r/{1}', unpaired: skip}, validation: 0.5, "
        + "channels: [3, 1]",
    ] {
      let trial = try trial(data)
      #expect(try Trial(trial.record, catalog: .sample).spec.data == trial.spec.data, "\(data)")
    }
  }

  @Test("an id says what is drawn, not where it lies")
  func identity() throws {
    func id(_ data: String) throws -> String {
      try trial(data).on([DataFingerprint(name: "train", samples: 1, sha256: "t")]).id
    }
    #expect(try id("train: \(pairs), validation: v") == id("train: t, validation: w"))
    #expect(try id("train: [t, u], validation: {a: v, b: w}") == id("train: t, validation: w"))
    let patches = "train: t, validation: v, patches: {size: [64, 64]"
    #expect(try id("\(patches)}") != id("\(patches), balance: {a: 0.5}}"))
  }

  @Test("places can be moved, patterns and sets too")
  func moved() throws {
    let places = try trial("train: t.txt, validation: {a: v.txt, b: w.txt}").spec.places
    let moved = try PlacesOverride.applied(
      ["data.train=\(pairs)", "data.test={near: x.txt, far: y.txt}"], to: places, folder: "/here")
    #expect(moved.train?.parts[0].list.name == "i/*.jpg")
    #expect(moved.test?.names == ["far", "near"] && moved.validation == places.validation)
    let failure = #expect(throws: Failure.self) {
      try PlacesOverride.applied(["data.train={images: a}"], to: places, folder: "/here")
    }
    #expect(failure?.status == .usage)
  }

  @Test("an objective may be of a set that there is")
  func objective() throws {
    let sets = "train: t, validation: {city: v, field: w}"
    for metric in ["mean_iou", "iou.a", "loss"] {
      let trial = try trial(
        sets, "sweep: {objective: {metric: validation.city.\(metric)}}")
      #expect(trial.record.objective.metric == "validation.city.\(metric)")
      #expect(trial.record.objective.maximize == (metric != "loss"))
    }
    let problems = SampleSpecs.problems(
      SampleSpecs.minimal(
        "data: {\(sets), classes: [a, b]}", "sweep: {objective: {metric: validation.cty.iou.a}}"))
    #expect(
      problems.count == 1 && problems[0].contains("no set of data.validation is called 'cty'"))
    #expect(problems[0].contains("did you mean 'city'?"))
  }

  @Test(
    "what is wrong is said at its place",
    arguments: [
      (#"train: {images: "*.jpg"}, validation: v"#, "2:8 missing key 'masks' in data.train"),
      (
        #"train: {images: "*.jpg", masks: "*.png"}, validation: v"#,
        "2:40 data.train.masks has a '*', but it is the path that belongs to one image"
      ),
      (
        #"train: {images: "{stem}.jpg", masks: "{stem}.png"}, validation: v"#,
        "2:24 data.train.images has '{stem}', but images are found by"
      ),
      (
        #"train: {images: "*.jpg", masks: "{2}.png"}, validation: v"#,
        "2:40 data.train.masks has no placeholder '{2}' to name (one of {stem}, {name}, {folder}, {1})"
      ),
      (
        #"train: {images: ["*.jpg", "{1}.x"], masks: "{1}.png"}, validation: v"#,
        "2:24 data.train.images has 2 patterns, but data.channels means 1 image a sample"
      ),
      (
        #"train: {images: "*.jpg", masks: ["{1}.png", "{1}"]}, validation: v"#,
        "2:40 data.train.masks has 2 patterns, but the task takes 1 mask of a sample"
      ),
      (
        "train: [t, {list: u, weight: 1}], validation: v",
        "2:37 data.train.1.weight must be below 1, the part of an epoch's draws, not 1"
      ),
      (
        "train: [t, {list: u, weight: 0.5}, {list: w, weight: 0.6}], validation: v",
        "2:15 data.train has weights of 1.1 together, which leaves nothing to lists without one"
      ),
      (
        "train: [{list: u, weight: 0.5}, {list: w, weight: 0.4}], validation: v",
        "2:15 data.train has weights of 0.9 together"
      ),
      ("train: t, validation: [{list: u, weight: 0.5}]", "unknown key 'weight'"),
      ("train: {list: u, weight: 0.5}, validation: v", "2:25 unknown key 'weight' in data.train"),
      (
        "train: t, validation: {fols: 5}",
        "2:37 data.validation.fols must be a list of samples, not 5 (did you mean 'folds'?)"
      ),
      (
        "train: t, validation: {mean_iou: a, b: c}",
        "2:31 data.validation: 'mean_iou' cannot name a set: evaluations have values of that name"
      ),
      (
        "train: t, validation: v, values: {threshold: 0}",
        "data.values.threshold must be from 1 to 65535, not 0"
      ),
      (
        "train: t, validation: v, values: {threshold: 9, 3: 1}",
        "unknown key '3' in data.values "
      ),
      ("train: t, validation: {a b: c}", "2:31 data.validation: 'a b' cannot name a set"),
      (
        "train: t, validation: v, patches: {size: [64, 64], balance: {c: 0.5}}",
        "data.patches.balance: there is no class 'c'"
      ),
      (
        "train: t, validation: v, patches: {size: [64, 64], balance: {a: 0.5, b: 0.5}}",
        "data.patches.balance has shares of 1.0 together"
      ),
      (
        "train: t, validation: v, patches: {size: [64, 64], balance: {a: 0.5}}, sampling: "
          + "{class_balanced: true}",
        "data.patches.balance and data.sampling.class_balanced both say"
      ),
    ])
  func wrong(data: String, message: String) {
    let found = problems(data)
    #expect(found.contains { $0.contains(message) }, "\(found)")
  }
}
