/// A network in the words of ONNX, as far as this program writes them: what `onnx.proto` calls a
/// ModelProto.
package struct ONNXModel: Sendable, Equatable {
  /// Of the format of the file; 8 is that of ONNX 1.12 (2022).
  package var irVersion = 8
  /// Of the definitions of the operators. Nothing in a graph of ours has changed its meaning since 13.
  package var opset = 17
  package var producer: String
  package var producerVersion: String
  package var graph: ONNXGraph
  /// What a program that runs the model may want to know.
  package var metadata: [Property] = []

  package struct Property: Sendable, Equatable {
    package var key: String
    package var value: String

    package init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }
  }
}

/// Nodes in an order in which they can be computed. Every name stands for one tensor.
package struct ONNXGraph: Sendable, Equatable {
  package var name: String
  package var nodes: [ONNXNode] = []
  /// The constants: weights, and numbers that nodes need.
  package var initializers: [ONNXTensor] = []
  package var inputs: [ONNXPort] = []
  package var outputs: [ONNXPort] = []
}

/// An operator with the names of what it reads and makes.
package struct ONNXNode: Sendable, Equatable {
  package var name: String
  /// e.g. `Conv`
  package var type: String
  /// An empty name stands for an optional input that is left out.
  package var inputs: [String]
  package var outputs: [String]
  package var attributes: [Attribute] = []

  package struct Attribute: Sendable, Equatable {
    package var name: String
    package var value: Value

    package init(_ name: String, _ value: Value) { (self.name, self.value) = (name, value) }
  }

  package enum Value: Sendable, Equatable {
    case integer(Int)
    case integers([Int])
    case float(Float)
    case text(String)
  }
}

/// A constant, its values in row-major order.
package struct ONNXTensor: Sendable, Equatable {
  package var name: String
  package var shape: [Int]
  package var values: Values

  package enum Values: Sendable, Equatable {
    case floats([Float])
    /// Of 64 bits.
    case integers([Int])

    package var count: Int {
      switch self {
      case .floats(let values): values.count
      case .integers(let values): values.count
      }
    }
  }
}

/// An input or output of a graph.
package struct ONNXPort: Sendable, Equatable {
  package var name: String
  package var type: ONNXType
  package var shape: [Extent]

  package enum Extent: Sendable, Hashable {
    case fixed(Int)
    /// Any extent, the same wherever the name stands.
    case any(String)
  }
}

/// What numbers a tensor holds, by the format's own numbers.
package enum ONNXType: Int, Sendable {
  case float = 1
  case uint8 = 2
  case int64 = 7
}
