extension SpecSection {
  /// `data` and the mappings within it.
  static let data = [
    SpecSection(
      "data", "Says which images and masks there are, and how they reach the network.",
      [
        .standard(
          "root", "path", "the spec's folder",
          "Lists and their entries are relative to this folder."),
        .required(
          "train", "path | pairs | list of sources",
          "The training samples: a list, one `image mask` a line, pairs by pattern, or several of these; not with `generated`."
        ),
        .required(
          "validation", "path | pairs | {NAME: path or pairs, …} | number in (0, 1) | section",
          "Lists, sets by name, a seeded fraction of the training list, or cross-validation folds; not with `generated`."
        ),
        .optional(
          "test", "path | pairs | {NAME: path or pairs, …}",
          "What neither trains nor validates, for `experiments evaluate --test`."),
        .optional(
          "generated", "section",
          "Scenes that the program draws itself, in place of `train`, `validation` and `classes`."),
        .required(
          "classes", "path | list of names",
          "The class names in the order of their ids; not with `generated`."),
        .optional(
          "class_colors",
          "camvid | cityscapes | pascal | path | list of [red, green, blue] | {NAME: [red, green, blue], …}",
          "The color of each class in masks, overlays and legends; it decides no result."),
        .optional(
          "values",
          "{VALUE or FROM-TO: class or ignore} | {threshold: integer} | binary | cityscapes_label_ids | reduce_zero_label",
          "Which class each value of a mask means, where masks do not hold class ids."),
        .optional(
          "colors", "path | pascal | {NAME: [red, green, blue], …}",
          "Which class each color of a mask means."),
        .standard(
          "ignore", "list of mask values or color names", "[]",
          "Pixels with these values count neither in training nor in evaluation."),
        .optional("size", "[height, width]", "Resizes every image and mask to this size."),
        .optional("crop", "[height, width]", "Cuts the center of this size out of every image."),
        .optional("patches", "section", "Cuts every image into patches, each of them a sample."),
        .standard(
          "interpolation", "antialiased | opencv_linear", "antialiased",
          "How `size` resizes images: as Pillow's bilinear filter or as OpenCV's INTER_LINEAR."),
        .standard(
          "channels", "integer in 1…64 | list of them", "3",
          "The channels of an image, or of each image where a sample has several; grey and RGB become each other."
        ),
        .optional("slices", "section", "Shows a slice of a volume together with its neighbors."),
        .optional(
          "axes", "letters, as czyx",
          "The axes of HDF5 and Zarr datasets: y, x, c for channels, others count slices."),
        .standard(
          "normalize", "dataset | imagenet | none | section", "dataset",
          "Which mean is subtracted from each channel and by which deviation it is divided."),
        .optional(
          "range", "[lower, upper] | section",
          "The values that become 0 and 1, for images of more than 8 bits."),
        .optional(
          "no_data", "nan | number", "Pixels with this value hold nothing and are ignored."),
        .optional(
          "roi", "path", "A folder with one mask an image; pixels that are 0 in it do not count."),
        .optional("sampling", "section", "Draws training samples with replacement."),
        .standard(
          "groups", "volumes | folder | none | path | section", "volumes",
          "What fractions and folds keep together, such as the images of one patient."),
      ]),
    SpecSection(
      "data.train",
      "Pairs images and masks by the names of their files; `validation` and `test` too.",
      [
        .required(
          "images", "pattern | list",
          "Where the images are: `*`, `?`, `**` for folders, `{jpg,png}`; further images of a sample as masks are written."
        ),
        .required(
          "masks", "path with placeholders | list",
          "Where an image's mask is: `{stem}`, `{name}`, `{folder}`, `{1}` for the first wildcard; a list is one a class."
        ),
        .optional("roi", "path with placeholders", "Where the mask of what counts is."),
        .standard(
          "unpaired", "refuse | skip", "refuse", "What is done with images that have no mask."),
        .optional(
          "list", "path", "A list file in place of patterns, where a source has a weight."),
        .optional(
          "weight", "number in (0, 1)",
          "The share of an epoch's draws, of one of several sources; those without share what is left."
        ),
      ]),
    SpecSection(
      "data.validation", "Parts the training list into folds, each of which validates in turn.",
      [
        .required(
          "folds", "integer in 2…1000", "The number of folds, and of trials for each point."),
        .optional(
          "fold", "integer", "The one fold to validate on; all of them where it is not written."),
      ]),
    SpecSection(
      "data.generated", "Describes scenes of simple shapes that need no download.",
      [
        .required("train", "integer in 1…100000", "The number of training samples."),
        .required("validation", "integer in 1…100000", "The number of validation samples."),
        .required("size", "[height, width]", "The size of the scenes in pixels."),
        .standard(
          "classes", "integer in 3…5", "4", "The number of classes, the background included."),
        .standard("seed", "integer at least 0", "1", "The seed that the scenes are drawn from."),
      ]),
    SpecSection(
      "data.patches", "Says how large images are cut up.",
      [
        .required("size", "[height, width]", "The size of a patch in pixels."),
        .standard("stride", "[height, width]", "size", "The distance between neighboring patches."),
        .standard(
          "least_labelled", "number in [0, 1]", "0",
          "Training leaves out patches of which a smaller part is labelled."),
        .optional(
          "balance", "{CLASS: share in (0, 1) or section, …}",
          "Which part of the draws is of patches that hold a class; the rest is of all patches."),
      ]),
    SpecSection(
      "data.patches.balance.CLASS", "Says how often patches that hold the class are drawn.",
      [
        .required("share", "number in (0, 1)", "The part of the draws."),
        .standard(
          "least", "number in [0, 1]", "0",
          "A patch holds the class where at least this part of its labelled pixels is of it."),
      ]),
    SpecSection(
      "data.slices", "Says which neighbors of a slice become further input channels (2.5D).",
      [
        .standard("before", "integer in 0…50", "0", "The number of slices before it."),
        .standard("after", "integer in 0…50", "0", "The number of slices after it."),
        .standard("spacing", "integer in 1…50", "1", "The distance from one of them to the next."),
      ]),
    SpecSection(
      "data.normalize", "Gives the mean and the standard deviation of each channel.",
      [
        .required("mean", "list of numbers", "The mean of each channel."),
        .required("std", "list of numbers above 0", "The standard deviation of each channel."),
      ]),
    SpecSection(
      "data.range", "Gives the range of image values, and what happens outside of it.",
      [
        .required("from", "number", "The value that becomes 0."),
        .required("to", "number", "The value that becomes 1."),
        .standard(
          "clip", "true or false", "false", "Moves values outside of the range to its ends."),
      ]),
    SpecSection(
      "data.sampling", "Says how training samples are drawn.",
      [
        .standard(
          "class_balanced", "true or false", "false",
          "Draws a sample more often the rarer its rarest class is."),
        .optional("samples_per_epoch", "integer", "The number of samples drawn for one epoch."),
      ]),
    SpecSection(
      "data.groups", "Finds the group of an image in its name.",
      [
        .required(
          "pattern", "regular expression", "Its first capture group names the image's group.")
      ]),
  ]
}
