internal import Datasets
internal import Groundwork

/// How the images of `data` are read, cut and scaled.

// MARK: - Patches

extension Patches: DeclaredSection {
  static let standard = Patches(size: Size(square: 1))

  static let about = "Says how large images are cut up."
  static let keys: [SpecKey<Self>] = [
    .required(
      "size", \.extent, .patchExtent,
      "The size of a patch in pixels; with three numbers, the first of them slices, patches are of volumes."
    ),
    .standard(
      strideKey, \.steps, .patchExtent, shown: "size", "The distance between neighboring patches."),
    .standard(
      "least_labelled", \.leastLabelled, .number(Bounds(0...1)),
      "Training leaves out patches of which a smaller part is labelled."),
    .standard(
      "balance", \.balance, .classBalance, kept: .unlessStandard,
      "Which part of the draws is of patches that hold a class; the rest is of all patches."),
  ]

  private static let strideKey = "stride"

  mutating func check(_ keys: SpecMapping) {
    if !keys.has(Self.strideKey) { steps = extent }
    guard keys.misread.isDisjoint(with: ["size", Self.strideKey]) else { return }
    guard steps.rank == extent.rank else {
      keys[Self.strideKey]?.report(
        .refusedValue,
        "is \(steps), of patches of \(extent): write as many numbers, \(extent.rank)")
      steps = extent
      return
    }
    if (0..<extent.rank).contains(where: { steps[$0] > extent[$0] }) {
      keys[Self.strideKey]?.report(
        .refusedValue,
        "is \(steps), larger than patches of \(extent): pixels between them would never be seen")
    }
  }
}

/// How often patches that hold a class are drawn.
private struct ClassShare: DeclaredSection {
  var share = 0.0
  var least = 0.0

  static let standard = ClassShare()

  static let about = "Says how often patches that hold the class are drawn."
  static let keys: [SpecKey<Self>] = [
    .required("share", \.share, .number(Bounds(above: 0)), "The part of the draws."),
    .standard(
      "least", \.least, .number(Bounds(0...1)),
      "A patch holds the class where at least this part of its labelled pixels is of it."),
  ]
}

extension Form<[ClassBalance]> {
  /// `{crack: 0.5}` or `{crack: {share: 0.5, least: 0.01}}`.
  fileprivate static var classBalance: Form {
    let alone = Form<Double>.number(Bounds(above: 0)).called("share in (0, 1)").map(
      { ClassShare(share: $0) }, { $0.least == 0 ? $0.share : nil })
    return Form<[(name: String, value: ClassShare)]>.byName(
      "CLASS",
      .either(scalar: alone, mapping: ClassShare.form).called("share in (0, 1) or section")
    ).checked { shares in
      let sum = shares.map(\.value.share).reduce(0, +)
      guard sum >= 1 else { return nil }
      return (
        "has shares of \((sum * 1e6).rounded() / 1e6) together",
        "let them add up to less than 1: the rest of the draws is of all patches"
      )
    }.map(
      { shares in
        shares.map { ClassBalance(name: $0.name, share: $0.value.share, least: $0.value.least) }
          .sorted { $0.name < $1.name }
      },
      { $0.map { ($0.name, ClassShare(share: $0.share, least: $0.least)) } })
  }
}

// MARK: - Channels and slices

extension Form<[Int]> {
  /// The number of channels of each image of a sample: a number for one image, or a list of those
  /// of several.
  static var imageChannels: Form {
    let channels = Form<Int>.integer(in: 1...ImageStack.maximumChannels)
    let one = channels.map({ [$0] }, { (images: [Int]) in images.count == 1 ? images[0] : nil })
    let several = list(of: channels).called("list of them")
      .described(by: .list(of: channels.schema, count: 1...Int.max)).checked(.emptyCollection) {
        $0.isEmpty ? ("must name the channels of at least one image", nil) : nil
      }
    return either(scalar: one, list: several).map(
      { images, value in
        value.decoder.imageChannels = images
        return images
      }, { $0 })
  }
}

extension ImageStack.Slices: DeclaredSection {
  static let standard = Self()
  private static let maximum = 50

  static let about = "Says which neighbors of a slice become further input channels (2.5D)."
  static let keys: [SpecKey<Self>] = [
    .standard("before", \.before, .integer(in: 0...maximum), "The number of slices before it."),
    .standard("after", \.after, .integer(in: 0...maximum), "The number of slices after it."),
    .standard(
      "spacing", \.spacing, .integer(in: 1...maximum),
      "The distance from one of them to the next."),
  ]
}

