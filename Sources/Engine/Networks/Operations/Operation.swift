/// What a node of a network computes. What each means, its parameters, shape rule and cost stand
/// in its own file under `Operations/`; the kernels that run it are the devices' business.
package enum Operation: Sendable, Hashable {
  case convolution(Convolution)
  case sharedConvolution(SharedConvolution)
  case transposedConvolution(TransposedConvolution)
  case convLSTM(ConvLSTM)
  case batchNorm(BatchNorm)
  case groupNorm(GroupNorm)
  case rectifier(Rectifier)
  case prelu
  case sigmoid
  case swish
  case maxPool(MaxPool)
  case maxUnpool(MaxUnpool)
  case averagePool(AveragePool)
  case adaptiveAveragePool(AdaptiveAveragePool)
  case resize(Resize)
  case crop(Crop)
  case concatenate
  case add
  case multiply
  case pointTransform(PointTransform)
  case padChannels(PadChannels)
  case pixelShuffle(PixelShuffle)
  case channelShuffle(ChannelShuffle)
  case dropout(Dropout)
  case spatialDropout(SpatialDropout)
  case regions(RegionOperation)

  package static let relu = Operation.rectifier(.relu)
}

/// An activation that a plan has fused into the operation before it. For `.prelu` the slope `[C]`
/// is the last of the operation's parameters.
package enum Activation: Sendable, Hashable {
  case none
  case rectifier(Rectifier)
  case prelu

  package static let relu = Activation.rectifier(.relu)
}

extension Operation {
  /// The operation's meaning; the one place that lists every operation.
  package var definition: any OperationDefinition {
    switch self {
    case .convolution(let convolution): convolution
    case .sharedConvolution(let convolution): convolution
    case .transposedConvolution(let convolution): convolution
    case .convLSTM(let memory): memory
    case .batchNorm(let norm): norm
    case .groupNorm(let norm): norm
    case .rectifier(let rectifier): rectifier
    case .prelu: PReLU()
    case .sigmoid: Sigmoid()
    case .swish: Swish()
    case .maxPool(let pool): pool
    case .maxUnpool(let unpool): unpool
    case .averagePool(let pool): pool
    case .adaptiveAveragePool(let pool): pool
    case .resize(let resize): resize
    case .crop(let crop): crop
    case .concatenate: Concatenate()
    case .add: Add()
    case .multiply: Multiply()
    case .pointTransform(let transform): transform
    case .padChannels(let pad): pad
    case .pixelShuffle(let shuffle): shuffle
    case .channelShuffle(let shuffle): shuffle
    case .dropout(let dropout): dropout
    case .spatialDropout(let dropout): dropout
    case .regions(let operation): operation.definition
    }
  }
}

extension Operation {
  package var isConvolution: Bool {
    switch self {
    case .convolution, .transposedConvolution: true
    default: false
    }
  }
}
