extension DiagnosticExplanation {
  /// What is run as it is written, and hardly meant.
  static let warnings = [
    DiagnosticExplanation(
      .lateTiming, "time that comes too late",
      why: """
        A warm-up, a step of a schedule, a change of a weight or a patience is longer than the training: it \
        does not come, or does not end.
        """,
      remedy: "Let it come earlier, or train longer.",
      wrong: "solver: {type: SGD, base_lr: 0.01, schedule: {poly: {}, warmup: 100 epochs}}",
      right: "solver: {type: SGD, base_lr: 0.01, schedule: {poly: {}, warmup: 1 epoch}}"),
    DiagnosticExplanation(
      .worseDirection, "search for the worst value",
      why:
        "An objective or early stopping prefers high values of a loss, or low values of a score.",
      remedy: "Write the other direction, or leave it out.",
      wrong: "sweep: {objective: {metric: validation.loss, direction: maximize}}",
      right: "sweep: {objective: {metric: validation.loss, direction: minimize}}"),
    DiagnosticExplanation(
      .foreignPreprocessing, "weights that know other images",
      why: """
        The weights were trained on images that were normalized otherwise or had their channels in another \
        order, so that they are worth less. Nothing fails.
        """,
      remedy: "Write normalize and input as the message says.",
      wrong: """
        data: {generated: {train: 8, validation: 2, size: [96, 96]}, normalize: none}
        weights: {from: unet.safetensors, finetune: true, preprocessing: imagenet}
        """,
      right: """
        data: {generated: {train: 8, validation: 2, size: [96, 96]}, normalize: imagenet}
        weights: {from: unet.safetensors, finetune: true, preprocessing: imagenet}
        """),
    DiagnosticExplanation(
      .idleSetting, "setting without effect",
      why:
        "The setting changes nothing with the others of this spec, and somebody may believe that it does.",
      remedy: "Leave it out, or write what it needs.",
      wrong: "solver: {type: SGD, base_lr: 0.01, ema: 0}",
      right: "solver: {type: SGD, base_lr: 0.01, ema: 0.5}"),
    DiagnosticExplanation(
      .unusualRate, "learning rate far from what the solver bears",
      why: """
        Each solver has rates with which it learns: those of ADAM lie far below those of SGD. One that is far \
        above them mostly diverges, one far below them hardly moves.
        """,
      remedy:
        "Write a rate in the range that the message names; 'experiments lr-range SPEC' suggests one.",
      wrong: "solver: {type: ADAM, base_lr: 1}",
      right: "solver: {type: ADAM, base_lr: 0.001}"),
    DiagnosticExplanation(
      .unevenRanks, "ranks with unequal work",
      why: """
        The batches of a step do not divide by the ranks that share them: in the last turn some ranks wait for \
        the others.
        """,
      remedy: "Write a number of ranks that divides solver.iter_size.",
      wrong: """
        solver: {type: SGD, base_lr: 0.01, iter_size: 3}
        training: {epochs: 3, batch_size: 2}
        limits: {ranks: 2}
        """,
      right: """
        solver: {type: SGD, base_lr: 0.01, iter_size: 3}
        training: {epochs: 3, batch_size: 2}
        limits: {ranks: 3}
        """),
    DiagnosticExplanation(
      .oddData, "data that may be a mistake",
      why:
        "A class is in no mask, masks have no labelled pixel, or the same image trains and validates.",
      remedy: "Look at the data: 'experiments data SPEC --html page.html' shows it.",
      wrong: Example(
        "data: {train: a.txt, validation: 0.5, classes: [sky, road, car]}", files: ["a.txt": pairs]),
      right: Example(
        "data: {train: a.txt, validation: 0.5, classes: [sky, road]}", files: ["a.txt": pairs])),
  ]
}
