@testable import Datasets
@testable import Execution
@testable import Experiments
@testable import Learning
import Testing
@testable import Tracking
@testable import Training

@Suite("Sections of a spec")
struct SpecSectionTests {
  /// The problems of the minimal spec with one line of its own.
  private func problems(_ line: String) -> [String] {
    SampleSpecs.problems(SampleSpecs.minimal(line))
  }

  private func spec(_ lines: String) throws -> ExperimentSpec {
    try #require(SampleSpecs.plan(SampleSpecs.minimal(lines)).trials.first).spec
  }

  @Test("the minimal spec is right, and its defaults are those of the language")
  func defaults() throws {
    let spec = try #require(SampleSpecs.plan(SampleSpecs.minimal).trials.first).spec
    #expect(spec.seed == 1)
    #expect(spec.tags.isEmpty && spec.about == nil)
    #expect(spec.data.channels == 3 && spec.data.ignore.isEmpty)
    #expect(spec.data.normalization == .dataset && spec.data.geometry == .original)
    #expect(spec.losses.terms.map(\.weight) == [.constant(1)])
    #expect(spec.solver.weightDecay == 0 && spec.solver.scheduleChoice.name == "fixed")
    #expect(spec.solver.warmup == nil && spec.solver.clipping == GradientClipping())
    #expect(spec.solver.parameterGroups == ParameterGroups())
    #expect(spec.augmentation.steps.isEmpty)
    #expect(spec.training.batchSize == 4 && spec.training.computation == Computation())
    #expect(spec.evaluation == EvaluationSection(every: .epochs(1), batchSize: 4))
    #expect(spec.checkpoints == CheckpointsSection(every: .evaluation, keepBest: 1, keepLast: 1))
    #expect(spec.limits == LimitsSection())
  }

  @Test(
    "the head",
    arguments: [
      (
        "experiment: .a",
        """
        1:13 experiment must be at most 100 letters, digits, '-', '_' and '.', the first neither \
        '-' nor '.'
        """
      ),
      (
        "experiment: a/b",
        """
        1:13 experiment must be at most 100 letters, digits, '-', '_' and '.', the first neither \
        '-' nor '.'
        """
      ),
      ("experiment:", "1:1 experiment has no value"),
      ("experiment: [a]", "1:13 experiment must be text, not a list"),
      ("seed: -1", "7:7 seed must be at least 0, not -1"),
      (
        "seed: 9223372036854775808",
        "7:7 seed must be at most 9223372036854775807, not 9223372036854775808"
      ),
      ("seed: 1e3", "7:7 seed must be an integer, not 1e3 (write 1000)"),
      ("seed: 1.5", "7:7 seed must be an integer, not 1.5"),
      ("seed: '7'", "7:7 seed must be an integer, not the text '7' (remove the quotes)"),
      ("seed: no", "7:7 seed must be an integer, not the text 'no'"),
      ("seed: true", "7:7 seed must be an integer, not true"),
      ("tags: a", "7:7 tags must be a list, not the text 'a' (write [a])"),
      (
        "bases: [common.yaml]", "7:1 unknown key 'bases' (did you mean 'base'?)"
      ),
    ])
  func head(line: String, expected: String) {
    #expect(problems(line) == [expected])
  }

