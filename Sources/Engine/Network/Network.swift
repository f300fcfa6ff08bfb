/// A network architecture for one size of input, as a value: it can be checked, counted, printed
/// and compared before anything runs. Nodes stand in an order in which they can be computed.
public struct Network: Sendable, Hashable {
  public let name: String
  public let input: NetworkInput
  public internal(set) var values: [Value]
  public internal(set) var nodes: [Node]
  public internal(set) var parameters: [Parameter]
  public internal(set) var statistics: [Statistic]
  /// Index of the value that tells the classes: K × H × W, before any softmax.
  public internal(set) var logits: Int
  /// Index of the value that tells where classes meet: 1 × H × W, before any sigmoid; `nil` where
  /// there is none.
  public internal(set) var edges: Int?

  /// Index of the value that images go into.
  public static let inputValue = 0

  /// What flows between nodes.
  public struct Value: Sendable, Hashable {
    public var shape: FeatureShape
    public var kind: Kind

    public enum Kind: Sendable, Hashable {
      case features
      /// One byte each: where in its window a maximum stood.
      case positions
    }
  }

  public struct Node: Sendable, Hashable {
    /// `encoder0.convolution0`
    public var name: String
    public var operation: Operation
    /// Indices into ``Network/values``.
    public var inputs: [Int]
    public var outputs: [Int]
    /// Indices into ``Network/parameters`` and ``Network/statistics``.
    public var parameters: [Int]
    public var statistics: [Int]
  }

  /// What training learns.
  public struct Parameter: Sendable, Hashable {
    /// `encoder0.convolution0.weight`
    public var name: String
    public var shape: [Int]
    public var initializer: Initializer
    public var count: Int { shape.reduce(1, *) }
  }

  /// What training measures: batch norm's running mean and variance.
  public struct Statistic: Sendable, Hashable {
    public var name: String
    public var shape: [Int]
    public var initial: Float
    public var count: Int { shape.reduce(1, *) }
  }

  /// Indices of the values that losses look at.
  public var heads: [Int] { [logits, edges].compactMap { $0 } }

  public var classes: Int { values[logits].shape.channels }
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// Multiplications and additions of the forward pass for one image.
  public var operations: Int {
    nodes.reduce(0) { total, node in
      total + node.operation.definition.operations(for: node.inputs.map { values[$0].shape })
    }
  }
}
