internal import Datasets

/// What was done to the images that a network was trained on before it saw them: weights work with images
/// that are prepared alike.
enum WeightPreprocessing: String, Sendable, CaseIterable {
  /// RGB from 0 to 1, less the mean and divided by the deviation of ImageNet: torchvision and timm.
  case imagenet
  /// BGR from 0 to 255, less the mean of ImageNet: Caffe, and the networks that Keras took from it.
  case caffe
  /// RGB from −1 to 1: networks of TensorFlow, such as MobileNet and Xception.
  case tf
  /// RGB as (x − 127) / 128: EfficientNet-Lite.
  case tfLite = "tf_lite"
  /// RGB from 0 to 1 and nothing more.
  case none

  /// Whether the first layer wants its channels as blue, green, red.
  var isBGR: Bool { self == .caffe }

  /// `data.normalize` that does the same to images with values from 0 to 1, channels in the order RGB.
  var normalization: DataConfiguration.Normalization {
    switch self {
    case .imagenet: .imagenet
    case .caffe:
      .fixed(
        mean: [123.68, 116.779, 103.939].map { $0 / 255 },
        deviation: Array(repeating: 1.0 / 255, count: 3))
    case .tf: .fixed(mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5])
    case .tfLite:
      .fixed(
        mean: Array(repeating: 127.0 / 255, count: 3),
        deviation: Array(repeating: 128.0 / 255, count: 3))
    case .none: .none
    }
  }

  /// What images were, as messages say it.
  var words: String {
    switch self {
    case .imagenet: "RGB, normalized with the mean and deviation of ImageNet"
    case .caffe: "BGR from 0 to 255 less the mean of ImageNet"
    case .tf: "RGB from -1 to 1"
    case .tfLite: "RGB as (x - 127) / 128"
    case .none: "RGB from 0 to 1"
    }
  }
}

extension DataConfiguration.Normalization {
  /// What a spec writes for it.
  var written: String {
    switch self {
    case .dataset: "dataset"
    case .imagenet: "imagenet"
    case .none: "none"
    case .fixed(let mean, let deviation):
      "{mean: \(Self.list(mean)), std: \(Self.list(deviation))}"
    }
  }

  /// Whether images come out alike but for what rounding and slightly other means of one source make:
  /// a hundredth of the values' range in the mean, a fiftieth of the deviation.
  func isAlike(_ other: Self) -> Bool {
    guard let (mean, deviation) = moments, let (otherMean, otherDeviation) = other.moments else {
      return self == other
    }
    return zip(mean, otherMean).allSatisfy { abs($0 - $1) <= 0.01 }
      && zip(deviation, otherDeviation).allSatisfy { abs($0 / $1 - 1) <= 0.02 }
  }

  /// Of RGB; `nil` where they follow from the data.
  private var moments: (mean: [Double], deviation: [Double])? {
    switch self {
    case .dataset: nil
    case .imagenet: ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    case .none: ([0, 0, 0], [1, 1, 1])
    case .fixed(let mean, let deviation): (mean, deviation)
    }
  }

  private static func list(_ values: [Double]) -> String {
    "[" + values.map { "\(($0 * 1e6).rounded() / 1e6)" }.joined(separator: ", ") + "]"
  }
}
