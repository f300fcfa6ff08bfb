@testable import Datasets
@testable import Experiments
@testable import Groundwork
@testable import Learning
import Testing
@testable import Tracking

@Suite("Plans of trials")
struct TrialPlanTests {
  private func plan(_ sweep: String, _ lines: String...) throws -> TrialPlan {
    var text = SampleSpecs.minimal
    for line in lines + [sweep] { text += "\n" + line }
    return try SampleSpecs.plan(text)
  }

  private func problems(_ sweep: String) -> [String] {
    SampleSpecs.problems(SampleSpecs.minimal(sweep))
  }

  @Test("a table of trials shows the spec's value where a point keeps it, and what names hide")
  func tableSettings() throws {
    func texts(_ sweep: String) throws -> [[String: String]] {
      try PlanTable.settings(of: plan(sweep).trials).map { settings in
        Dictionary(settings.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
      }
    }
    let points = try texts(
      "sweep: {method: list, points: [{solver.base_lr: 0.5}, {training.epochs: 7}]}")
    #expect(points[0]["solver.base_lr"] == "0.5" && points[1]["training.epochs"] == "7")
    #expect(points[0]["training.epochs"]?.isEmpty == false)
    #expect(points[1]["solver.base_lr"]?.isEmpty == false)
    let templates = try texts(
      "sweep: {parameters: {template: [{name: unet, base_channels: 8}, "
        + "{name: unet, base_channels: 16}]}}")
    #expect(Set(templates).count == 2)
  }

  @Test("a spec without a sweep is one trial")
  func noSweep() throws {
    let plan = try SampleSpecs.plan(SampleSpecs.minimal)
    #expect(plan.trials.count == 1 && plan.points == 1 && plan.seeds == 1)
    let record = try #require(plan.trials.first).record
    #expect(record.number == 1 && record.point == 0 && record.replicate == 0)
    #expect(record.experiment == "shapes" && record.seed == 1 && record.hyperparameters.isEmpty)
    #expect(record.objective == Objective(metric: "validation.mean_iou", maximize: true))
    #expect(record.writtenSpec == SampleSpecs.minimal && record.specName == "unet.yaml")
  }

  @Test("what is written where a sweep puts its values is checked as well")
  func writtenUnderSweep() {
    func problems(_ line: String, _ parameters: String) -> [String] {
      SampleSpecs.problems(SampleSpecs.minimal(line, "sweep: {parameters: {\(parameters)}}"))
    }
    #expect(
      problems("solver: {type: SGD, base_lr: many}", "solver.base_lr: [0.1, 0.2]")
        == ["5:30 solver.base_lr must be a number, not the text 'many'"])
    #expect(
      problems(
        "losses: [cross_entropy: {class_weights: {soil: 1}}]", "losses: [[dice], [cross_entropy]]"
      )
      .count == 1)
    #expect(problems("solver: {type: SGD, base_lr: 1}", "solver.momentum: [0.1, 0.2]") == [])
    #expect(problems("losses: dice", "losses.dice.weight: [1, 2]") == [])
  }

  @Test("where no value can be put into what is written, that is the mistake, and not the sweep")
  func blockedSweep() {
    #expect(
      SampleSpecs.problems(
        SampleSpecs.minimal(
          "solver: [SGD, 1]", "sweep: {parameters: {solver.base_lr: [0.1, 0.2]}}"))
        == ["5:9 solver must be a mapping of keys to values, not a list"])
  }

  @Test("a grid is the product in the order of writing, the last varying fastest")
  func grid() throws {
    let plan = try plan(
      "sweep: {parameters: {solver.base_lr: [1e-2, 0.5], losses: [[dice], [dice, cross_entropy]]}}")
    #expect(
      plan.trials.map(\.name) == [
        "solver.base_lr 1e-2, losses dice, seed 1",
        "solver.base_lr 1e-2, losses dice + cross_entropy, seed 1",
        "solver.base_lr 0.5, losses dice, seed 1",
        "solver.base_lr 0.5, losses dice + cross_entropy, seed 1",
      ])
    #expect(plan.trials.map(\.record.number) == [1, 2, 3, 4])
    #expect(plan.trials.map(\.record.point) == [0, 1, 2, 3])
    #expect(plan.trials.map(\.spec.solver.baseLearningRate) == [0.01, 0.01, 0.5, 0.5])
    #expect(plan.trials.map(\.spec.losses.terms.count) == [1, 2, 1, 2])
    #expect(Set(plan.trials.map(\.id)).count == 4)
  }

  @Test("a list is its points, each setting what it names")
  func list() throws {
    let plan = try plan(
      "sweep: {method: list, points: [{solver.base_lr: 0.5, template.depth: 3}, {}, {seed: 4}]}")
    #expect(
      plan.trials.map(\.name)
        == ["solver.base_lr 0.5, template.depth 3, seed 1", "seed 1", "seed 4"])
    #expect(plan.trials[0].spec.template.choice.canonical["depth"] == .integer(3))
  }

  @Test("a trial has the same id whether it is swept or written")
  func sameId() throws {
    let swept = try plan("sweep: {parameters: {template.depth: [3]}}")
    let written = try SampleSpecs.plan(SampleSpecs.minimal("template: {name: unet, depth: 3}"))
    #expect(swept.trials.map(\.id) == written.trials.map(\.id))
  }

  @Test("replicates have the same seeds at every point, the first the experiment's own")
  func seeds() throws {
    let plan = try plan("sweep: {seeds: 3, parameters: {solver.base_lr: [1, 2]}}", "seed: 7")
    #expect(plan.trials.count == 6 && plan.points == 2 && plan.seeds == 3)
    #expect(plan.trials.map(\.record.point) == [0, 0, 0, 1, 1, 1])
    #expect(plan.trials.map(\.record.replicate) == [0, 1, 2, 0, 1, 2])
    let seeds = plan.trials.map(\.record.seed)
    #expect(seeds[0] == 7 && Array(seeds[..<3]) == Array(seeds[3...]))
    #expect(Set(seeds).count == 3)
    #expect(plan.trials.map { UInt64($0.spec.seed) } == seeds)
  }

  @Test("a point can set a template and what it holds, in any order")
  func nested() throws {
    let plan = try plan(
      "sweep: {method: list, points: [{template.depth: 2, template: {name: unet, base_channels: 8}}, "
        + "{template: unet, template.depth: 3}]}")
    #expect(
      plan.trials.map { $0.spec.template.canonical.text } == [
        #"{"base_channels":8,"depth":2,"name":"unet"}"#,
        #"{"base_channels":32,"depth":3,"name":"unet"}"#,
      ])
  }

  @Test("null in a sweep takes the key away")
  func null() throws {
    let plan = try plan("sweep: {parameters: {data.size: [null, [64, 64]]}}")
    #expect(plan.trials.map(\.name) == ["data.size none, seed 1", "data.size [64, 64], seed 1"])
    #expect(plan.trials[0].spec.data.geometry == .original)
  }

  @Test("a key may be left to the sweep alone")
  func sweptOnly() throws {
    let text = SampleSpecs.minimal("sweep: {parameters: {losses: [dice, cross_entropy]}}")
      .replacing("losses: dice\n", with: "")
    #expect(try SampleSpecs.plan(text).trials.count == 2)
  }

  @Test("a record gives its trial back")
  func fromRecord() throws {
    let plan = try plan("sweep: {seeds: 2, parameters: {solver.base_lr: [1, 2]}}")
    for trial in plan.trials {
      let again = try Trial(trial.record, catalog: .sample)
      #expect(again.id == trial.id)
      #expect(ResolvedSpec(again.spec) == ResolvedSpec(trial.spec))
    }
  }

  @Test(
    "the objective",
    arguments: [
      ("{}", "validation.mean_iou", true), ("{metric: validation.loss}", "validation.loss", false),
      ("{direction: minimize}", "validation.mean_iou", false),
      ("{metric: training.loss, direction: maximize}", "training.loss", true),
    ])
  func objective(written: String, metric: String, maximize: Bool) throws {
    let plan = try plan("sweep: {objective: \(written)}")
    #expect(plan.objective == Objective(metric: metric, maximize: maximize))
    #expect(plan.trials.map(\.record.objective) == [plan.objective])
  }

  @Test("every metric that evaluations have can be an objective, and goes the way it is better")
  func metrics() throws {
    for name in Registry.metrics.members.filter({ $0.reads.contains(.classes) }).map({ $0.name }) {
      let plan = try plan(
        """
        evaluation: {metrics: [\(name)]}
        sweep: {objective: {metric: validation.\(name)}}
        """)
      let metric = try #require(Registry.metrics.find(name))
      #expect(
        plan.objective
          == Objective(metric: "validation.\(name)", maximize: metric.isHigherBetter))
    }
    let standard = Registry.metrics.members
      .filter { $0.isStandard }
    #expect(standard.count > 1)
    for metric in standard {
      let plan = try plan("sweep: {objective: {metric: validation.\(metric.name)}}")
      #expect(plan.objective.maximize == metric.isHigherBetter)
    }
  }

  @Test(
    "one class can be the objective, and goes the way its metric is better",
    arguments: [
      ("validation.iou.disc", "validation.iou.disc", true),
      ("validation.mean_iou.disc", "validation.iou.disc", true),
      ("validation.accuracy.box", "validation.accuracy.box", true),
      ("validation.hd95.disc", "validation.hausdorff_95.disc", false),
    ])
  func classObjective(written: String, metric: String, maximize: Bool) throws {
    let plan = try plan(
      "sweep: {objective: {metric: \(written)}}", "evaluation: {metrics: [hd95]}")
    #expect(plan.objective == Objective(metric: metric, maximize: maximize))
  }

  @Test(
    "to look for the worst is warned of at its place",
    arguments: [
      ("validation.loss, direction: maximize", "highest validation.loss", "minimize"),
      ("validation.mean_iou, direction: minimize", "lowest validation.mean_iou", "maximize"),
      ("validation.iou.disc, direction: minimize", "lowest validation.iou.disc", "maximize"),
    ])
  func direction(objective: String, prefers: String, remedy: String) throws {
    let text = SampleSpecs.minimal("sweep: {objective: {metric: \(objective)}}")
    let loaded = try ExperimentSpec.load(
      SourceText(name: "unet.yaml", text: text), folder: "/specs")
    let warning = try #require(loaded.directionWarning(loaded.plan().objective))
    #expect(warning.description.hasPrefix("unet.yaml:7:"))
    #expect(
      warning.description.contains(": warning[W0402]: sweep.objective prefers the \(prefers), of"))
    #expect(warning.remedy == "write direction: \(remedy), or leave it out")
    #expect(loaded.directionWarning(.standard) == nil)
  }

  @Test("an objective may have another name of its metric, and is known by the metric's own")
  func otherName() throws {
    let plan = try plan(
      """
      evaluation: {metrics: [hd95]}
      sweep: {objective: {metric: validation.hd95}}
      """)
    #expect(plan.objective == Objective(metric: "validation.hausdorff_95", maximize: false))
  }

  @Test(
    "an objective that evaluations do not have",
    arguments: [
      (
        "sweep: {objective: {metric: validation.kappa}}",
        """
        7:29 sweep.objective.metric is validation.kappa, which no evaluation has \
        (add kappa to evaluation.metrics)
        """
      ),
      (
        "sweep: {objective: {metric: validation.hd95}, parameters: {evaluation.metrics: "
          + "[[hausdorff_95], [kappa]]}}",
        """
        7:29 sweep.objective.metric is validation.hausdorff_95, which no evaluation has \
        (add hausdorff_95 to evaluation.metrics)
        """
      ),
      (
        "sweep: {objective: {metric: validation.dice}}",
        "7:29 unknown metric 'validation.dice' (did you mean 'validation.mean_dice'?)"
      ),
      (
        "sweep: {objective: {metric: validation.boundary_f2}}",
        "7:29 unknown metric 'validation.boundary_f2' (did you mean 'validation.boundary_f1'?)"
      ),
    ])
  func missingObjective(sweep: String, problem: String) {
    #expect(SampleSpecs.problems(SampleSpecs.minimal(sweep)) == [problem])
  }

  @Test(
    "a sweep that is wrong",
    arguments: [
      ("sweep: grid", "7:8 sweep must be a mapping of keys to values, not the text 'grid'"),
      ("sweep:", "7:1 sweep has no value"),
      ("sweep: {method: gird}", "7:17 unknown method 'gird' (did you mean 'grid'?)"),
      (
        "sweep: {method: grid, points: [{}]}",
        """
        7:23 unknown key 'points' in sweep (method: grid) \
        (one of method, objective, seeds, pruner, parameters, zip, require, start)
        """
      ),
      ("sweep: {method: list}", "7:1 missing key 'points' in sweep (method: list)"),
      (
        "sweep: {method: list, points: []}",
        "7:31 sweep.points has no points, which leaves no trials"
      ),
      ("sweep: {seeds: 0}", "7:16 sweep.seeds must be from 1 to 1000, not 0"),
      (
        "sweep: {parameters: {seed: []}}",
        "7:28 seed has no values, which leaves no trials"
      ),
      (
        "sweep: {parameters: {seed: 3}}",
        "7:28 seed must list its values, not be 3 (write [3])"
      ),
      (
        "sweep: {parameters: {limits.threads: [1, 2]}}",
        "7:22 limits.threads cannot be swept: it does not change a trial (leave it out)"
      ),
      (
        "sweep: {parameters: {solver.bas_lr: [1, 2]}}",
        "7:22 unknown key 'bas_lr' in solver (type: SGD) (did you mean 'base_lr'?)"
      ),
      (
        "sweep: {parameters: {losses.dise.weight: [1, 2]}}",
        """
        7:22 losses is the text 'dice' and has no key 'dise' (set losses as a whole)
        """
      ),
      (
        "sweep: {objective: {metric: validation.mean_iuo}}",
        "7:29 unknown metric 'validation.mean_iuo' (did you mean 'validation.mean_iou'?)"
      ),
      (
        "sweep: {objective: {metric: mIoU}}",
        "7:29 unknown metric 'mIoU' (did you mean 'validation.mean_iou'?)"
      ),
      (
        "sweep: {objective: {metric: val_loss}}",
        "7:29 unknown metric 'val_loss' (did you mean 'validation.loss'?)"
      ),
      (
        "sweep: {objective: {metric: validation.iou.rnig}}",
        "7:29 sweep.objective.metric is validation.iou.rnig, but no class is called 'rnig' (one of "
          + "background, disc, box, triangle)"
      ),
      (
        "sweep: {objective: {metric: validation.precision.disc}}",
        "7:29 sweep.objective.metric is validation.precision.disc, which no evaluation has (add "
          + "precision to evaluation.metrics)"
      ),
      (
        "sweep: {parameters: {a..b: [1]}}",
        "7:22 'a..b' is no path (write keys with a '.' between them)"
      ),
      (
        "sweep: {parameters: {solver.base_lr: [1, 0.5, 5e-1]}}",
        """
        7:47 trial 3 (solver.base_lr 5e-1, seed 1) is the same as trial 2 \
        (solver.base_lr 0.5, seed 1) (leave one of them out)
        """
      ),
      (
        "sweep: {seeds: 3, method: list, points: [{seed: 1}, {}]}",
        """
        7:1 trial 4 (seed 1) is the same as trial 1 (seed 1) (leave one of them out)
        """
      ),
    ])
  func wrong(sweep: String, expected: String) {
    #expect(problems(sweep) == [expected])
  }

  @Test("too many trials are refused before they are made, with what they are the product of")
  func tooMany() {
    let hundred = "[" + (1...100).map(String.init).joined(separator: ", ") + "]"
    let axes = ["seed", "solver.base_lr", "solver.weight_decay"].map { "\($0): \(hundred)" }
    #expect(
      problems("sweep: {seeds: 2, parameters: {\(axes.joined(separator: ", "))}}") == [
        "7:1 seed 100 × solver.base_lr 100 × solver.weight_decay 100 × seeds 2 makes 2000000 "
          + "trials; at most 10000 are allowed (vary less, or split the sweep)"
      ])
    let many = (0..<20).map { "a\($0): \(hundred)" }.joined(separator: ", ")
    #expect(
      problems("sweep: {parameters: {\(many)}}").contains { $0.contains("makes more than 2⁶³") })
  }

  @Test("a broken sweep does not hide what else is wrong")
  func otherProblems() {
    let text = SampleSpecs.minimal("sweep: {parameters: {seed: []}}", "training: {epochs: 0}")
    #expect(
      SampleSpecs.problems(text) == [
        "6:20 training.epochs must be from 1 to 100000000, not 0",
        "7:28 seed has no values, which leaves no trials",
      ])
  }

  private static let folded =
    "data: {train: a.txt, validation: {folds: 3}, classes: [sky, road], size: [64, 64]}"

  @Test("every fold of every replicate of every point is a trial")
  func folds() throws {
    let plan = try SampleSpecs.plan(
      SampleSpecs.minimal(
        Self.folded, "sweep: {seeds: 2, parameters: {solver.base_lr: [1, 2]}}"))
    #expect(plan.trials.count == 12 && plan.points == 2 && plan.seeds == 2 && plan.folds == 3)
    #expect(plan.trials.map(\.spec.data.fold) == (0..<12).map { $0 % 3 + 1 })
    #expect(plan.trials.map(\.record.point) == (0..<12).map { $0 / 6 })
    #expect(plan.trials.map(\.record.replicate) == (0..<12).map { $0 / 3 % 2 })
    let seeds = plan.trials.map(\.record.seed)
    #expect(Array(seeds[..<6]) == Array(seeds[6...]) && Set(seeds[..<6]).count == 2)
    #expect(Set(plan.trials.map(\.id)).count == 12)
    #expect(plan.trials[4].name.hasPrefix("solver.base_lr 1, data.validation.fold 2, seed "))
  }

  @Test("a fold of a spec without a sweep is the same trial as the fold that is written")
  func writtenFold() throws {
    let all = try SampleSpecs.plan(SampleSpecs.minimal(Self.folded))
    #expect(all.trials.count == 3 && all.points == 1)
    let second = try SampleSpecs.plan(
      SampleSpecs.minimal(Self.folded), overrides: ["data.validation.fold=2"])
    #expect(second.trials.map(\.id) == [all.trials[1].id])
    for trial in all.trials {
      #expect(trial.spec.data.trials == 1)
      let again = try Trial(trial.record, catalog: .sample)
      #expect(again.id == trial.id)
      let source = again.dataConfiguration(generatedFolder: "").source
      #expect(
        source
          == .lists(
            train: "/specs/a.txt", validation: .fold(trial.record.number, of: 3)))
    }
  }

  @Test("points may differ in their folds")
  func sweptFolds() throws {
    let plan = try SampleSpecs.plan(
      SampleSpecs.minimal(
        Self.folded, "sweep: {parameters: {data.validation: [0.5, {folds: 2}]}}"))
    #expect(plan.trials.map(\.spec.data.fold) == [nil, 1, 2] && plan.folds == 2)
    #expect(plan.trials.map(\.record.point) == [0, 1, 1])
  }

  @Test(
    "folds that are wrong",
    arguments: [
      ("{folds: 1}", "2:42 data.validation.folds must be from 2 to 1000, not 1"),
      ("{folds: 3, fold: 4}", "2:51 data.validation.fold must be from 1 to 3, not 4"),
      ("{fold: 1}", "2:22 missing key 'folds' in data.validation"),
      ("{folds: 3, seed: 4}", "2:45 unknown key 'seed' in data.validation (one of folds, fold)"),
    ])
  func wrongFolds(written: String, expected: String) {
    let text = SampleSpecs.minimal(Self.folded).replacing("{folds: 3}", with: written)
    #expect(SampleSpecs.problems(text) == [expected])
  }

  @Test("too many folds are refused")
  func tooManyFolds() {
    let text = SampleSpecs.minimal(Self.folded, "sweep: {seeds: 100}")
      .replacing("folds: 3", with: "folds: 101")
    #expect(
      SampleSpecs.problems(text) == [
        "7:1 the folds of data.validation make 10100 trials of 100; at most 10000 are allowed "
          + "(use fewer folds, vary less, or split the sweep)"
      ])
  }
}
