/// A network architecture for one size of input, as a value: it can be checked, counted, printed
/// and compared before anything runs. Nodes stand in an order in which they can be computed.
package struct Network: Sendable, Hashable {
  package let name: String
  package let input: NetworkInput
  /// The name of the encoder that its nodes within ``Encoders/scope`` are of; `nil` without one.
  package internal(set) var encoder: String?
  package internal(set) var values: [Value]
  package internal(set) var nodes: [Node]
  package internal(set) var parameters: [Parameter]
  package internal(set) var statistics: [Statistic]
  /// The named outputs, ``Head/logits`` first.
  package internal(set) var heads: [Head]

  /// Index of the value that images go into.
  package static let inputValue = 0

  /// What flows between nodes.
  package struct Value: Sendable, Hashable {
    package var shape: FeatureShape
    package var kind: Kind

    package enum Kind: Sendable, Hashable {
      case features
      /// One byte each: where in its window a maximum stood.
      case positions
      /// Plain `f32` that was chosen: no gradient flows through it.
      case chosen
    }
  }

  package struct Node: Sendable, Hashable {
    /// `encoder0.convolution0`
    package var name: String
    package var operation: Operation
    /// Indices into ``Network/values``.
    package var inputs: [Int]
    package var outputs: [Int]
    /// Indices into ``Network/parameters`` and ``Network/statistics``.
    package var parameters: [Int]
    package var statistics: [Int]
  }

  /// What training learns.
  package struct Parameter: Sendable, Hashable {
    /// `encoder0.convolution0.weight`
    package var name: String
    package var shape: [Int]
    package var initializer: Initializer
    package var count: Int { shape.reduce(1, *) }
  }

  /// What training measures: batch norm's running mean and variance.
  package struct Statistic: Sendable, Hashable {
    package var name: String
    package var shape: [Int]
    package var initial: Float
    package var count: Int { shape.reduce(1, *) }
  }

  /// Index of the value that tells the classes: K × H × W, before any softmax.
  package var logits: Int { heads[0].value }
  /// Indices of the values that losses look at.
  package var headValues: [Int] { heads.map(\.value) }

  package var classes: Int {
    let telling = heads.first { $0.name == RegionHeads.classLogits }?.value ?? logits
    return values[telling].shape.channels
  }
  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// FLOPs of the forward pass for one image.
  package var flops: Int {
    nodes.reduce(0) { total, node in
      total + node.operation.definition.flops(for: node.inputs.map { values[$0].shape })
    }
  }
}
