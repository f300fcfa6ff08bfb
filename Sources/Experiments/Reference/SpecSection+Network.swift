extension SpecSection {
  /// What is trained: the network, its losses and its solver.
  static let network = [
    SpecSection(
      "template", "Names the network architecture; its own fields stand beside the name.",
      [
        .required("name", "NAME", "One of the templates below. `template: enet` is short for it."),
        .optional(
          "initialization",
          "he_normal | he_uniform | glorot_normal | glorot_uniform | lecun_normal | orthogonal",
          "How the weights of convolutions begin, in place of the template's own way; those that begin as "
            + "interpolation or as zeros stay so."),
        .optional(
          "layers", "list of layers", "A network of your own, in place of a name: see Layers."),
      ]),
    SpecSection(
      "template.layers.NAME",
      "Holds the settings of one layer; its own fields stand beside these keys. A layer without settings "
        + "is its name alone, and one setting may be written in place of all: `dropout: 0.1`.",
      [
        .optional(
          "as", "word",
          "Names the output, so that later layers can read it, and the layer's parameters."),
        .optional(
          "from", "name of a value",
          "Reads this value in place of the previous layer's output; `input` is the image."),
      ]),
    SpecSection(
      "weights",
      "Names trained weights to begin with, and says how they are used. "
        + "`experiments weights FILE SPEC` shows what of a file fits.",
      [
        .required(
          "from", "path | RUN | RUN@best | RUN@last",
          "A file of weights; or where there is none, the best or last checkpoint of a recorded run."
        ),
        .optional(
          "sha256", "64 hexadecimal digits",
          "The content that the file must have; it is computed where it is left out."),
        .standard(
          "finetune", "true or false", "false",
          "Begins anew what depends on the number of classes."),
        .standard("freeze", "list of patterns", "[]", "The parameters that stay as they begin."),
        .optional(
          "lr_mult", "patterns and numbers at least 0",
          "Multiplies the learning rate of the parameters that a pattern names."),
        .optional("map", "names and names", "The file's name of a layer, by the network's."),
        .optional(
          "preprocessing", "imagenet | caffe | tf | tf_lite | none",
          "How the images were prepared that the weights were trained on, where the file and the encoder "
            + "do not tell; a warning says where `data.normalize` does otherwise."),
        .standard(
          "input", "keep | rgb_to_bgr", "keep",
          "Turns the first layer around for images whose channels come in the other order."),
      ]),
    SpecSection(
      "losses.NAME", "Holds the settings of one loss; its own fields stand beside them.",
      [
        .standard(
          "weight", "number at least 0 | section", "1", "What the loss counts for in the sum."),
        .optional("head", "name", "The head of the network that the loss judges."),
      ]),
    SpecSection(
      "losses.NAME.weight", "Changes the weight of a loss during training.",
      [
        .optional("linear", "section", "Moves the weight along a straight line."),
        .optional("cosine", "section", "Moves the weight along half a cosine."),
        .optional("step", "section", "Changes the weight at once."),
      ]),
    SpecSection(
      "losses.NAME.weight.linear", "Describes a gradual change; `cosine` has the same keys.",
      [
        .required("from", "number at least 0", "The weight before the change."),
        .required("to", "number at least 0", "The weight after the change."),
        .optional("after", "iterations | N epochs", "The time at which the change begins."),
        .required("over", "iterations | N epochs", "The time that the change takes."),
      ]),
    SpecSection(
      "losses.NAME.weight.step", "Describes a change at one time.",
      [
        .required("from", "number at least 0", "The weight before the change."),
        .required("to", "number at least 0", "The weight after the change."),
        .required("at", "iterations | N epochs", "The time of the change."),
      ]),
    SpecSection(
      "solver", "Names the solver; its own fields stand beside these keys.",
      [
        .required("type", "NAME", "One of the solvers below."),
        .required("base_lr", "number above 0", "The learning rate that the schedule starts from."),
        .standard("weight_decay", "number at least 0", "0", "The strength of the weight decay."),
        .optional("clip_value", "number above 0", "Limits every single gradient to ± this value."),
        .optional("clip_norm", "number above 0", "Limits the norm of all gradients together."),
        .standard(
          "groups", "list of sections", "[]", "Rates and decays that hold for some parameters."),
        .standard(
          "decay_norms_and_biases", "true or false", "true",
          "Applies weight decay to normalization parameters and biases too."),
        .standard(
          "iter_size", "integer in 1…1000", "1",
          "The number of batches whose gradients are averaged for one step."),
        .optional(
          "ema", "number in [0, 1) | section",
          "Evaluates and keeps an exponential moving average of the weights."),
        .optional("swa", "section", "Evaluates and keeps a mean of the weights of late epochs."),
        .standard("schedule", "NAME, or section", "fixed", "How the learning rate changes."),
      ]),
    SpecSection(
      "solver.groups", "Describes one parameter group; at least one multiplier must be written.",
      [
        .required(
          "parameters", "pattern", "The names of the parameters; `*` stands for any characters."),
        .standard("lr_mult", "number at least 0", "1", "Multiplies the learning rate."),
        .standard("decay_mult", "number at least 0", "1", "Multiplies the weight decay."),
      ]),
    SpecSection(
      "solver.ema", "Describes an exponential moving average.",
      [
        .required("decay", "number in [0, 1)", "The part of the average that each step keeps."),
        .standard(
          "ramp", "true or false", "false", "Starts with smaller decays, for short training."),
      ]),
    SpecSection(
      "solver.swa", "Describes stochastic weight averaging.",
      [
        .required("from", "iterations | N epochs", "The time of the first weights in the mean."),
        .standard("every", "iterations | N epochs", "1 epoch", "The time from one to the next."),
        .standard(
          "update_statistics", "true or false", "false",
          "Estimates batch norm's statistics anew before each evaluation."),
      ]),
    SpecSection(
      "solver.schedule", "Holds one schedule, by its name, and the warmup beside it.",
      [
        .optional(
          "warmup", "iterations | N epochs | section",
          "Multiplies the schedule's rates by a factor that rises to 1.")
      ]),
    SpecSection(
      "solver.schedule.warmup", "Describes the warmup.",
      [
        .required("over", "iterations | N epochs", "The time until the factor is 1."),
        .standard("start_factor", "number in [0, 1]", "0.1", "The factor at the first step."),
      ]),
  ]
}
