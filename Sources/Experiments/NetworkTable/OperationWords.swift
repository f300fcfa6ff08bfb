internal import Groundwork
internal import Networks

extension Operation {
  /// What it computes, with the numbers that tell it from others of its kind: `convolution 3×3,
  /// stride 2`.
  var words: String {
    switch self {
    case .convolution(let convolution): convolution.words
    case .sharedConvolution(let shared):
      "shared convolution \(shared.kernel), dilations "
        + shared.dilations.map(String.init).joined(separator: ", ")
    case .transposedConvolution(let convolution):
      "transposed convolution \(convolution.kernel)" + stepWords("stride", convolution.stride)
    case .convLSTM(let memory):
      "conv LSTM \(memory.kernel)" + (memory.isReversed ? ", reversed" : "")
    case .batchNorm(let norm):
      "batch norm" + epsilonWords(norm.epsilon) + (norm.isFrozen ? ", frozen" : "")
    case .groupNorm(let norm): "group norm, \(norm.groups) groups" + epsilonWords(norm.epsilon)
    case .rectifier(let rectifier): rectifier.words
    case .prelu: "prelu"
    case .sigmoid: "sigmoid"
    case .swish: "swish"
    case .maxPool(let pool): "max pool " + pool.window.words
    case .maxUnpool(let unpool): "max unpool \(unpool.size)"
    case .averagePool(let pool): "average pool " + pool.window.words
    case .adaptiveAveragePool(let pool): "average pool to \(pool.bins)"
    case .resize(let resize): resize.words
    case .crop(let crop): "crop to \(crop.extent)"
    case .concatenate: "concatenate"
    case .add: "add"
    case .multiply: "multiply"
    case .pointTransform(let transform): "transform of \(transform.size) channels"
    case .padChannels: "pad channels"
    case .pixelShuffle(let shuffle): "pixel shuffle, factor \(shuffle.factor)"
    case .channelShuffle(let shuffle): "channel shuffle, \(shuffle.groups) groups"
    case .dropout(let dropout): "dropout \(dropout.rate)"
    case .spatialDropout(let dropout): "spatial dropout \(dropout.rate)"
    case .regions(let operation): operation.words
    }
  }
}

extension Operation {
  /// True for what goes along with other layers: norms, activations and dropout.
  var isCompanion: Bool {
    switch self {
    case .batchNorm, .groupNorm, .rectifier, .prelu, .sigmoid, .swish, .dropout, .spatialDropout:
      true
    default: false
    }
  }
}

extension Convolution {
  fileprivate var words: String {
    "convolution \(kernel)" + stepWords("stride", stride) + stepWords("dilation", dilation)
      + (groups == 1 ? "" : groups == outputs ? ", depthwise" : ", \(groups) groups")
  }
}

extension PoolingWindow {
  /// The stride where windows do not lie side by side.
  fileprivate var words: String {
    "\(size)" + (stride == size ? "" : ", stride \(stepText(stride))")
  }
}

extension Rectifier {
  fileprivate var words: String {
    if let ceiling { return ceiling == 6 ? "relu6" : "relu up to \(ceiling)" }
    return slope == 0 ? "relu" : "leaky relu, slope \(slope)"
  }
}

extension Resize {
  fileprivate var words: String {
    let interpolation = interpolation == .nearest ? "nearest" : "linear"
    let corners = alignsCorners ? ", aligned corners" : ""
    return switch target {
    case .extent(let extent): "resize to \(extent), \(interpolation)\(corners)"
    case .scale(let factors):
      "resize × \(factors.map { Bounds.text($0) }.joined(separator: ", ")), \(interpolation)\(corners)"
    }
  }
}

/// `, stride 2`; nothing where every step is 1.
private func stepWords(_ name: String, _ steps: SpatialExtent) -> String {
  steps.extents.allSatisfy { $0 == 1 } ? "" : ", \(name) \(stepText(steps))"
}

/// One number where it holds along every axis.
private func stepText(_ steps: SpatialExtent) -> String {
  Set(steps.extents).count == 1 ? "\(steps.width)" : "\(steps)"
}

/// Nothing where it is what frameworks have by default.
private func epsilonWords(_ epsilon: Float) -> String {
  epsilon == 1e-5 ? "" : ", epsilon \(epsilon)"
}
