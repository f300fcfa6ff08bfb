extension DiagnosticExplanation {
  /// What is varied, and how.
  static let sweeps = [
    DiagnosticExplanation(
      .noTrials, "sweep of no values",
      why:
        "A hyperparameter without values, a group without paths or a list without points leaves no trial.",
      remedy: "Write a value at least, or leave the hyperparameter out.",
      wrong: "sweep: {parameters: {solver.base_lr: []}}",
      right: "sweep: {parameters: {solver.base_lr: [0.1, 0.01]}}"),
    DiagnosticExplanation(
      .unsweepablePath, "path that cannot be swept",
      why:
        "It is no path, or what it leads to is the same for all trials: names, limits and the sweep itself.",
      remedy: "Leave it out.",
      wrong: "sweep: {parameters: {experiment: [a, b]}}",
      right: "sweep: {parameters: {seed: [1, 2]}}"),
    DiagnosticExplanation(
      .sweptTwice, "value that is swept twice",
      why:
        "Two hyperparameters set the same value, or one sets what holds the other: one would undo the other.",
      remedy: "Leave one out, or write whole mappings as values.",
      wrong: """
        sweep: {parameters: {template: [unet, enet], template.depth: [2, 3]}}
        """,
      right: "sweep: {parameters: {template: [{name: unet, depth: 2}, {name: unet, depth: 3}]}}"),
    DiagnosticExplanation(
      .tooManyTrials, "more trials than are allowed",
      why: "A plan is made of all trials before the first runs, and has 10000 at most.",
      remedy: "Vary less, split the sweep, or choose a method that draws some of the points.",
      wrong: "sweep: {parameters: {seed: {range: [1, 20000]}}}",
      right: "sweep: {method: random, trials: 3, parameters: {seed: {range: [1, 20000]}}}"),
    DiagnosticExplanation(
      .sameTrial, "trial that is there twice",
      why: "Two points of the sweep, or two folds, decide the same result: they would be one run.",
      remedy: "Leave one of the values out.",
      wrong: "sweep: {parameters: {solver.base_lr: [0.1, 0.10]}}",
      right: "sweep: {parameters: {solver.base_lr: [0.1, 0.01]}}"),
    DiagnosticExplanation(
      .endlessGrid, "grid of values without end",
      why: "A grid tries every value, and between two numbers there is no end of them.",
      remedy: "Write a step or a list, or choose a method that draws points.",
      wrong: "sweep: {parameters: {solver.base_lr: {uniform: [0.1, 0.2]}}}",
      right: "sweep: {parameters: {solver.base_lr: {uniform: [0.1, 0.2], step: 0.05}}}"),
    DiagnosticExplanation(
      .unequalValues, "values that move together and are not as many",
      why: "In a group of zip each row takes one value of every path.",
      remedy: "Write as many values for each path.",
      wrong: "sweep: {zip: {rates: {solver.base_lr: [0.1, 0.01], solver.momentum: [0.9]}}}",
      right: "sweep: {zip: {rates: {solver.base_lr: [0.1, 0.01], solver.momentum: [0.9, 0.95]}}}"),
    DiagnosticExplanation(
      .unfitCondition, "condition that cannot be understood",
      why: """
        What stands behind when or require is no comparison, names what is neither swept nor written, or \
        compares what cannot be compared.
        """,
      remedy: "Write it as in solver.type == SGD and solver.base_lr <= 0.1.",
      wrong: "sweep: {parameters: {solver.base_lr: [0.1, 0.01]}, require: solver.base_lr is small}",
      right: "sweep: {parameters: {solver.base_lr: [0.1, 0.01]}, require: solver.base_lr <= 0.2}"),
    DiagnosticExplanation(
      .unmetCondition, "condition that leaves nothing",
      why: "No point, or hardly one, meets what the conditions of the sweep ask for.",
      remedy: "Leave a condition out, or add values that meet it.",
      wrong: "sweep: {parameters: {solver.base_lr: [0.1, 0.01]}, require: solver.base_lr > 1}",
      right: "sweep: {parameters: {solver.base_lr: [0.1, 0.01]}, require: solver.base_lr > 0.001}"),
    DiagnosticExplanation(
      .unfitStart, "starting point that the sweep does not have",
      why: "A point of start has a value that the sweep could not choose.",
      remedy: "Write one of the values, or widen the hyperparameter.",
      wrong: """
        sweep: {method: random, trials: 2, parameters: {solver.base_lr: {uniform: [0.1, 0.2]}}, start: [{solver.base_lr: 1}]}
        """,
      right: """
        sweep: {method: random, trials: 2, parameters: {solver.base_lr: {uniform: [0.1, 0.2]}}, start: [{solver.base_lr: 0.15}]}
        """),
    DiagnosticExplanation(
      .unusablePoints, "file of points that cannot be used",
      why:
        "sweep.points names a CSV file that cannot be read, has no points, or has lines of unequal length.",
      remedy: "Write paths in the first line, and a value for each of them in every other.",
      wrong: Example(
        "sweep: {method: list, points: points.csv}", files: ["points.csv": "solver.base_lr\n"]),
      right: Example(
        "sweep: {method: list, points: points.csv}",
        files: ["points.csv": "solver.base_lr\n0.1\n0.01\n"])),
    DiagnosticExplanation(
      .unfitRange, "range that is none",
      why:
        "A range has two ends, the smaller first; those of logarithmic ranges are above 0, and a step fits between them.",
      remedy: "Write both ends, as in uniform: [0.1, 0.2].",
      wrong:
        "sweep: {method: random, trials: 2, parameters: {solver.base_lr: {uniform: [0.2, 0.1]}}}",
      right:
        "sweep: {method: random, trials: 2, parameters: {solver.base_lr: {uniform: [0.1, 0.2]}}}"),
    DiagnosticExplanation(
      .unfitPruner, "pruner that cannot compare these trials",
      why: """
        A pruner compares trials after equal lengths of training. It asks for lengths at which there is no \
        evaluation, that no trial reaches, or that the trials do not have in common.
        """,
      remedy:
        "Write min and evaluation.every in the unit of the training, min as a multiple of every.",
      wrong: """
        sweep: {pruner: {asha: {min: 9 epochs}}, parameters: {solver.base_lr: [0.1, 0.01]}}
        """,
      right: """
        sweep: {pruner: {asha: {min: 1 epoch}}, parameters: {solver.base_lr: [0.1, 0.01]}}
        """),
    DiagnosticExplanation(
      .unfitMethod, "method that cannot search this space",
      why:
        "Some methods have a largest number of dimensions, or need numbers where the space has choices.",
      remedy: "Choose tpe or random, or vary less.",
      wrong: "sweep: {method: cma_es, trials: 8, parameters: {template.depth: [2, 3]}}",
      right: "sweep: {method: tpe, trials: 8, parameters: {template.depth: [2, 3]}}"),
  ]
}
