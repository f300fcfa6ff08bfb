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
  var definition: any OperationDefinition {
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
  var isConvolution: Bool {
    switch self {
    case .convolution, .transposedConvolution: true
    default: false
    }
  }

  /// Whether the output has the channels of the first input and is computed channel by channel, so
  /// that it lies in memory as that input does.
  var keepsLayout: Bool {
    switch self {
    case .batchNorm, .relu, .prelu, .maxPool, .maxUnpool, .add, .spatialDropout, .resize: true
    case .convolution, .transposedConvolution, .concatenate, .padChannels: false
    }
  }
}

/// What an operation means, apart from how it is computed.
protocol OperationDefinition {
  /// Shapes of the outputs, each for one image. Inputs come in the order that the operation's
  /// documentation gives; a violation is an error of the template and traps.
  func outputs(for inputs: [FeatureShape]) -> [FeatureShape]
  /// Parameters, in the order in which kernels receive them.
  func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition]
  /// Buffers that training updates without gradients: batch norm's running statistics.
  func statistics(for inputs: [FeatureShape]) -> [StatisticDefinition]
  /// Multiplications and additions of the forward pass for one image.
  func operations(for inputs: [FeatureShape]) -> Int
}

extension OperationDefinition {
  func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] { [] }
  func statistics(for inputs: [FeatureShape]) -> [StatisticDefinition] { [] }
  func operations(for inputs: [FeatureShape]) -> Int { 0 }
}

/// A feature map of one sample: C × W, C × H × W or C × D × H × W.
package struct FeatureShape: Sendable, Hashable, CustomStringConvertible {
  package var channels: Int
  package var extent: SpatialExtent

  package init(_ channels: Int, _ extent: SpatialExtent) {
    (self.channels, self.extent) = (channels, extent)
  }

  package init(_ channels: Int, _ height: Int, _ width: Int) {
    self.init(channels, SpatialExtent(height: height, width: width))
  }

  package var height: Int { extent.height }
  package var width: Int { extent.width }
  /// Values of one channel.
  package var area: Int { extent.count }
  package var description: String { "\(channels)×\(extent)" }
}

/// A parameter before it belongs to a network.
struct ParameterDefinition {
  /// Within the node: `weight`, `bias`, `scale`, `shift`, `slope`.
  var name: String
  var shape: [Int]
  var initializer: Initializer
}

/// A running statistic before it belongs to a network.
struct StatisticDefinition {
  var name: String
  var shape: [Int]
  var initial: Float
}
