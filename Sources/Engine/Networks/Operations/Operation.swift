/// What a node of a network computes. What each means, its parameters, shape rule and cost stand
/// in its own file under `Operations/`; the kernels that run it are the devices' business.
package enum Operation: Sendable, Hashable {
  case convolution(Convolution)
  case transposedConvolution(TransposedConvolution)
  case batchNorm(BatchNorm)
  case relu
  case prelu
  case maxPool(MaxPool)
  case maxUnpool(MaxUnpool)
  case concatenate
  case add
  case padChannels(PadChannels)
  case spatialDropout(SpatialDropout)
  case resize(Resize)
}

/// An activation that a plan has fused into the operation before it. For `.prelu` the slope `[C]`
/// is the last of the operation's parameters.
package enum Activation: Sendable, Hashable {
  case none
  case relu
  case prelu
}

extension Operation {
  /// The operation's meaning; the one place that lists every operation.
  package var definition: any OperationDefinition {
    switch self {
    case .convolution(let convolution): convolution
    case .transposedConvolution(let convolution): convolution
    case .batchNorm(let norm): norm
    case .relu: ReLU()
    case .prelu: PReLU()
    case .maxPool(let pool): pool
    case .maxUnpool(let unpool): unpool
    case .concatenate: Concatenate()
    case .add: Add()
    case .padChannels(let pad): pad
    case .spatialDropout(let dropout): dropout
    case .resize(let resize): resize
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

  /// True where the output has the channels of the first input and is computed channel by channel,
  /// so that it lies in memory as that input does.
  package var keepsLayout: Bool {
    switch self {
    case .batchNorm, .relu, .prelu, .maxPool, .maxUnpool, .add, .spatialDropout, .resize: true
    case .convolution, .transposedConvolution, .concatenate, .padChannels: false
    }
  }
}
