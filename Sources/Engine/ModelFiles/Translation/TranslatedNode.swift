internal import Networks

/// A node of a network with what its translation reads and makes.
struct TranslatedNode {
  /// In the network.
  let index: Int
  /// What nothing else in the graph is called.
  let name: String
  let operation: Operation
  /// The tensors that it reads.
  let inputs: [String]
  let inputShapes: [FeatureShape]
  /// The tensors that it makes; only the first of them where nothing reads the others.
  let outputs: [String?]
  let outputShapes: [FeatureShape]
  /// Its parameters and statistics.
  let weights: [WeightTensor]

  /// The tensor that an operation of one output makes.
  var output: String { outputs[0] ?? name }
  var channels: Int { inputShapes[0].channels }
}

/// A parameter or a statistic with its values.
struct WeightTensor {
  /// What it is in its node, e.g. `weight` or `mean`.
  var role: String
  /// As the network names it, e.g. `encoder0.convolution0.weight`.
  var name: String
  var shape: [Int]
  var values: [Float]

  /// The name of its node.
  var layer: Substring { name.dropLast(role.count + 1) }
}

extension [WeightTensor] {
  /// - Precondition: there is one of that role, as the operation's definition says.
  func role(_ role: String) -> WeightTensor {
    guard let tensor = first(where: { $0.role == role }) else {
      preconditionFailure("no \(role) among \(map(\.name))")
    }
    return tensor
  }
}