extension Form<VolumeAxes> {
  static var volumeAxes: Form {
    Form<String>.text.called("letters, as czyx").described(by: .text("^[A-Za-z]+$")).map(
      { text, value in
        guard let axes = VolumeAxes(text) else {
          value.report(
            .wrongNotation,
            "'\(text)' names no axes: write a letter for each, y and x for height and width, c for "
              + "channels and others for slices, as czyx")
          return nil
        }
        return axes
      }, { $0.letters })
  }
}

// MARK: - Values

extension Form<DataConfiguration.Normalization> {
  /// The name of a rule, or the mean and the deviation.
  static var normalization: Form {
    let rules: [(String, DataConfiguration.Normalization)] = [
      ("dataset", .dataset), ("imagenet", .imagenet), ("none", .none),
    ]
    let name = Form<String>.name(of: rules.map(\.0), kind: "normalization").map(
      { name, _ in rules.first { $0.0 == name }?.1 },
      { rule in rules.first { $0.1 == rule }?.0 })
    let fixed = Moments.form.map(
      { DataConfiguration.Normalization.fixed(mean: $0.mean, deviation: $0.deviation) },
      { rule in
        guard case .fixed(let mean, let deviation) = rule else { return nil }
        return Moments(mean: mean, deviation: deviation)
      })
    return .either(scalar: name, mapping: fixed)
  }
}

private struct Moments: DeclaredSection {
  var mean: [Double] = []
  var deviation: [Double] = []

  static let standard = Moments()

  static let about = "Gives the mean and the standard deviation of each channel."
  static let keys: [SpecKey<Self>] = [
    .required(
      "mean", \.mean, .list(of: .number(Bounds(-1e6...1e6))).called("list of numbers"),
      "The mean of each channel."),
    .required(
      "std", \.deviation, .list(of: .number(Bounds(above: 0))).called("list of numbers above 0"),
      "The standard deviation of each channel."),
  ]

  mutating func check(_ keys: SpecMapping) {
    let channels = keys.decoder.imageChannels.reduce(0, +)
    for (key, values) in [("mean", mean), ("std", deviation)]
    where values.count != channels && !keys.misread.contains(key) {
      keys[key]?.report(
        .unfitChannels, "must have one number for each channel: \(channels), not \(values.count)")
    }
  }
}

extension DataConfiguration.ValueRange: DeclaredSection {
  static let standard = unit

  static let about = "Gives the range of image values, and what happens outside of it."
  static let keys: [SpecKey<Self>] = [
    .required("from", \.lower, .number(bounds).called("number"), "The value that becomes 0."),
    .required("to", \.upper, .number(bounds).called("number"), "The value that becomes 1."),
    .standard(
      "clip", \.clips, .boolean, "Moves values outside of the range to its ends."),
  ]

  fileprivate static let bounds = Bounds(-1e9...1e9)
}

extension Form<DataConfiguration.ValueRange> {
  /// `[lower, upper]` of images of more than 8 bits, or `{from: lower, to: upper, clip: true}`.
  static var valueRange: Form {
    let message = "must be [lower, upper], the values that become black and white"
    let ends = Form<[Double]>.list(of: .number(DataConfiguration.ValueRange.bounds))
      .called("[lower, upper]").checked(.wrongNotation) { $0.count == 2 ? nil : (message, nil) }
      .map(
        { DataConfiguration.ValueRange(lower: $0[0], upper: $0[1]) },
        { $0.clips ? nil : [$0.lower, $0.upper] })
    return Form.either(list: ends, mapping: DataConfiguration.ValueRange.form).checked(
      .wrongNotation
    ) {
      $0.lower < $0.upper ? nil : (message, nil)
    }
  }
}

extension Form<DataConfiguration.NoData> {
  /// `nan`, or the value of pixels that hold nothing.
  static var noData: Form {
    let number = Form<Double>.number(Bounds(-3e38...3e38))
    return Form(
      "nan | number", .anyOf([.types("number"), .text("^\\.?[nN][aA][nN]$")]),
      read: { value in
        if let text = value.node.scalar?.text.lowercased(), text == "nan" || text == ".nan" {
          return .nan
        }
        switch value.node.scalar?.value {
        case .integer, .number: return number.read(value).map { .value($0) }
        default:
          value.report(.wrongType, "must be nan or a number, not \(value.node.description)")
          return nil
        }
      },
      write: { noData in
        switch noData {
        case .nan: .text("nan")
        case .value(let value): .number(value)
        }
      })
  }
}
