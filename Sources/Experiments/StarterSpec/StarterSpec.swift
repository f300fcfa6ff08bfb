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
  /// What stays together where a part of the training list validates; `nil` where nothing is said.
  var groups: Entry?
  var classes: Entry
  /// `data.values` or `data.colors` with its key, where masks hold anything but the ids.
  var masks: Entry?
  /// `data.ignore`: values, or names of colors.
  var ignore: [String] = []
  /// The sizes of the images, how often each occurs; empty where nobody knows.
  var sizes: [Size: Int] = [:]
  var geometry = StarterGeometry.resized(longest: 256)
  /// The channels of each image of a sample.
  var channels: [Int] = [3]
  /// `task` with its settings; `nil` for one class a pixel.
  var task: Entry?
  var losses = Entry(yaml: "[cross_entropy, dice]", about: "")
  /// No step has more images.
  var mostImages = 4
  /// What is said of the memory that a step takes; empty for nothing.
  var memory = ""
  /// What was taken for granted, for the comment at its top: sentences without their points.
  var assumptions: [String] = []

  /// A value, and what is said of it.
  struct Entry {
    let yaml: String
    let about: String

    init(yaml: String, about: String) { (self.yaml, self.about) = (yaml, about) }

    init(path: String, about: String) { self.init(yaml: StarterSpec.quoted(path), about: about) }
  }

  /// How many of the labelled images train.
  private var trained: Int {
    validation == nil
      ? trainingCount - Int((Double(trainingCount) * fraction + 0.5).rounded(.down)) : trainingCount
  }

  /// A fifth, and of two images one.
  private var fraction: Double { trainingCount < 3 ? 0.5 : 0.2 }

  var batchSize: Int { max(1, min(mostImages, trained)) }

  /// About a thousand steps, and not fewer than ten epochs.
  var epochs: Int {
    let samples = Double(max(1, trained)) * geometry.samplesOfImage(sizes)
    return min(60, max(10, Int(1000 * Double(batchSize) / samples)))
  }

  /// The size that images are brought to, or are cut into.
  var size: Size { geometry.size(of: sizes) }
}

// MARK: - Writing

extension StarterSpec {
  var text: String {
    var lines =
      SpecComment.lines("Made by \(origin).")
      + ["# Every value is a beginning: change what you know better."]
    if !assumptions.isEmpty {
      lines.append("# What was assumed:")
      for assumption in assumptions {
        lines += SpecComment.lines("- \(assumption).", hanging: "  ")
      }
    }
    lines += [
      "# What else can be written: Documentation/Write-a-spec.md, experiments components",
      "", "experiment: \(Self.quoted(name))", "seed: 1", "",
    ]
    func add(_ text: String, _ comment: String = "") {
      lines += SpecComment.lines(text, behind: comment)
    }
    if let task { add("task: \(task.yaml)", task.about) }
    lines.append("data:")
    add("  root: \(Self.quoted(root))", "relative to this file, as are the lists' entries to it")
    add("  train: \(train.yaml)", train.about)
    if let validation {
      add("  validation: \(validation.yaml)", validation.about)
    } else {
      add("  validation: \(fraction)", "a part of the training list, drawn by the seed")
    }
    if let groups { add("  groups: \(groups.yaml)", groups.about) }
    if let test { add("  test: \(test.yaml)", test.about) }
    add("  classes: \(classes.yaml)", classes.about)
    if let masks { add("  \(masks.yaml)", masks.about) }
    if !ignore.isEmpty { add("  ignore: [\(ignore.joined(separator: ", "))]", "never counts") }
    let cut = geometry.entry(sizes)
    add("  \(cut.yaml)", cut.about)
    if channels != [3] {
      let list = channels.map(String.init).joined(separator: ", ")
      add("  channels: \(channels.count == 1 ? list : "[\(list)]")")
    }
    lines += ["  normalize: dataset", "", "template: {name: unet, base_channels: 16}"]
    add("losses: \(losses.yaml)", losses.about)
    lines += [
      "solver: {type: ADAMW, base_lr: 1e-3, weight_decay: 1e-4, schedule: poly}", "augmentation:",
      "  - mirror", "",
    ]
    add("training: {epochs: \(epochs), batch_size: \(batchSize)}", memory)
    return lines.joined(separator: "\n") + "\n"
  }

  /// As YAML reads it back.
  static func quoted(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isLetter || $0 == "." && (text.count == 1 || text.contains("/")) }
      ?? false
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./".contains($0)) }
      && !["true", "false", "null"].contains(text.lowercased())
    if isPlain || text == "." { return text }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}
