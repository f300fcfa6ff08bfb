@testable import Datasets
@testable import Experiments
@testable import Groundwork
@testable import Learning
import Testing
@testable import Tracking
@testable import Training

@Suite("The evaluation section")
struct EvaluationSectionTests {
  private func section(_ keys: String) throws -> EvaluationSection {
    let plan = try SampleSpecs.plan(SampleSpecs.minimal("evaluation: {\(keys)}"))
    return try #require(plan.trials.first).spec.evaluation
  }

  @Test("metrics are named as the literature and DeepDetect do, with their settings")
  func metrics() throws {
    let section = try section(
      "metrics: [mean_iou, dice, boundary_f1: {tolerance: 2}, acc, ap: {thresholds: [0.5]}]")
    #expect(
      section.metrics.map(\.choice.name)
        == ["mean_iou", "mean_dice", "boundary_f1", "acc", "average_precision"])
    #expect(section.metrics[2].choice.values.all["tolerance"] == .number(2))
    #expect((section.metrics[4].component as? AveragePrecision)?.thresholds == [0.5])
    #expect(try self.section("metrics: kappa").metrics.map(\.choice.name) == ["kappa"])
  }

  @Test("every metric can be named by every name it has", arguments: Registry.metrics.names)
  func names(name: String) throws {
    let metric = try #require(Registry.metrics.find(name))
    for written in [name] + metric.otherNames {
      #expect(Registry.metrics.find(written)?.name == name)
      // Generated scenes have classes alone.
      guard metric.reads.contains(.classes) else { continue }
      #expect(try section("metrics: [\(written)]").metrics.map(\.choice.name) == [name])
    }
  }

  @Test("the worst images are kept where metrics are named, or where it is said how many")
  func worstImages() throws {
    #expect(try section("every: 1").worstImages == 0)
    #expect(try section("metrics: [kappa]").worstImages == 5)
    #expect(try section("metrics: [kappa], worst_images: 0").worstImages == 0)
    #expect(try section("worst_images: 9").worstImages == 9)
  }

  @Test("everything that is written reaches the training")
  func training() throws {
    let text = SampleSpecs.minimal(
      "evaluation: {metrics: [hd95, kappa], absent_classes: pascal, worst_images: 2}")
    let trial = try #require(try SampleSpecs.plan(text).trials.first)
    let settings = trial.trainingConfiguration(threads: 1).evaluation
    #expect(settings.metrics.map { type(of: $0).name } == ["hausdorff_95", "kappa"])
    #expect(settings.absentClasses == .pascal && settings.worstImages == 2)
  }

  @Test("what is only recorded cannot be swept: the training would be the same")
  func swept() throws {
    let error = #expect(throws: SpecErrors.self) {
      try SampleSpecs.plan(
        SampleSpecs.minimal(
          "evaluation: {metrics: [kappa, boundary_f1]}",
          "sweep: {parameters: {evaluation.metrics.boundary_f1.tolerance: [1, 2]}}"))
    }
    #expect(
      error?.diagnostics.map(\.message) == [
        "trial 2 (evaluation.metrics.boundary_f1.tolerance 2, seed 1) is the same as trial 1 "
          + "(evaluation.metrics.boundary_f1.tolerance 1, seed 1)"
      ])
  }

  @Test("a metric is overridden by the name it was written with")
  func overridden() throws {
    let plan = try SampleSpecs.plan(
      SampleSpecs.minimal("evaluation: {metrics: [kappa, boundary_f1]}"),
      overrides: ["evaluation.metrics.boundary_f1.tolerance=2"])
    #expect(
      plan.trials[0].spec.evaluation.metrics[1].choice.values.all["tolerance"] == .number(2))
  }

  @Test("test-time augmentation is read, recorded where it does something, and swept")
  func testTimeAugmentation() throws {
    func augmentation(_ keys: String) throws -> TestTimeAugmentation {
      try section("test_time_augmentation: {\(keys)}").testTimeAugmentation
    }
    #expect(try section("every: 1").testTimeAugmentation == .none)
    #expect(
      try augmentation("mirror: both, rotate90: true, scales: [1, 1.25]")
        == TestTimeAugmentation(mirror: .both, rotates: true, scales: [1, 1.25]))
    #expect(try augmentation("rotate90: true") == TestTimeAugmentation(rotates: true))

    func trials(_ line: String, _ other: String = "seed: 1") throws -> [Trial] {
      try SampleSpecs.plan(SampleSpecs.minimal(line, other)).trials
    }
    let plain = try trials("seed: 1")[0]
    let nothing = "evaluation: {test_time_augmentation: {mirror: none, scales: [1]}}"
    #expect(try trials(nothing).map(\.id) == [plain.id])
    #expect(!plain.record.resolvedSpec.contains("test_time_augmentation"))
    let swept = try trials(
      "evaluation: {test_time_augmentation: {scales: [1, 1.5]}}",
      "sweep: {parameters: {evaluation.test_time_augmentation.mirror: [none, both]}}")
    #expect(Set(swept.map(\.id) + [plain.id]).count == 3)
    for trial in swept {
      let read = try ExperimentSpec(resolved: trial.record.resolvedSpec, catalog: .sample)
      #expect(read.evaluation == trial.spec.evaluation)
      #expect(
        trial.trainingConfiguration(threads: 1).evaluation.testTimeAugmentation
          == trial.spec.evaluation.testTimeAugmentation)
    }
    let mirrors: [TestTimeAugmentation.Mirror] = [.none, .both]
    #expect(
      swept.map(\.spec.evaluation.testTimeAugmentation)
        == mirrors.map { TestTimeAugmentation(mirror: $0, scales: [1, 1.5]) })
  }

  @Test("transforms that images of the spec's size cannot have are refused where they are written")
  func transforms() {
    func problems(_ keys: String, data: String) -> [String] {
      SampleSpecs.problems(
        SampleSpecs.minimal(
          "data: {generated: {train: 8, validation: 2, size: \(data), classes: 4}}",
          "evaluation: {test_time_augmentation: {\(keys)}}"))
    }
    #expect(problems("rotate90: true", data: "[96, 96]").isEmpty)
    #expect(
      problems("rotate90: true", data: "[96, 64]") == [
        "7:49 evaluation.test_time_augmentation: rotate90 needs square images, but those to "
          + "validate are 96×64: make them square with data.size or data.crop, or leave rotate90 "
          + "out"
      ])
    #expect(
      problems("scales: [0.9, 0.95]", data: "[96, 96]") == [
        "7:47 evaluation.test_time_augmentation: scales 0.9 and 0.95 of 96×96 are both 96×96, as "
          + "the template needs multiples of 16: leave one of them out"
      ])
  }

  @Test(
    "what is wrong is said where it stands",
    arguments: [
      (
        "metrics: [boundary_f2]",
        "7:24 unknown metric 'boundary_f2' (did you mean 'boundary_f1'?)"
      ),
      (
        "metrics: [kappa, boundary_f1: {tolerance: -1}]",
        "7:56 evaluation.metrics.boundary_f1.tolerance must be at least 0, not -1"
      ),
      (
        "metrics: [boundary_f1: {tolerence: 1}]",
        "7:38 unknown key 'tolerence' in metric boundary_f1 (did you mean 'tolerance'?)"
      ),
      (
        "metrics: [dice, mean_dice]",
        "7:30 metric 'mean_dice' is written twice (leave one of them out)"
      ),
      (
        "metrics: [ap: {thresholds: []}]",
        "7:41 evaluation.metrics.ap.thresholds: there must be at least one"
      ),
      (
        "absent_classes: camwid",
        "7:30 unknown convention 'camwid' (did you mean 'camvid'?)"
      ),
      (
        "test_time_augmentation: {mirror: sideways}",
        "7:47 unknown mirror 'sideways' (one of none, horizontal, vertical, both)"
      ),
      (
        "test_time_augmentation: {mirrors: both}",
        "7:39 unknown key 'mirrors' in evaluation.test_time_augmentation (did you mean 'mirror'?)"
      ),
      (
        "test_time_augmentation: {rotate90: 4}",
        "7:49 evaluation.test_time_augmentation.rotate90 must be true or false, not 4"
      ),
      (
        "test_time_augmentation: {scales: 2}",
        "7:47 evaluation.test_time_augmentation.scales must be a list, not 2 (write [2])"
      ),
      (
        "test_time_augmentation: {scales: []}",
        "7:47 evaluation.test_time_augmentation.scales is empty "
          + "(leave it out for one size)"
      ),
      (
        "test_time_augmentation: {scales: [1, 8]}",
        "7:51 evaluation.test_time_augmentation.scales.1 must be in [0.25, 4], not 8"
      ),
      (
        "test_time_augmentation: {scales: [1, 1.0]}",
        "7:51 evaluation.test_time_augmentation.scales.1 is there twice (leave one of them out)"
      ),
      (
        "test_time_augmentation: {}",
        "7:38 evaluation.test_time_augmentation says nothing "
          + "(give mirror, rotate90 or scales, or leave it out)"
      ),
      (
        "test_time_augmentation: both",
        "7:38 evaluation.test_time_augmentation must be a mapping of keys to values, not the text 'both'"
      ),
      (
        "test_time_augmentation: {mirror: both, rotate90: true, scales: [1, 2, 3]}",
        "7:38 evaluation.test_time_augmentation makes 24 transforms of each image, but at most 16 are "
          + "allowed (use fewer scales, or leave mirror or rotate90 out)"
      ),
      ("worst_images: -1", "7:28 evaluation.worst_images must be from 0 to 1000, not -1"),
    ])
  func problems(keys: String, problem: String) {
    #expect(
      SampleSpecs.problems(SampleSpecs.minimal("evaluation: {\(keys)}")) == [problem])
  }

  @Test("a schedule can go by the metrics that evaluations have, and by no other")
  func monitor() throws {
    func problems(_ evaluation: String, _ monitor: String) -> [String] {
      let text = SampleSpecs.minimal(
        "evaluation: {\(evaluation)}",
        "solver: {type: SGD, base_lr: 0.01, schedule: {plateau: {monitor: \(monitor)}}}")
      do throws(SpecErrors) {
        _ = try ExperimentSpec.load(
          SourceText(name: "unet.yaml", text: text), folder: "/", catalog: .standard
        ).plan()
        return []
      } catch {
        return error.diagnostics.map { "\($0.mark.place): \($0.message), \($0.remedy ?? "")" }
      }
    }
    #expect(problems("every: 1", "validation.mean_dice").isEmpty)
    #expect(problems("metrics: [hd95]", "validation.hausdorff_95").isEmpty)
    #expect(
      problems("metrics: [hd95]", "validation.hausdorff") == [
        "unet.yaml:5:66: solver.schedule.plateau.monitor is validation.hausdorff, "
          + "which no evaluation has, add hausdorff to evaluation.metrics"
      ])
    #expect(
      problems("every: 1", "validation.mean_iuo") == [
        "unet.yaml:5:66: unknown monitor 'validation.mean_iuo', did you mean 'validation.mean_iou'?"
      ])
  }
}
