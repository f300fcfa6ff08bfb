internal import Datasets
internal import Groundwork
internal import Tracking

extension DataSection: DeclaredSection {
  static let standard = DataSection(
    source: .lists(train: SampleSources(file: ""), validation: .fraction(0)), classes: .names([]),
    ignore: [], geometry: .original, stack: ImageStack(channels: 3), normalization: .dataset)

  static let about = "Says which images and masks there are, and how they reach the network."

  static let groups =
    [KeyGroup.atMostOne(["size", "crop", "patches", pointsKey])]
    + ["train", "validation", "classes", "values", "colors"].map { .atMostOne([generatedKey, $0]) }
    + [.atMostOne(["values", "colors"]), .atMostOne([generatedKey, "test"])]

  static let keys = keysOfFiles + keysOfClasses + keysOfImages + keysOfSamples

  private static let generatedKey = "generated"
  private static let pointsKey = "points"

  private static let keysOfFiles: [SpecKey<Self>] = [
    .optional(
      "root", \.root, .dataRoot, shown: "the spec's folder", decides: .place,
      "Lists and their entries are relative to this folder."),
    .required(
      "train", unless: generatedKey, \.train, .trainingSamples,
      "The training samples: a list, one `image mask` a line, pairs by pattern, or several of these; not with `generated`."
    ),
    .required(
      "validation", unless: generatedKey, \.validation, .validation,
      "Lists, sets by name, a seeded fraction of the training list, or cross-validation folds; not with `generated`."
    ),
    .optional(
      "test", \.test, .judgedSets, decides: .place,
      "What neither trains nor validates, for `experiments evaluate --test`."),
    .optional(
      generatedKey, \.generated, GeneratedScenes.form, isAlternative: true,
      "Scenes that the program draws itself, in place of `train`, `validation` and `classes`."),
  ]

  private static let keysOfClasses: [SpecKey<Self>] = [
    .required(
      "classes", unless: generatedKey, \.writtenClasses, .classes,
      "The class names in the order of their ids; not with `generated`."),
    .optional(
      ClassColours.key, \.writtenColours, .classColours, decides: .record,
      "The color of each class in masks, overlays and legends; it decides no result."),
    .optional(
      "values", \.values, .maskValues,
      "Which class each value of a mask means, where masks do not hold class ids."),
    .optional("colors", \.colours, .maskColours, "Which class each color of a mask means."),
    .standard(
      "ignore", \.ignored, .list(of: .ignored).called("list of mask values or color names"),
      "Pixels with these values count neither in training nor in evaluation."),
  ]

  private static let keysOfImages: [SpecKey<Self>] = [
    .optional("size", \.size, .size, "Resizes every image and mask to this size."),
    .optional("crop", \.crop, .size, "Cuts the center of this size out of every image."),
    .optional(
      "patches", \.patches, Patches.form, "Cuts every image into patches, each of them a sample."),
    .optional(
      pointsKey, \.points, .points, "Makes samples of files of points in place of images."),
    .standard(
      "interpolation", \.resizing, .choice(kind: "interpolation"), kept: .unlessStandard,
      "How `size` resizes images: as Pillow's bilinear filter or as OpenCV's INTER_LINEAR."),
    .standard(
      "channels", \.imageChannels, .imageChannels,
      "The channels of an image, or of each image where a sample has several; grey and RGB become each other."
    ),
    .optional(
      "slices", \.slices, ImageStack.Slices.form,
      "Shows a slice of a volume together with its neighbors."),
    .optional(
      "axes", \.axes, .volumeAxes,
      "The axes of HDF5 and Zarr datasets: y, x, c for channels, others count slices."),
    .standard(
      "normalize", \.normalization, .normalization,
      "Which mean is subtracted from each channel and by which deviation it is divided."),
    .optional(
      "range", \.range, .valueRange,
      "The values that become 0 and 1, for images of more than 8 bits."),
    .optional(
      "no_data", \.noData, .noData, "Pixels with this value hold nothing and are ignored."),
  ]

