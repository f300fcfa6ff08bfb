import Groundwork

/// A first spec for a data set: what a person would begin with, from facts of the data alone.
struct StarterSpec {
  /// Of the experiment.
  let name: String
  /// The command that made it, for the comment at its top.
  let origin: String
  /// Where lists and their entries begin, as the spec writes it.
  var root = "."
  var train: Entry
  /// `nil` where a part of the training list validates.
  var validation: Entry?
  var test: Entry?
  /// The number of labelled images in ``train``.
  var trainingCount: Int
  /// The path of the class file.
  var classes: String
  var classCount: Int
  /// `data.values` or `data.colors`, as YAML, where masks hold anything but the ids.
  var masks: String?
  /// `data.ignore`: values, or names of colors.
  var ignore: [String] = []
  /// The sizes of the images, how often each occurs; empty where nobody knows.
  var sizes: [Size: Int] = [:]
  /// The channels of each image of a sample.
  var channels: [Int] = [3]

  /// A list, and what is said of it.
  struct Entry {
    let path: String
    let about: String
  }

  /// The size that images are brought to: that of the images, or as much smaller as a first training
  /// should be, in multiples that every template bears.
  var size: Size {
    guard let middle = medianSize else { return Size(square: Self.longestSide) }
    let scale = min(1, Double(Self.longestSide) / Double(max(middle.height, middle.width)))
    return Size(
      height: Self.step(Double(middle.height) * scale),
      width: Self.step(Double(middle.width) * scale))
  }

  private static let longestSide = 256
  private static let multiple = 32

  private static func step(_ side: Double) -> Int {
    max(multiple, Int((side / Double(multiple)).rounded()) * multiple)
  }

  /// Of the images in the order of their areas the one in the middle.
  private var medianSize: Size? {
    let ordered = sizes.sorted { ($0.key.area, $0.key.width) < ($1.key.area, $1.key.width) }
    let half = ordered.reduce(0) { $0 + $1.value } / 2
    var count = 0
    for (size, times) in ordered {
      count += times
      if count > half { return size }
    }
    return nil
  }

  /// How many of the labelled images train.
  private var trained: Int {
    validation == nil
      ? trainingCount - Int((Double(trainingCount) * fraction + 0.5).rounded(.down)) : trainingCount
  }

  /// A fifth, and of two images one.
  private var fraction: Double { trainingCount < 3 ? 0.5 : 0.2 }

  var batchSize: Int { max(1, min(4, trained)) }

  /// About a thousand steps, and not fewer than ten epochs.
  var epochs: Int { min(60, max(10, 1000 * batchSize / max(1, trained))) }
}

// MARK: - Writing

extension StarterSpec {
  var text: String {
    var lines = [
      "# Made by \(origin). Every value is a beginning: change what you know better.",
      "# What else can be written: Documentation/Write-a-spec.md, experiments components",
      "", "experiment: \(name)", "seed: 1", "", "data:",
    ]
    func add(_ text: String, _ comment: String = "") {
      let padding = String(repeating: " ", count: max(2, 30 - text.count))
      lines.append(comment.isEmpty ? text : "\(text)\(padding)# \(comment)")
    }
    add("  root: \(Self.quoted(root))", "relative to this file, as are the lists' entries to it")
    add("  train: \(Self.quoted(train.path))", train.about)
    if let validation {
      add("  validation: \(Self.quoted(validation.path))", validation.about)
    } else {
      add("  validation: \(fraction)", "a part of the training list, drawn by the seed")
    }
    if let test { add("  test: \(Self.quoted(test.path))", test.about) }
    add("  classes: \(Self.quoted(classes))", "\(classCount) classes")
    if let masks { add("  \(masks)", "what the masks hold") }
    if !ignore.isEmpty { add("  ignore: [\(ignore.joined(separator: ", "))]", "never counts") }
    add("  size: [\(size.height), \(size.width)]", sizeComment)
    if channels != [3] {
      let list = channels.map(String.init).joined(separator: ", ")
      add("  channels: \(channels.count == 1 ? list : "[\(list)]")")
    }
    lines += [
      "  normalize: dataset", "",
      "template: {name: unet, base_channels: 16}", "losses: [cross_entropy, dice]",
      "solver: {type: ADAMW, base_lr: 1e-3, weight_decay: 1e-4, schedule: poly}", "augmentation:",
      "  - mirror", "", "training: {epochs: \(epochs), batch_size: \(batchSize)}",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private var sizeComment: String {
    guard let middle = medianSize else { return "height, width" }
    if sizes.count == 1 {
      return middle == size
        ? "that of the images" : "the images are \(middle); larger shows more and takes longer"
    }
    return "the images are of \(sizes.count) sizes, \(middle) in the middle"
  }

  /// As YAML reads it back.
  static func quoted(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isLetter || $0 == "." && (text.count == 1 || text.contains("/")) }
      ?? false
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./".contains($0)) }
    if isPlain || text == "." { return text }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}
