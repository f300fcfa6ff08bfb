/// What an operation means, apart from how it is computed.
package protocol OperationDefinition {
  /// Shapes of the outputs, each for one image. Inputs come in the order that the operation's
  /// documentation gives; a violation is an error of the template and traps.
  func outputs(for inputs: [FeatureShape]) -> [FeatureShape]
  /// Parameters, in the order in which kernels receive them.
  func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition]
  /// Buffers that training updates without gradients: batch norm's running statistics.
  func statistics(for inputs: [FeatureShape]) -> [StatisticDefinition]
  /// FLOPs of the forward pass for one image: a multiplication and the addition of its product are two.
  func flops(for inputs: [FeatureShape]) -> Int
  /// True where the output has the channels of the first input and is computed channel by channel, so
  /// that it lies in memory as that input does.
  var keepsLayout: Bool { get }
  /// True where the outputs lie plain, in `f32`.
  var isPlain: Bool { get }
  /// False where the outputs are chosen rather than computed, so that no gradient flows through them.
  var hasGradient: Bool { get }
}

extension OperationDefinition {
  package func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] { [] }
  package func statistics(for inputs: [FeatureShape]) -> [StatisticDefinition] { [] }
  package func flops(for inputs: [FeatureShape]) -> Int { 0 }
  package var keepsLayout: Bool { false }
  package var isPlain: Bool { false }
  package var hasGradient: Bool { true }
}

/// An operation that changes values one by one, or channel by channel, and leaves their shape.
package protocol ShapeKeepingOperation: OperationDefinition {}

extension ShapeKeepingOperation {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] { [inputs[0]] }
  package var keepsLayout: Bool { true }
}

/// A parameter before it belongs to a network.
package struct ParameterDefinition {
  /// Within the node: `weight`, `bias`, `scale`, `shift`, `slope`.
  package var name: String
  package var shape: [Int]
  package var initializer: Initializer
}

/// A running statistic before it belongs to a network.
package struct StatisticDefinition {
  package var name: String
  package var shape: [Int]
  package var initial: Float
}
