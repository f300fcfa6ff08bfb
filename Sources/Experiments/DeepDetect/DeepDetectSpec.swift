/// A spec made of the settings of a training call.
struct DeepDetectSpec {
  private(set) var name = "deepdetect"
  /// The keys of the spec, each with the lines that it takes.
  private var lines: [String] = []
  /// What the call does not say, and what means something else here.
  private(set) var notes: [String] = []
  /// What has no counterpart, with the reason.
  private(set) var leftOut: [String] = []
  var settings: DeepDetectSettings
  /// The learning rate that is written.
  var rate = 0.001

  init(_ settings: DeepDetectSettings) {
    self.settings = settings
    write()
    for setting in self.settings.left {
      leftOut.append(
        "\(DeepDetectReasons.short(setting.path)): \(setting.value.description) (line \(setting.line)): "
          + DeepDetectReasons.reason(setting))
    }
  }

  /// - Parameter origin: the command that makes it.
  func text(origin: String) -> String {
    var head = SpecComment.lines("Made by \(origin).")
    func list(_ title: String, _ items: [String]) {
      guard !items.isEmpty else { return }
      head += SpecComment.lines(title)
      for item in items { head += SpecComment.lines("- \(item.printable)", hanging: "  ") }
    }
    list("To look at:", notes)
    list("What has no counterpart and was left out:", leftOut)
    return (head + [""] + lines).joined(separator: "\n") + "\n"
  }

  mutating func note(_ text: String) { notes.append(text) }

  private mutating func add(_ text: String, _ comment: String = "") {
    lines += SpecComment.lines(text, behind: comment)
  }

  /// A mapping on one line, or on a line for each key where it is too long.
  private mutating func add(wrapped section: (key: String, fields: [String])) {
    let line = "\(section.key): {\(section.fields.joined(separator: ", "))}"
    guard line.count > SpecComment.widest else { return add(line) }
    add("\(section.key):")
    for field in section.fields { add("  \(field)") }
  }

  private mutating func write() {
    let service = settings.text("service")
    name = ImportOptions.experiment(service ?? "deepdetect")
    add("experiment: \(StarterSpec.quoted(name))")
    if let about = settings.text("description"), !about.isEmpty {
      add("about: \(StarterSpec.quoted(about))")
    }
    add("seed: \(max(0, settings.integer("input.seed") ?? settings.integer("seed") ?? 1))")
    add("")
    writeData()
    add("")
    writeNetwork()
    add(losses)
    add(wrapped: solver)
    writeAugmentation()
    add("")
    writeTraining()
  }
}

// MARK: - Data

extension DeepDetectSpec {
  private mutating func writeData() {
    add("data:")
    var lists = settings.take("data")?.value.elements ?? []
    for number in 0..<2 {
      if let list = settings.take("data.\(number)")?.value { lists.append(list) }
    }
    let paths = lists.compactMap(\.text)
    add(
      "  train: \(StarterSpec.quoted(paths.first ?? "train.txt"))",
      paths.isEmpty ? "the call names no list" : "")
    writeValidation(paths.count > 1 ? paths[1] : nil)
    if paths.count > 2 {
      note(
        "further lists are no part of the training: \(paths[2...].joined(separator: ", ")); name them in data.test"
      )
    }
    let count = min(max(2, classCount), 1000)
    let names = (0..<count).map { "class_\($0)" }.joined(separator: ", ")
    add("  classes: [\(names)]", "give them their names, or name a file such as corresp.txt")
    if let ignored = settings.integer("ignore_label") {
      add("  ignore: [\(ignored)]", "ignore_label")
    }
    writeSize()
    let isGray = settings.bool("bw") ?? false
    if isGray { add("  channels: 1", "bw") }
    let normalize = normalization(channels: isGray ? 1 : 3)
    add("  normalize: \(normalize.yaml)", normalize.about)
  }

  private mutating func writeValidation(_ list: String?) {
    let split = settings.number("test_split") ?? settings.number("tsplit")
    if let list {
      add("  validation: \(StarterSpec.quoted(list))")
      if let split, split > 0 { note("test_split \(split) is not needed: a list validates") }
    } else if let split, split > 0, split < 1 {
      add("  validation: \(SpecComment.digits(split))", "test_split, drawn by the seed")
    } else {
      add("  validation: 0.2", "the call names no list to test on: a fifth of the training list")
    }
  }

  private var classCount: Int {
    mutating get {
      if let count = settings.integer("nclasses") { return count }
      note("the call says no nclasses: two classes are written")
      return 2
    }
  }

