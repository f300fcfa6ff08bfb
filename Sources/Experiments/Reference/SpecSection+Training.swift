internal import Groundwork

extension SpecSection {
  /// How long it is trained, how it is judged and what is kept.
  static let training = [
    SpecSection(
      "training", "Says how long training lasts and how it is computed.",
      [
        .optional(
          "epochs", "integer", "The number of epochs; either this or `iterations` is required."),
        .optional("iterations", "integer", "The number of steps."),
        .standard("batch_size", "integer in 1…4096", "4", "The number of samples in a batch."),
        .standard("device", "onednn | openblas", "onednn", "What computes the network."),
        .standard("precision", "f32 | bf16", "f32", "The precision of activations."),
        .standard(
          "determinism", "machine | portable | fast", "machine",
          "What may differ while the resulting bytes stay the same."),
        .standard(
          "emulate", "true or false", "false",
          "Computes bf16 slowly on a processor that has no instructions for it."),
        .standard(
          "recompute", "true or false", "false",
          "Saves memory by computing activations again in the backward pass."),
        .standard(
          "frozen_batch_norm", "true | false | list of patterns", "false",
          "Normalizes with the running statistics in training too, in all batch norms or those that a "
            + "pattern names, and leaves the statistics as they are; scale and shift learn unless "
            + "`weights.freeze` names them."),
        .optional(
          "early_stopping", "section",
          "Ends training when a series of the evaluations has stopped getting better."),
        .optional(
          "continues", "run",
          "Goes on from the end of a recorded run, with the state of its optimizer; the end says how long "
            + "both are together."),
      ]),
    SpecSection(
      "training.early_stopping",
      "Says how long training goes on without a better evaluation; part of a trial's id.",
      [
        .required(
          "patience", "N epochs | N iterations | N evaluations",
          "Training ends with the first evaluation at which this has passed since the best one."),
        .standard(
          "monitor", seriesNames, "the metric of sweep.objective",
          "The series that is to get better."),
        .standard(
          "min_delta", "number at least 0", "0",
          "A value counts as better where it is better than the best by more than this."),
        .standard(
          "direction", "maximize | minimize", "the objective's or the series' own",
          "Which values are better."),
      ]),
    SpecSection(
      "evaluation", "Says how often the validation set is judged, and by what.",
      [
        .standard(
          "every", "iterations | N epochs", "1 epoch", "The time from one evaluation to the next."),
        .standard("batch_size", "integer in 1…4096", "4", "The number of images in a batch."),
        .standard(
          "metrics", "list of metrics", "[]", "Metrics besides those that are always recorded."),
        .standard(
          "postprocessing", "list of postprocessings", "[]",
          "What is done to predictions before they are judged or written, in this order."),
        .standard(
          "absent_classes", "cityscapes | camvid | pascal | present", "cityscapes",
          "What a mean over classes makes of a class that does not occur."),
        .standard(
          "worst_images", "integer in 0…1000", "5 where metrics are named, else 0",
          "The number of images with the worst metric values that are recorded by name."),
        .optional(
          "test_time_augmentation", "section",
          "Judges the mean prediction over several forms of each image."),
        .optional(
          "previews", "integer in 1…16 | list of image names | section",
          "The validation images whose predictions are kept in every evaluation."),
        .standard(
          "histograms", "true or false", "false",
          "Records how the values of every parameter are distributed, and the norm of its gradient."
        ),
      ]),
    SpecSection(
      "evaluation.previews", "Says which images are looked at, and which part of them.",
      [
        .standard(
          "images", "integer in 1…16 | list of image names", "4",
          "How many, spread evenly over the list, or which, as the list writes them."),
        .optional(
          "region", "[y, x, height, width]", "The part of each image that is kept, in pixels."),
        .optional(
          "unlabelled", "path | list of paths",
          "Images without masks that are looked at too: files, folders, list files; at most 16."),
      ]),
    SpecSection(
      "evaluation.test_time_augmentation", "Says in which forms the network sees an image.",
      [
        .standard(
          "mirror", "none | horizontal | vertical | both", "none", "Adds mirrored forms."),
        .standard(
          "rotate90", "true or false", "false", "Adds forms turned by quarters; for square images."),
        .standard(
          "scales", "list of numbers in [0.25, 4]", "[1]", "Adds forms resized by these factors."),
      ]),
    SpecSection(
      "checkpoints", "Says how often the weights are kept.",
      [
        .standard(
          "every", "iterations | N epochs", "evaluation.every", "A multiple of `evaluation.every`."),
        .optional("keep", "section", "Which checkpoints stay."),
      ]),
    SpecSection(
      "checkpoints.keep", "Says which checkpoints stay.",
      [
        .standard("best", "0 | 1", "1", "The checkpoint with the best objective."),
        .standard(
          "last", "1", "1", "The latest checkpoint, from which an interrupted run goes on."),
      ]),
    SpecSection(
      "limits",
      "Limits what one trial uses of the machine, and what time a sweep takes; limits do not change a trial's id.",
      [
        .optional(
          "threads", "integer in 1…1024", "The number of threads; chosen where not written."),
        .optional("memory", "bytes, such as 8 GB", "A trial that would need more is refused."),
        .standard(
          "cache_memory", "bytes", "2 GiB, at most half of `memory`",
          "The memory for decoded images; 0 keeps none."),
        .optional(
          "total_time", "time, such as 6 h",
          "The time after which a run of the sweep begins no trial; those that train stop with their next "
            + "evaluation, and the same command goes on."),
      ]),
  ]

  /// The series that a training can be judged or steered by.
  private static let seriesNames =
    "training.loss | validation.loss | validation.METRIC | validation.METRIC.CLASS"

  /// What is varied.
  static let sweep = [
    SpecSection(
      "sweep", "Says which settings vary and which run is best.",
      [
        .standard(
          "method", Registry.samplers.names.joined(separator: " | "), "grid",
          "How the points are chosen; each method has fields of its own."),
        .optional(
          "parameters", "{PATH: values, …}",
          "What varies: a list of values, or one of {choice: […]}, {range: [LOW, HIGH], step: …}, "
            + "{log_range: [LOW, HIGH]}, {uniform: [LOW, HIGH], step: …} and {log_uniform: [LOW, HIGH]}, "
            + "each with an optional when: CONDITION; for every method but list."),
        .optional(
          "zip", "{NAME: {PATH: list, …}, …}",
          "Paths whose values move together; for every method but list."),
        .optional(
          "require", "condition or list of them",
          "What every point meets, as in template.base_channels * training.batch_size <= 256; for every "
            + "method but list."),
        .optional(
          "start", "list of {PATH: value, …}",
          "Points to begin with; for methods that draw points."),
        .optional(
          "points", "list of {PATH: value, …}, or the path of a CSV file",
          "The points themselves; for the method list."),
        .optional(
          "pruner", Registry.pruners.names.joined(separator: " | ") + ", or a list of them",
          "What ends trials before their time, NAME or NAME: {…} with its fields; of a list the one that "
            + "ends a trial first."),
        .standard(
          "objective", "section", "highest mean IoU", "What makes one run better than another."),
        .standard(
          "seeds", "integer in 1…1000", "1",
          "The number of trials of each point, each with its own seed."),
      ]),
    SpecSection(
      "sweep.objective", "Names the metric value that runs are ranked by.",
      [
        .standard(
          "metric", seriesNames, "validation.mean_iou", "The metric."),
        .standard(
          "direction", "maximize | minimize", "the metric's own", "Which values are better."),
      ]),
  ]
}
