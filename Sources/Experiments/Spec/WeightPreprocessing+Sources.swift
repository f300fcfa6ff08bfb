internal import WeightFiles

/// What can be known of weights without being told: for a published encoder in a format there is mostly
/// one source, and that prepared its images in one way.
extension WeightPreprocessing {
  /// - Parameter encoder: the name of the encoder that takes them, `nil` where the network has none.
  /// - Returns: `nil` where there is no such source, or there are several that differ.
  static func known(of format: WeightFormat, encoder: String?) -> WeightPreprocessing? {
    guard let encoder else { return nil }
    return switch format {
    case .caffe: ofCaffe[encoder]
    case .keras: ofKeras[encoder]
    case .torch, .safetensors: ofTorch[encoder]
    case .checkpoint: nil
    }
  }

  /// The models of the authors.
  private static let ofCaffe: [String: WeightPreprocessing] = [
    "vgg16": .caffe, "resnet50": .caffe, "resnet101": .caffe, "resnet152": .caffe,
    "senet154": .caffe,
  ]

  /// `preprocess_input` of each network in keras.applications.
  private static let ofKeras: [String: WeightPreprocessing] = [
    "vgg16": .caffe, "resnet50": .caffe, "resnet101": .caffe, "resnet152": .caffe,
    "mobilenet_v2": .tf,
    "densenet121": .imagenet, "efficientnet_lite0": .tfLite,
  ]

  /// torchvision's, and timm's of what that lacks.
  private static let ofTorch: [String: WeightPreprocessing] = [
    "vgg16": .imagenet, "vgg16_bn": .imagenet, "resnet18": .imagenet, "resnet34": .imagenet,
    "resnet50": .imagenet, "resnet101": .imagenet, "resnet152": .imagenet, "se_resnet50": .imagenet,
    "senet154": .imagenet, "densenet121": .imagenet, "mobilenet_v2": .imagenet,
    "efficientnet_lite0": .tfLite,
  ]
}