  private mutating func writeSize() {
    let (height, width) = (settings.integer("height"), settings.integer("width"))
    if let height, let width, height > 0, width > 0 {
      add("  size: [\(height), \(width)]", "height, width")
    } else {
      let side = height ?? width
      add(
        "  size: [\(side ?? 227), \(side ?? 227)]",
        side == nil ? "DeepDetect's own, since the call says none" : "the call says one of both")
    }
  }

  /// Caffe's (x − mean) · scale of values in 0…255, or where there is a deviation, or a mean in 0…1, Torch's
  /// (x · scale − mean) / std.
  private mutating func normalization(channels: Int) -> (yaml: String, about: String) {
    func numbers(_ path: String) -> [Double]? {
      settings.take(path) { value in
        let numbers = value.elements.compactMap(\.number)
        return numbers.isEmpty || numbers.count < value.elements.count ? nil : numbers
      }
    }
    let scale = numbers("scale")?.first
    let (mean, deviation) = (numbers("mean"), numbers("std"))
    guard mean != nil || deviation != nil || scale != nil else {
      return ("dataset", "the call says neither mean nor scale")
    }
    func all(_ values: [Double]?, _ standard: Double) -> [Double] {
      let values = values ?? [standard]
      return (0..<channels).map { values[min($0, values.count - 1)] }
    }
    guard scale ?? 1 > 0 else { return ("dataset", "a scale of \(scale ?? 0) is none") }
    let isCaffe = deviation == nil && (mean ?? [0]).contains { $0 > 2 }
    let factor = isCaffe ? 255 : 255 * (scale ?? 1)
    func text(_ values: [Double]) -> String {
      "[\(values.map { SpecComment.number($0 / factor) }.joined(separator: ", "))]"
    }
    let deviations = isCaffe ? all([1 / (scale ?? 1)], 1) : all(deviation, 1)
    guard deviations.allSatisfy({ $0 > 0 }) else { return ("dataset", "a deviation of 0 is none") }
    if isCaffe, channels == 3, Set(mean ?? []).count > 1 {
      note(
        "mean is taken in the order red, green, blue; Caffe's order is blue, green, red: turn it around if so"
      )
    }
    return (
      "{mean: \(text(all(mean, 0))), std: \(text(deviations))}",
      "mean, std and scale, of values in 0…1"
    )
  }
}

// MARK: - Network

extension DeepDetectSpec {
  private mutating func writeNetwork() {
    let names = ComponentCatalog.standard.templates.names
    let asked = settings.text("template")?.lowercased()
    let template: String
    if let asked, names.contains(asked) {
      template = asked
    } else if let asked, let same = Self.templates[asked] {
      template = same
      note("template \(asked) is \(same) here")
    } else {
      template = "unet"
      note(
        asked.map {
          "there is no template \($0): unet stands in its place; experiments components lists all"
        }
          ?? "the call says no template: unet stands in its place")
    }
    add("template: \(template)")
    let file = settings.text("weights")
    let finetunes = settings.bool("finetuning") ?? settings.bool("finetune") ?? false
    guard let file, !file.isEmpty else {
      if finetunes {
        note(
          "finetuning goes on from weights, and the call names none: write weights: {from: FILE, finetune: true}"
        )
      }
      return
    }
    let isCaffe = file.hasSuffix(".caffemodel")
    add(
      "weights: {from: \(StarterSpec.quoted(file))\(finetunes ? ", finetune: true" : "")"
        + "\(isCaffe ? ", input: rgb_to_bgr" : "")}",
      isCaffe ? "Caffe's channels are blue, green, red" : "")
  }

  private static let templates = [
    "deeplabv3_resnet50": "deeplabv3", "deeplabv3_resnet101": "deeplabv3",
    "deeplab": "deeplab_vgg16",
    "fcn_resnet50": "fcn8s", "fcn_resnet101": "fcn8s", "pspnet": "pspnet_50",
    "pspnet_resnet50": "pspnet_50",
    "pspnet_resnet101": "pspnet_101", "se-net": "se_net",
  ]

