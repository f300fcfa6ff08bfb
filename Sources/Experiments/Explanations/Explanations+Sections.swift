extension DiagnosticExplanation {
  /// Sections that are each right by themselves and do not go together.
  static let sections = [
    DiagnosticExplanation(
      .unfitSize, "images that the template cannot take",
      why: """
        A template halves its images again and again and puts the results together, so that height and width \
        are multiples of a number; some templates need images of a least size or number of channels.
        """,
      remedy: "Write the size that the message names, or a template of less depth.",
      wrong: "data: {generated: {train: 8, validation: 2, size: [100, 100]}}",
      right: "data: {generated: {train: 8, validation: 2, size: [112, 112]}}"),
    DiagnosticExplanation(
      .unfitAugmentation, "augmentation that cannot be applied",
      why:
        "A crop is larger than the images, or an augmentation stands where it cannot, or cannot move such labels.",
      remedy:
        "Make the crop smaller, or put the augmentations into the order that the message asks for.",
      wrong: "augmentation: [{random_crop: {size: [128, 128]}}]",
      right: "augmentation: [{random_crop: {size: [64, 64]}}]"),
    DiagnosticExplanation(
      .unknownClass, "class that there is not",
      why: "A setting names a class that data.classes does not name.",
      remedy: "Write one of the classes, or add it to data.classes.",
      wrong: "losses: {cross_entropy: {class_weights: {triangl: 2}}}",
      right: "losses: {cross_entropy: {class_weights: {triangle: 2}}}"),
    DiagnosticExplanation(
      .unfitClasses, "classes that do not make a task",
      why: """
        Where every pixel is of one class there are two or more of them; each has one name, which stands in \
        tables and file names.
        """,
      remedy:
        "Add background as the first class, or write task: multilabel; give each class a name of its own.",
      wrong: "data: {train: a.txt, validation: 0.5, classes: [sky]}",
      right: Example(
        "data: {train: a.txt, validation: 0.5, classes: [sky, road]}", files: ["a.txt": pairs])),
    DiagnosticExplanation(
      .unfitMasks, "masks that do not give the classes",
      why: """
        data.values, data.colors, data.ignore and data.class_colors say together which class a pixel of a mask \
        is of. They leave a class without a value, or say of one value or colour two things.
        """,
      remedy: "Let every class have a value or a colour, and every value or colour one class.",
      wrong:
        "data: {train: a.txt, validation: 0.5, classes: [sky, road], values: {0-3: sky, 2: road}}",
      right: Example(
        "data: {train: a.txt, validation: 0.5, classes: [sky, road], values: {0: sky, 1: road}}",
        files: ["a.txt": pairs])),
    DiagnosticExplanation(
      .unfitChannels, "channels that do not fit",
      why:
        "What is said of channels in several places, such as data.channels, data.normalize and data.train, differs.",
      remedy: "Write one number for each channel, or one pattern for each image of a sample.",
      wrong: """
        data: {train: a.txt, validation: 0.5, classes: [sky, road], channels: 1, normalize: imagenet}
        """,
      right: Example(
        """
        data: {train: a.txt, validation: 0.5, classes: [sky, road], channels: 3, normalize: imagenet}
        """, files: ["a.txt": pairs])),
    DiagnosticExplanation(
      .unfitLoss, "loss that does not fit",
      why:
        "The loss is for another task, looks at a head that the template has not, or has settings for other classes.",
      remedy: "Choose a loss of the task, or give the template the head.",
      wrong: "losses: {dice: {head: logit}}",
      right: "losses: {dice: {head: logits}}"),
    DiagnosticExplanation(
      .unfitMetric, "metric that does not fit the task",
      why: "The metric is computed from labels that the task does not have.",
      remedy: "Leave it out, or choose a metric of the task.",
      wrong: """
        task: multilabel
        data: {train: a.txt, validation: 0.5, classes: [sky, road]}
        losses: bce
        evaluation: {metrics: [ece]}
        """,
      right: "evaluation: {metrics: [ece]}"),
    DiagnosticExplanation(
      .untrainedHead, "head that no loss trains",
      why: "The template has a further output, whose parameters would stay as they were drawn.",
      remedy: "Add the loss that the message names, or leave the head out of the template.",
      wrong: "template: {name: enet, edge_head: true}",
      right: "template: enet\ndata: {generated: {train: 8, validation: 2, size: [96, 96]}}"),
    DiagnosticExplanation(
      .idlePattern, "pattern that fits nothing",
      why:
        "No parameter or layer of the network has a name that the pattern fits, so that it does nothing.",
      remedy:
        "'experiments network SPEC --operations' lists the names; * stands for any characters.",
      wrong: "solver: {type: SGD, base_lr: 0.01, groups: [{parameters: backbone*, lr_mult: 0.1}]}",
      right: "solver: {type: SGD, base_lr: 0.01, groups: [{parameters: encoder*, lr_mult: 0.1}]}"),
    DiagnosticExplanation(
      .missingSeries, "values that no evaluation has",
      why:
        "An objective, early stopping or a schedule goes by a series that the evaluations of this spec do not measure.",
      remedy: "Add the metric to evaluation.metrics, or name a series that there is.",
      wrong:
        "training: {epochs: 3, early_stopping: {patience: 2 epochs, monitor: validation.boundary_f1}}",
      right: """
        training: {epochs: 3, early_stopping: {patience: 2 epochs, monitor: validation.boundary_f1}}
        evaluation: {metrics: [boundary_f1]}
        """),
    DiagnosticExplanation(
      .unfitDevice, "device that cannot compute this",
      why:
        "Not every device has every precision and determinism, and not every processor has every device.",
      remedy: "Leave the setting or the device out.",
      wrong: "training: {epochs: 3, device: openblas, precision: bf16}",
      right: "training: {epochs: 3, device: openblas, precision: f32}"),
    DiagnosticExplanation(
      .unusableWeights, "weights that cannot be begun with",
      why:
        "The file or run cannot be found or read, has another content than its sha256, or does not fit the network.",
      remedy: "Correct weights.from; 'experiments weights FILE' shows what a file holds.",
      wrong: "weights: {from: vgg16.h5}",
      right: "template: unet"),
    DiagnosticExplanation(
      .unusableRun, "run that cannot be gone on from",
      why:
        "training.continues names a run that there is not, or that has no checkpoint to go on from.",
      remedy: "Name a finished run, as 'experiments ls' lists them.",
      wrong: "training: {epochs: 3, continues: shapes/1}",
      right: "training: {epochs: 3}"),
    DiagnosticExplanation(
      .unfitTask, "data that the task cannot use",
      why:
        "Scenes that the program draws have one class a pixel, and the task asks for every class by itself.",
      remedy: "Leave task out, or name lists of your own masks.",
      wrong: "task: multilabel",
      right: "task: semantic"),
    DiagnosticExplanation(
      .unfitBatch, "batch that cannot be trained on",
      why: """
        A batch is larger than the training data, or so small that a batch norm sees a single value of each \
        channel, whose variance is 0.
        """,
      remedy: "Write a training.batch_size between them, or larger images.",
      wrong: "training: {epochs: 3, batch_size: 16}",
      right: "training: {epochs: 3, batch_size: 8}"),
    DiagnosticExplanation(
      .excessiveMemory, "more memory than is allowed",
      why:
        "What the network and its batch need is known before anything runs, and it is more than limits.memory.",
      remedy:
        "Write a smaller batch or smaller images, training.recompute: true, or a higher limit.",
      wrong: "limits: {memory: 1 MB}",
      right: "limits: {memory: 100 GB}"),
    DiagnosticExplanation(
      .unreachedTiming, "time that the training does not reach",
      why:
        "The mean of the weights, which is what is kept of the training, would begin behind its end.",
      remedy: "Let it begin earlier, or train longer.",
      wrong: "solver: {type: SGD, base_lr: 0.01, swa: {from: 9 epochs}}",
      right: "solver: {type: SGD, base_lr: 0.01, swa: {from: 1 epoch}}"),
    DiagnosticExplanation(
      .moreRanksThanBatches, "more ranks than batches in a step",
      why: """
        The ranks of limits.ranks share the solver.iter_size batches of a step, which decide what is computed, \
        so that the number of ranks does not. There are more ranks than batches.
        """,
      remedy:
        "Write fewer ranks, or a larger solver.iter_size, and a training.batch_size that is smaller by as much.",
      wrong: "limits: {ranks: 2}",
      right: "limits: {ranks: 1}"),
  ]
}
