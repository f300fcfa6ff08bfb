internal import Datasets
internal import Groundwork
internal import ModelFiles
internal import Training

/// What a program does to an image before an exported model sees it, and with what the model says of it:
/// `preprocess.json`. The model normalizes images itself.
struct Preprocessing: Encodable {
  let model: String
  let input: Input
  let normalization: Normalization
  let size: SizeRule
  let output: Output
  /// Names in the order of the ids.
  let classes: [String]
  /// The run and its checkpoint.
  let source: [String: String]

  struct Input: Encodable {
    let name: String
    /// In 32-bit floats.
    let axes: String
    let channels: Int
    /// `RGB`; `nil` where channels are no colours.
    let channelOrder: String?
    /// The type of the samples of the images that the network was trained on.
    let samples: String?
    /// The value that is 0 to the network before it is normalized, and the one that is 1, for each
    /// channel.
    let black: [Double]
    let white: [Double]
  }

  struct Normalization: Encodable {
    /// The model does all of this.
    let isInModel: Bool
    let formula: String
    let mean: [Double]
    let std: [Double]
    /// What values outside become the ends of, first of all; `nil` where they are taken as they are.
    let clip: [Double]?
  }

  /// How images get a size that the model takes.
  struct SizeRule: Encodable {
    let how: How
    let height: Int
    let width: Int
    /// By multiples of what sides may differ from those; `nil` where they may not.
    let step: Int?
    /// Of images that are resized.
    let interpolation: Interpolation?
    /// What stands beyond the lower and right edges of images that are padded: `symmetric`, the image
    /// mirrored with its last row.
    let padding: String?

    enum How: String, Encodable {
      /// To height × width, and the probabilities back to the size of the image.
      case resize
      /// To the next size that the model takes.
      case pad
      /// Cut into tiles of height × width, the last of which are padded.
      case tiles
    }

    /// How values between the pixels are found.
    enum Interpolation: String, Encodable {
      /// Where an image shrinks, every pixel counts, as in Pillow.
      case antialiased = "bilinear, antialiased"
      /// Of the nearest pixels alone, as in OpenCV.
      case bilinear
    }
  }

  struct Output: Encodable {
    let name: String
    let axes: String
    let activation: Activation
    let decoding: Decoding

    enum Activation: String, Encodable {
      /// The probabilities of a pixel's classes add up to 1.
      case softmax
      /// Each class by itself.
      case sigmoid
    }

    enum Decoding: String, Encodable {
      /// The most probable class.
      case argmax
      /// Every class that is more probable than not.
      case threshold
    }
  }
}

extension Preprocessing {
  /// - Throws: ``Failure`` where the record does not say how images are normalized.
  init(_ exported: ExportedModel, of subject: ExportedRun, model: String) throws {
    let (input, data) = (subject.input, subject.spec.data)
    // The same questions as the model's, which has been made.
    guard let moments = input.normalization, let ranges = input.ranges else {
      throw Failure(.badInput, "error: \(subject.run.name): its normalization is not recorded")
    }
    self.model = model
    self.input = Input(
      name: TranslatedNetwork.input, axes: "NCHW", channels: input.channels,
      channelOrder: data.stack.images.allSatisfy { $0 == 3 } ? "RGB" : nil,
      samples: input.samples, black: ranges.map(\.lowerBound), white: ranges.map(\.upperBound))
    normalization = Normalization(
      isInModel: true, formula: "((value - black) / (white - black) - mean) / std",
      mean: moments.mean, std: moments.deviation,
      clip: input.limits.map { [$0.lowerBound, $0.upperBound] })
    size = SizeRule(data, subject.network.input.size, step: exported.translated.step)
    output = Output(
      name: ModelOutput.probabilities.rawValue, axes: "NKHW",
      activation: subject.classesExclude ? .softmax : .sigmoid,
      decoding: subject.classesExclude ? .argmax : .threshold)
    classes = input.classNames
    source = Dictionary(subject.facts.map { ($0.key, $0.value) }) { first, _ in first }
  }
}

extension Preprocessing.SizeRule {
  /// - Parameters:
  ///   - trained: the size that the model is made for.
  ///   - step: by multiples of what sides may differ from it; `nil` where they may not.
  init(_ data: DataSection, _ trained: Size, step: Int?) {
    var interpolation: Interpolation?
    if case .resize = data.geometry {
      how = .resize
      interpolation = data.resizing == .antialiased ? .antialiased : .bilinear
    } else {
      how = step == nil ? .tiles : .pad
    }
    (height, width, self.step) = (trained.height, trained.width, step)
    self.interpolation = interpolation
    padding = how == .resize ? nil : "symmetric"
  }

  /// What a size has to be, for people.
  var words: String {
    switch how {
    case .resize:
      return
        "Images are resized to \(height) × \(width) (\(interpolation?.rawValue ?? "")), and the "
        + "probabilities back to the size of the image (bilinear)."
    case .tiles:
      return
        "The model takes \(height) × \(width) pixels alone: images are cut into tiles, of which "
        + "the last are padded with their mirror image."
    case .pad:
      let sizes =
        isMultiple
        ? "images whose sides are multiples of \(step ?? 1)"
        : "images of \(height) × \(width) pixels, and larger by any multiple of \(step ?? 1)"
      return step == 1
        ? "The model takes images of any size."
        : "The model takes \(sizes): others are padded with their mirror image at the right and below, "
          + "and the probabilities cut to the size of the image."
    }
  }

  /// Whether every multiple of the step is a size that the model takes.
  var isMultiple: Bool {
    step.map { height.isMultiple(of: $0) && width.isMultiple(of: $0) } ?? false
  }
}