  private static let keysOfSamples: [SpecKey<Self>] = [
    .optional(
      "roi", \.roi, Form<String>.path.inIdentity { _ in nil },
      "A folder with one mask an image; pixels that are 0 in it do not count."),
    .optional(
      "sampling", \.sampling, DataConfiguration.Sampling.form,
      "Draws training samples with replacement."),
    .standard(
      "groups", \.groups, .groups, kept: .unlessStandard,
      "What fractions and folds keep together, such as the images of one patient."),
  ]

  mutating func check(_ keys: SpecMapping) {
    keys.refuse(
      "labels",
      remedy: "write task: multilabel at the top where a pixel may be of several classes")
    if !keys.has("size"), !keys.misread.contains("interpolation") {
      keys["interpolation"]?.report(
        .idleKey, "says how images are resized", remedy: "write data.size, or leave it out")
    }
    checkPoints(keys)
    if normalization == .imagenet, !imageChannels.allSatisfy({ $0 == 3 }) {
      keys["normalize"]?.report(
        .unfitChannels, "is imagenet, which is of RGB images: each has 3 channels in data.channels")
    }
    guard keys.has(Self.generatedKey) else { return }
    if imageChannels.count > 1 {
      keys["channels"]?.report(
        .unfitChannels, "names \(imageChannels.count) images, but generated scenes have one")
    }
    if let generated { classes = .names(generated.classNames) }
  }

  /// The part of the section that decides results: without where the data lies, which its digests say.
  var canonicalContent: CanonicalJSON { written(for: .identity(isSteered: false)) }
}

// MARK: - What keys hold

extension DataSection {
  private var train: SampleSources? {
    get { if case .lists(let train, _) = source { train } else { nil } }
    set {
      guard let newValue, case .lists(_, let validation) = source else { return }
      source = .lists(train: newValue, validation: validation)
    }
  }

  private var validation: Validation? {
    get { if case .lists(_, let validation) = source { validation } else { nil } }
    set {
      guard let newValue, case .lists(let train, _) = source else { return }
      source = .lists(train: train, validation: newValue)
    }
  }

  private var generated: GeneratedScenes? {
    get { if case .generated(let scenes) = source { scenes } else { nil } }
    set { if let newValue { source = .generated(newValue) } }
  }

  /// Those of scenes that are drawn follow from these.
  private var writtenClasses: Classes? {
    get { generated == nil ? classes : nil }
    set { if let newValue { classes = newValue } }
  }

  private var writtenColours: ClassColours? {
    get { classColours == .standard ? nil : classColours }
    set { classColours = newValue ?? .standard }
  }

  private var values: MaskSetting? {
    get { masks.isOfColours || masks == .classIDs ? nil : masks }
    set { if let newValue { masks = newValue } }
  }

  private var colours: MaskSetting? {
    get { masks.isOfColours ? masks : nil }
    set { if let newValue { masks = newValue } }
  }

  private var ignored: [IgnoredPixels] {
    get { ignore.map { .value($0) } + ignoredNames.map { .name($0) } }
    set {
      ignore = Set(newValue.compactMap(\.value)).sorted()
      ignoredNames = Set(newValue.compactMap(\.name)).sorted()
    }
  }

  private var size: Size? {
    get { if case .resize(let size) = geometry { size } else { nil } }
    set { if let newValue { geometry = .resize(newValue) } }
  }

  private var crop: Size? {
    get { if case .crop(let size) = geometry { size } else { nil } }
    set { if let newValue { geometry = .crop(newValue) } }
  }

  private var patches: Patches? {
    get { if case .patches(let patches) = geometry { patches } else { nil } }
    set { if let newValue { geometry = .patches(newValue) } }
  }

  private var imageChannels: [Int] {
    get { stack.images }
    set {
      stack = ImageStack(
        images: newValue, slices: stack.slices, axes: stack.axes, points: stack.points)
    }
  }

  private var points: PointSettings? {
    get { stack.points }
    set { if let newValue { stack = ImageStack(points: newValue) } }
  }

  private var slices: ImageStack.Slices? {
    get { stack.slices.count > 1 ? stack.slices : nil }
    set {
      stack = ImageStack(
        images: stack.images, slices: newValue ?? ImageStack.Slices(), axes: stack.axes,
        points: stack.points)
    }
  }

  private var axes: VolumeAxes? {
    get { stack.axes }
    set {
      stack = ImageStack(
        images: stack.images, slices: stack.slices, axes: newValue, points: stack.points)
    }
  }
}