  private var losses: String {
    mutating get {
      let asked = (settings.text("loss") ?? "").lowercased()
      let weights: [Double]? = settings.take("class_weights") { value in
        let numbers = value.elements.compactMap(\.number)
        return numbers.isEmpty || numbers.count < value.elements.count ? nil : numbers
      }
      let list = weights.map { "[\($0.map(SpecComment.number).joined(separator: ", "))]" }
      switch asked {
      case "", "softmax", "ce", "cross_entropy":
        return "losses: "
          + (list.map { "[{cross_entropy: {class_weights: \($0)}}]" } ?? "[cross_entropy]")
      case "dice", "dice_multiclass", "dice_weighted", "dice_weighted_batch", "dice_weighted_all":
        if list != nil { note("class_weights \(list ?? "") do not count beside a Dice loss here") }
        if asked == "dice_weighted_all" {
          note(
            "dice_weighted_all counts pixels over all batches: dice_weighted_batch, over one, stands in its place"
          )
        }
        let name =
          ["dice": "dice_multiclass", "dice_weighted_all": "dice_weighted_batch"][asked] ?? asked
        return "losses: [{\(name): {mvn: true}}]"
      case "focal":
        return "losses: [focal]"
      default:
        note("there is no loss '\(asked)': cross_entropy stands in its place")
        return "losses: "
          + (list.map { "[{cross_entropy: {class_weights: \($0)}}]" } ?? "[cross_entropy]")
      }
    }
  }
}

// MARK: - Training

extension DeepDetectSpec {
  private mutating func writeAugmentation() {
    var steps: [String] = []
    func probability(_ name: String) -> Double? {
      let all = settings.bool("\(name).all_effects") ?? true
      let probability = settings.number("\(name).prob") ?? settings.number("\(name)_prob")
      return all ? probability.flatMap { $0 > 0 ? min($0, 1) : nil } : nil
    }
    // In the order in which DeepDetect's backend of Torch applies them.
    if let value = probability("geometry") {
      steps.append("geometry: {probability: \(SpecComment.number(value))}")
    }
    if let value = settings.number("cutout"), value > 0 {
      steps.append("cutout: {probability: \(SpecComment.number(min(value, 1)))}")
    }
    if let side = settings.integer("crop_size"), side > 0 {
      steps.append("crop_size: {side: \(side)}")
    }
    if settings.bool("mirror") ?? false { steps.append("mirror") }
    if settings.bool("rotate") ?? false { steps.append("rotate90") }
    for name in ["noise", "distort"] {
      if let value = probability(name) {
        steps.append("\(name): {probability: \(SpecComment.number(value))}")
      }
    }
    guard !steps.isEmpty else { return }
    add("augmentation:")
    for step in steps { add("  - \(step)") }
  }

  private mutating func writeTraining() {
    let iterations = settings.integer("solver.iterations")
    if iterations == nil {
      note("the call says no iterations: 10000 are written, as the notebooks have it")
    }
    let batch = settings.integer("net.batch_size")
    add(
      "training: {iterations: \(max(1, iterations ?? 10_000)), batch_size: \(max(1, batch ?? 32))}",
      batch == nil ? "the call says no batch_size" : "")
    let interval = max(1, settings.integer("solver.test_interval") ?? 1000)
    let testBatch = settings.integer("net.test_batch_size")
    let metrics = self.metrics
    add(
      "evaluation: {every: \(interval) iterations, batch_size: \(max(1, testBatch ?? batch ?? 16))\(metrics)}",
      "test_interval, test_batch_size")
    let snapshot =
      settings.integer("solver.snapshot") ?? settings.integer("solver.snapshot_interval")
    guard let snapshot, snapshot > 0 else { return }
    let every = max(1, (snapshot + interval / 2) / interval) * interval
    add(
      "checkpoints: {every: \(every) iterations}",
      every == snapshot
        ? "snapshot" : "snapshot \(snapshot), brought to a multiple of test_interval")
  }

  /// Measures that are not always recorded.
  private var metrics: String {
    mutating get {
      let asked = settings.take("measure")?.value.elements.compactMap(\.text) ?? []
      // The confusion matrix, mean IoU and pixel accuracy are.
      let recorded: Set<String> = ["mean_iou", "cmdiag", "cmfull"]
      let same = ["miou": "mean_iou", "clacc": "meanacc", "cliou": "meaniou"]
      let registry = ComponentCatalog.standard.metrics
      var names: [String] = []
      for measure in asked {
        let name = same[measure] ?? measure
        if recorded.contains(name) || names.contains(name) { continue }
        if registry.find(name) != nil {
          names.append(name)
        } else {
          note(
            "measure \(measure) says nothing of masks and is left out; experiments components lists the metrics"
          )
        }
      }
      return names.isEmpty ? "" : ", metrics: [\(names.joined(separator: ", "))]"
    }
  }
}