  @Test(
    "data",
    arguments: [
      (
        "data: {}",
        [
          "2:1 missing key 'train' in data", "2:1 missing key 'validation' in data",
          "2:1 missing key 'classes' in data",
        ]
      ),
      ("data: 3", ["2:7 data must be a mapping of keys to values, not 3"]),
      (
        "data: {train: t, validation: 1.5, classes: [a, b]}",
        ["2:30 data.validation must be below 1 where it is a fraction, not 1.5"]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], size: [8, 8], crop: [8, 8]}",
        ["2:64 'crop' and 'size' exclude each other in data (leave one of them out)"]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], size: [8]}",
        ["2:56 data.size must be [height, width], not a list"]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], size: [0, 99999]}",
        [
          "2:57 data.size.0 must be from 1 to 16384 pixels, not 0",
          "2:60 data.size.1 must be from 1 to 16384 pixels, not 99999",
        ]
      ),
      (
        "data: {train: t, validation: v, classes: [a]}",
        [
          "2:42 data.classes: 1 class is named, at least 2 are needed where every pixel is of one "
            + "class (add background as the first class, or ask for every class by itself with "
            + "task: multilabel)"
        ]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b, a]}",
        ["2:42 data.classes: class 'a' has both id 0 and id 2"]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], channels: 0}",
        ["2:60 data.channels must be from 1 to 64, not 0"]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], channels: [3, 65]}",
        ["2:64 data.channels.1 must be from 1 to 64, not 65"]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], slices: {before: 51, space: 1}}",
        [
          "2:67 data.slices.before must be from 0 to 50, not 51",
          "2:71 unknown key 'space' in data.slices (one of before, after, spacing)",
        ]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], patches: {stride: [8, 8]}, crop: [8, 8]}",
        [
          "2:50 missing key 'size' in data.patches",
          "2:77 'crop' and 'patches' exclude each other in data (leave one of them out)",
        ]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], patches: {size: [8, 8], stride: [9, 8]}}",
        [
          "2:82 data.patches.stride is 9×8, larger than patches of 8×8: pixels between them would "
            + "never be seen"
        ]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], ignore: 255}",
        ["2:58 data.ignore must be a list, not 255 (write [255])"]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], normalize: imagnet}",
        ["2:61 unknown normalization 'imagnet' (did you mean 'imagenet'?)"]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], normalize: {mean: [0, 0], std: [1, 1, 0]}}",
        [
          "2:68 data.normalize.mean must have one number for each channel: 3, not 2",
          "2:88 data.normalize.std.2 must be above 0, not 0",
        ]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], channels: 1, normalize: imagenet}",
        [
          "2:74 data.normalize is imagenet, which is of RGB images: each has 3 channels in "
            + "data.channels"
        ]
      ),
      (
        "data: {train: ~/t, validation: v, classes: [a, b]}",
        ["2:15 data.train begins with '~', which is not expanded (write the folder's path)"]
      ),
      (
        "data: {generated: {train: 8, validation: 2, size: [96, 96]}, train: t}",
        ["2:62 'train' and 'generated' exclude each other in data (leave one of them out)"]
      ),
      (
        "data: {generated: {train: 0, validation: 2, size: [96, 96], classes: 2, shapes: 3}}",
        [
          "2:27 data.generated.train must be from 1 to 100000, not 0",
          "2:70 data.generated.classes must be from 3 to 5, not 2",
          "2:73 unknown key 'shapes' in data.generated "
            + "(one of train, validation, size, classes, seed)",
        ]
      ),
      (
        "data: {train: t, validation: v, classes: [a, b], rio: r}",
        [
          "2:50 unknown key 'rio' in data (did you mean 'roi'?)"
        ]
      ),
    ])
  func data(line: String, expected: [String]) {
    #expect(problems(line) == expected)
  }

  @Test("a validation that looks like a number is a list file where it is quoted")
  func quotedValidation() throws {
    let spec = try spec("data: {train: t, validation: '0.2', classes: [a, b]}")
    #expect(spec.data.source == .lists(train: "t", validation: .list("0.2")))
  }

  @Test(
    "template, losses and augmentation",
    arguments: [
      ("template: unett", "3:11 unknown template 'unett' (did you mean 'unet'?)"),
      ("template: [unet]", "3:11 template must be a mapping of keys to values, not a list"),
      ("template: {depth: 3}", "3:1 missing key 'name' in template"),
      (
        "template: {name: enet, depth: 3}",
        "3:24 unknown key 'depth' in template enet (one of name, layers, initialization)"
      ),
      (
        "template: {name: unet, depth: 3.0}",
        "3:31 template.depth must be an integer, not 3.0 (write 3)"
      ),
      (
        "template: {name: unet, base_channels: 1024, depth: 4}",
        "3:52 template.depth: the last level would have 16384 channels"
      ),
      ("losses: []", "4:9 losses must name at least one loss"),
      ("losses: 3", "4:9 unknown loss '3' (one of cross_entropy, dice)"),
      (
        "losses: [dice, dice]",
        "4:16 loss 'dice' is written twice (give one of them the sum of the weights)"
      ),
      ("losses: [[dice]]", "4:10 losses.0 must name a loss, not a list"),
      (
        "losses: {dice: {}, cross_entropy: {}}",
        "4:9 losses must name one loss, not 2 (write several as a list)"
      ),
      (
        "losses: {dice: {squared: yes}}",
        "4:26 losses.dice.squared must be true or false, not the text 'yes'"
      ),
      (
        "losses: {dice: {squared: 'true'}}",
        "4:26 losses.dice.squared must be true or false, not the text 'true' (remove the quotes)"
      ),
      ("losses: {dice: }", "4:16 losses.dice must be a mapping of keys to values, not nothing"),
      ("losses: {dice: {weight: .nan}}", "4:25 losses.dice.weight must be at least 0, not .nan"),
      (
        "losses: {dice: {weight: {linear: {from: 1, to: -1, over: 3}}}}",
        "4:48 losses.dice.weight.linear.to must be at least 0, not -1"
      ),
      (
        "losses: {dice: {weight: {linear: {from: 1, to: 0}}}}",
        "4:26 missing key 'over' in losses.dice.weight.linear"
      ),
      (
        "losses: {dice: {weight: {linaer: {from: 1}}}}",
        "4:26 unknown key 'linaer' in losses.dice.weight (did you mean 'linear'?)"
      ),
      (
        "losses: {dice: {weight: {step: {from: 0, to: 1, at: 3 weeks}}}}",
        "4:53 losses.dice.weight.step.at must be like '1 epoch' or '1000 iterations', "
          + "not the text '3 weeks'"
      ),
      (
        "losses: {dice: {weight: {}}}",
        "4:25 losses.dice.weight names no schedule (one of linear, cosine, step)"
      ),
      (
        "losses: {dice: {wieght: 1}}",
        "4:17 unknown key 'wieght' in loss dice (did you mean 'weight'?)"
      ),
      (
        "losses: {cross_entropy: {class_weights: median}}",
        "4:41 unknown class_weights 'median' (one of none, median_frequency)"
      ),
      (
        "losses: {cross_entropy: {class_weights: [1, -1, 1, 1]}}",
        "4:45 losses.cross_entropy.class_weights.1 must be at least 0, not -1"
      ),
      (
        "losses: {cross_entropy: {class_weights: [1, 2]}}",
        "4:41 loss cross_entropy: 2 weights are given for 4 classes"
      ),
      ("augmentation: [miror]", "7:16 unknown augmentation 'miror' (did you mean 'mirror'?)"),
      (
        "augmentation: [mirror, {rotate: {degrees: 181}}]",
        "7:43 augmentation.rotate.degrees must be in [0, 180] degrees, not 181"
      ),
      (
        "augmentation: {rotate: {border: wrap}}",
        "7:33 unknown border 'wrap' (one of mean, reflect)"
      ),
      (
        "augmentation: random_crop",
        "7:15 missing key 'size' in augmentation random_crop"
      ),
      (
        "augmentation: {random_crop: {size: [128, 64]}}",
        "7:36 augmentation.random_crop: a crop of 128×64 does not fit into 96×96"
      ),
      (
        "augmentation: {random_crop: {size: [64, 72]}}",
        "7:16 input 64×72 is not divisible by 16, as template unet needs (use 64×80)"
      ),
    ])
  func components(line: String, expected: String) {
    #expect(problems(line) == [expected])
  }

  @Test(
    "a weight may be scheduled, and comes back as it was",
    arguments: [
      (
        "{linear: {from: 1, to: 0.01, over: 20 epochs}}",
        LossWeight.scheduled(.linear, from: 1, to: 0.01, after: nil, over: .epochs(20))
      ),
      (
        "{cosine: {from: 0, to: 2, after: 100, over: 1 epoch}}",
        .scheduled(.cosine, from: 0, to: 2, after: .iterations(100), over: .epochs(1))
      ),
      ("{step: {from: 0, to: 1, at: 10 epochs}}", .step(from: 0, to: 1, at: .epochs(10))),
    ])
  func scheduledWeights(written: String, expected: LossWeight) throws {
    let read = try spec("losses: {dice: {weight: \(written)}}")
    #expect(read.losses.terms.map(\.weight) == [expected])
    #expect(read.trainingConfiguration(threads: 1).losses.map(\.weight) == [expected])
    let resolved = ResolvedSpec(read)
    let again = try ExperimentSpec(resolved: resolved.text, catalog: .sample)
    #expect(ResolvedSpec(again) == resolved)
  }

  @Test("losses may be a name, a mapping or a list of both; each has its weight")
  func lossForms() throws {
    for form in ["dice", "[dice]", "{dice: {}}", "[{dice: {weight: 1}}]"] {
      let losses = try spec("losses: \(form)").losses
      #expect(losses.canonical.text == #"[{"dice":{"squared":false,"weight":1.0}}]"#)
    }
  }

  @Test(
    "solver",
    arguments: [
      ("solver: SGD", ["5:9 solver must be a mapping of keys to values, not the text 'SGD'"]),
      ("solver: {base_lr: 1}", ["5:1 missing key 'type' in solver"]),
      ("solver: {type: adam, base_lr: 1}", ["5:16 unknown solver 'adam' (did you mean 'ADAM'?)"]),
      (
        "solver: {type: SGD, base_lr: 0, weight_decay: -1, momentum: 1}",
        [
          "5:30 solver.base_lr must be above 0, not 0",
          "5:47 solver.weight_decay must be at least 0, not -1",
          "5:61 solver.momentum must be in [0, 1), not 1",
        ]
      ),
      (
        "solver: {type: SGD, base_lr: 1e400}",
        ["5:30 solver.base_lr is 1e400, which is too large to count with"]
      ),
      (
        "solver: {type: SGD, base_lr: '1'}",
        ["5:30 solver.base_lr must be a number, not the text '1' (remove the quotes)"]
      ),
      (
        "solver: {type: SGD, base_lr: 1e-3x}",
        ["5:30 solver.base_lr must be a number, not the text '1e-3x'"]
      ),
      (
        "solver: {type: ADAM, base_lr: 1, momentum: 0.9}",
        [
          "5:34 unknown key 'momentum' in solver (type: ADAM) "
            + "(one of type, base_lr, weight_decay, clip_value, clip_norm, groups, "
            + "decay_norms_and_biases, iter_size, ema, swa, schedule)"
        ]
      ),
      (
        "solver: {type: SGD, base_lr: 1, schedule: poly}",
        ["5:43 missing key 'power' in schedule poly"]
      ),
      (
        "solver: {type: SGD, base_lr: 1, schedule: {poly: {power: 0}}}",
        ["5:58 solver.schedule.poly.power must be above 0, not 0"]
      ),
    ])
  func solver(line: String, expected: [String]) {
    #expect(problems(line) == expected)
  }

  @Test(
    "training, evaluation, checkpoints and limits",
    arguments: [
      ("training: {}", "6:1 missing key 'epochs' or 'iterations' in training"),
      (
        "training: {epochs: 1, iterations: 1}",
        "6:23 'iterations' and 'epochs' exclude each other in training (leave one of them out)"
      ),
      ("training: {epochs: 0}", "6:20 training.epochs must be from 1 to 100000000, not 0"),
      (
        "training: {epochs: 1, batch_size: 0}",
        "6:35 training.batch_size must be from 1 to 4096, not 0"
      ),
      (
        "training: {epochs: 1, precision: f16}",
        "6:34 unknown precision 'f16' (did you mean 'bf16'?)"
      ),
      (
        "training: {epochs: 1, precision: bf16, device: openblas}",
        """
        6:34 training.precision is bf16, but the device openblas computes in f32 alone \
        (leave precision or device out)
        """
      ),
      (
        "training: {epochs: 1, emulate: true}",
        """
        6:32 training.emulate is for precision: bf16 (leave it out: every processor has f32)
        """
      ),
      (
        "training: {epochs: 1, determinism: none}",
        "6:36 unknown determinism 'none' (one of machine, portable, fast)"
      ),
      (
        "training: {epochs: 1, recompute: 1}",
        "6:34 training.recompute must be true or false, not 1"
      ),
      (
        "training: {epochs: 1, device: cuda}",
        "6:31 unknown device 'cuda' (one of onednn, openblas)"
      ),
      (
        "evaluation: {every: 0}", "7:21 evaluation.every must be from 1 to 100000000, not 0"
      ),
      (
        "evaluation: {every: 2 weeks}",
        "7:21 evaluation.every must be like '1 epoch' or '1000 iterations', not the text '2 weeks'"
      ),
      (
        "evaluation: {every: 1.5 epochs}",
        """
        7:21 evaluation.every must be like '1 epoch' or '1000 iterations', not the text \
        '1.5 epochs'
        """
      ),
      (
        "evaluation: {metric: [dice]}",
        "7:14 unknown key 'metric' in evaluation (did you mean 'metrics'?)"
      ),
      (
        "checkpoints: {every: 100 steps}",
        """
        7:22 checkpoints.every must be evaluation, or like '1 epoch', '500 iterations' or \
        '10 minutes', not the text '100 steps'
        """
      ),
      (
        "checkpoints: {keep: {best: 2}}", "7:28 checkpoints.keep.best must be from 0 to 1, not 2"
      ),
      (
        "checkpoints: {keep: {last: 0}}",
        "7:28 checkpoints.keep.last must be 1, not 0"
      ),
      ("limits: {threads: 0}", "7:19 limits.threads must be from 1 to 1024, not 0"),
      (
        "limits: {cache_memory: 2 gigs}",
        "7:24 limits.cache_memory must be like '2 GB' or '512 MiB', not the text '2 gigs'"
      ),
      (
        "limits: {memory: 0}", "7:18 limits.memory must be at least 1 bytes, not 0"
      ),
      (
        "limits: {times: 6 h}",
        "7:10 unknown key 'times' in limits (did you mean 'time'?)"
      ),
    ])
  func training(line: String, expected: String) {
    #expect(problems(line) == [expected])
  }

  @Test(
    "checkpoints are as far apart as is written, whatever evaluations are",
    arguments: [
      ("evaluation", CheckpointInterval.evaluation, "evaluation"),
      ("5", .training(.epochs(5)), "5 epochs"),
      ("500 iterations", .training(.iterations(500)), "500 iterations"),
      ("10 minutes", .time(SpecDuration(seconds: 600)), "10 minutes"),
      ("90 s", .time(SpecDuration(seconds: 90)), "90 seconds"),
      ("1.5 h", .time(SpecDuration(seconds: 5400)), "90 minutes"),
      ("1 day", .time(SpecDuration(seconds: 86_400)), "1 day"),
    ])
  func intervals(written: String, expected: CheckpointInterval, text: String) throws {
    let spec = try #require(
      SampleSpecs.plan(
        SampleSpecs.minimal("evaluation: {every: 2}", "checkpoints: {every: \(written)}")
      ).trials.first
    ).spec
    #expect(spec.checkpoints.every == expected && expected.text == text)
    let again = try ExperimentSpec(resolved: ResolvedSpec(spec).text, catalog: .sample)
    #expect(again.checkpoints == spec.checkpoints)
  }

  @Test(
    "a time is above nothing and no more than a year",
    arguments: ["0 s", "400 days", "-1 h"])
  func times(written: String) {
    let problems = SampleSpecs.problems(SampleSpecs.minimal("checkpoints: {every: \(written)}"))
    #expect(problems.first?.contains("checkpoints.every must be evaluation, or like") == true)
  }

  @Test("a bare interval has the unit of the training")
  func units() throws {
    let text = SampleSpecs.minimal("training: {iterations: 100}", "evaluation: {every: 20}")
    let spec = try #require(SampleSpecs.plan(text).trials.first).spec
    #expect(spec.evaluation.every == .iterations(20))
    #expect(spec.checkpoints.every == .evaluation)
  }

  @Test(
    "bytes",
    arguments: [
      ("2 GB", 2_000_000_000), ("1.5 KiB", 1536), ("512", 512), ("7 B", 7), ("1 MiB", 1_048_576),
    ])
  func bytes(text: String, expected: Int) throws {
    #expect(try spec("limits: {cache_memory: \(text)}").limits.cacheMemory == expected)
    #expect(try spec("limits: {memory: \(text)}").limits.memory == expected)
  }

  @Test("limits are no part of what a trial is")
  func limits() throws {
    let trials = try ["", "limits: {memory: 8 GB}", "limits: {threads: 2, cache_memory: 1 GB}"]
      .map { try #require(SampleSpecs.plan(SampleSpecs.minimal + "\n" + $0).trials.first) }
    #expect(Set(trials.map(\.id)).count == 1)
    #expect(Set(trials.map(\.record.resolvedSpec)).count == 3)
  }

  @Test("what a template says about its input is shown at the field it names")
  func network() {
    #expect(
      SampleSpecs.problems(
        SampleSpecs.minimal(
          "template: {name: unet, depth: 6}",
          "data: {generated: {train: 1, validation: 1, size: [64, 64]}}"))
        == ["3:31 template unet: input 64×64 is too small for it"])
  }

  @Test("problems of one section do not hide those between others")
  func independentProblems() {
    let text = SampleSpecs.minimal(
      "solver: {type: SGD}", "losses: {cross_entropy: {class_weights: [1]}}",
      "training: {epochs: 3, early_stopping: {patience: 2 epochs, monitor: validation.kappa}}")
    #expect(SampleSpecs.problems(text).map { $0.prefix { $0 != " " } } == ["4:41", "5:1", "6:69"])
  }

  @Test("how images are resized is said beside their size, and is part of the trial")
  func interpolation() throws {
    func line(_ rest: String) -> String {
      "data: {train: t, validation: v, classes: [a, b]\(rest)}"
    }
    let plain = try spec(line(", size: [96, 96]")).data
    let linear = try spec(line(", size: [96, 96], interpolation: opencv_linear")).data
    #expect(plain.resizing == .antialiased && linear.resizing == .openCVLinear)
    #expect(
      try spec(line(", size: [96, 96], interpolation: antialiased")).data.canonical.text
        == plain.canonical.text)
    #expect(linear.canonical.text.contains(#""interpolation":"opencv_linear""#))
    #expect(
      problems(line(", interpolation: opencv_linear")) == [
        "2:65 data.interpolation says how images are resized (write data.size, or leave it out)"
      ])
  }
}
